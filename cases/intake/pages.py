"""Makes the values that the templates of signals take, from answers and rules alone. No table, no seal."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agreements.covenants import labels
from agreements.covenants.standing import covenant_lines
from agreements.policy.catalogue import Catalogue
from cases.casework import pages
from cases.casework.fact_rows import fact_row, language, monogram
from cases.disclosure.answer import Answer, Fact, Source
from cases.disclosure.reading import Reading
from cases.intake.models import OPEN, Channel, Reply, Report, SignalState, SignalStep
from cases.intake.photos import Photos
from cases.intake.queries import CaseSignals, OpenedSignal, SignalLine
from cases.intake.ways import PERSON, Ways, read_by

TABS = (
    ("open", gettext_lazy("Open")),
    ("busy", gettext_lazy("In behandeling")),
    ("done", gettext_lazy("Afgesloten")),
    ("all", gettext_lazy("Alle")),
)


def kind_label(catalogue: Catalogue, code: str) -> str:
    """A sort of signal in words."""
    return catalogue.by_code["signal_domain"].show(code, language())


def line_context(line: SignalLine, catalogue: Catalogue) -> dict[str, Any]:
    """One line of the list, without a word of the signal."""
    return {
        "number": line.number,
        "url": reverse("signal", args=[line.number]),
        "kind_label": kind_label(catalogue, line.kind),
        "about_label": _("Plek") if line.about == "area" else _("Persoon of gezin"),
        "urgency": line.urgency,
        "urgency_label": labels.label("urgency", line.urgency),
        "state": line.state,
        "state_label": SignalState(line.state).label,
        "is_open": line.state in OPEN,
        "received_at": line.received_at,
        "reporter": monogram(line.reporter) if line.reporter else None,
        "resident": line.channel == Channel.RESIDENT,
        "handler": monogram(line.handler),
        "mine": line.mine,
    }


def bar(reading: Reading, answer: Answer) -> dict[str, Any]:
    """The purpose bar of a signal; its purpose is that of the covenant it was given under."""
    purpose = answer.purpose
    lines = covenant_lines(reading.policy, codes=answer.head.covenants, purpose=purpose, at=reading.at)
    name = labels.label("purpose", purpose) if purpose else ""
    return pages.purpose_bar(answer, purpose_label=name, covenant_lines=lines, change_url="")


def signal_context(reading: Reading, opened: OpenedSignal) -> dict[str, Any]:
    """The page of one signal."""
    catalogue, line = reading.policy.catalogue, opened.line
    number = line.number
    return {
        "signal": line_context(line, catalogue),
        "bar": bar(reading, opened.answer),
        "told": told(opened.answer, catalogue, opened.sorts, opened.photos, route="signal_photo", number=number),
        "steps": [_step(item) for item in opened.steps],
        "actions": actions(number, opened.may),
        "triage_url": _url("triage_start", number) if "triage" in opened.may else "",
        "contact_url": reverse("signal_contact", args=[number]) if "contact" in opened.may else "",
        "case": {"number": opened.case, "url": reverse("case_signals", args=[opened.case])} if opened.case else None,
        "reply_label": Reply(line.reply).label if line.reply else "",
        "gone_on": _day(line.destroy_on),
    }


def told(
    answer: Answer, catalogue: Catalogue, sorts: Mapping[str, str], photos: Photos, *, route: str, number: str
) -> list[dict[str, Any]]:
    """The words of a signal by report with their photos, in the order in which they came; a silent one is not there.

    route, number: where the bytes of a photo are asked for.
    """
    groups: dict[str, list[Fact]] = {}
    for person in answer.disclosures:
        for fact in person.facts:
            groups.setdefault(fact.contribution, []).append(fact)
    found = [
        {
            "uid": uid,
            "label": Report.Sort(sorts[uid]).label,
            "source": monogram(facts[0].source),
            "given_at": facts[0].given_at,
            "rows": _rows(facts, catalogue, number=answer.head.number),
            "photos": [
                {"url": reverse(route, args=[number, photo.contribution]), "alt": _("Foto bij de melding")}
                for photo in photos.get(uid, ())
            ],
        }
        for uid, facts in groups.items()
        if uid in sorts
    ]
    return sorted(found, key=lambda item: item["given_at"])


def _rows(facts: list[Fact], catalogue: Catalogue, *, number: str) -> list[Any]:
    order = {known.code: place for place, known in enumerate(catalogue.fields)}
    ordered = sorted(facts, key=lambda fact: order[fact.code])
    # A signal's file has no page of "why" and no page of versions: it is not a joint case.
    return [
        replace(
            fact_row(fact, catalogue, number=number), why_url="", history_url="", observed_on=None,
        )
        for fact in ordered
    ]  # fmt: skip


def case_context(found: CaseSignals, catalogue: Catalogue) -> list[dict[str, Any]]:
    """The signals of a case of which this reader may know a word, oldest first."""
    if found.answer is None:
        return []
    groups: dict[str, list[dict[str, Any]]] = {}
    number = found.answer.head.number
    for item in told(
        found.answer, catalogue, found.sorts, found.photos, route="case_signal_photo", number=number
    ):  # fmt: skip
        groups.setdefault(found.signals[item["uid"]], []).append(item)
    return [
        {
            "number": signal,
            "url": reverse("signal", args=[signal]) if signal in found.reachable else "",
            "told": items,
        }
        for signal, items in groups.items()
    ]


def actions(number: str, may: frozenset[str]) -> list[dict[str, str]]:
    """What this reader can do, as links."""
    words = {
        "add": _("Vul aan"), "link": _("Koppel aan een casus"), "merge": _("Voeg samen"),
        "forward": _("Stuur door"), "reply": _("Antwoord de melder"), "dismiss": _("Sluit af"),
    }  # fmt: skip
    return [
        {"code": code, "label": label, "url": reverse("signal_step", args=[number, code])}
        for code, label in words.items()
        if code in may
    ]


def _step(step: Any) -> dict[str, Any]:
    detail = step.to or step.other
    return {
        "when": step.at, "kind": "phase" if step.kind == SignalStep.Kind.REPORTED else "other",
        "source": monogram(step.by), "text": SignalStep.Kind(step.kind).label, "detail": detail, "article": "",
        "is_new": False,
    }  # fmt: skip


def audience(reading: Reading, ways: Ways) -> list[dict[str, Any]]:
    """Before anything is typed: per sort of signal who reads it at once, and what stays away for now."""
    found = []
    for about, label in (("person", _("Over een persoon of gezin")), ("area", _("Over een plek"))):
        here = ways.of(about)
        if here:
            found.append({"about": about, "label": label, "readers": _readers(reading, ways, about)})
    return found


def _readers(reading: Reading, ways: Ways, about: str) -> list[dict[str, Any]]:
    catalogue = reading.policy.catalogue
    words = ["signal_domain", "signal_reliability", "signal_place", "signal_person"]
    agencies = {way.handler.pk: way.handler for way in ways.of(about)} | {ways.bureau.pk: ways.bureau}
    readers = []
    for agency in agencies.values():
        visible = 0
        for way in ways.of(about):
            mask = catalogue.mask([way.seen, *(words if about == PERSON else words[:-1])])
            for code in way.covenants:
                visible |= mask & read_by(
                    reading.policy, agency, source=reading.agency, kind=about, purpose=way.purpose, code=code,
                    at=reading.at,
                )  # fmt: skip
        fields = [catalogue.by_code[code].label(language()) for code in catalogue.codes(visible)]
        readers.append(
            {
                "agency": monogram(Source(code=agency.code, type=agency.type, name=agency.name)),
                "fields": labels.listed(fields),
            }
        )
    return readers


def receiver_choices(found: Any) -> list[tuple[str, str]]:
    """To whom a signal may go, with how much of it they would read."""
    return [
        (
            item.agency.code,
            _("%(name)s (leest %(n)d velden)") % {"name": item.agency.name, "n": item.reads}
            if item.reads
            else _("%(name)s (leest nog niets: bel zelf)") % {"name": item.agency.name},
        )
        for item in found
    ]


def other_choices(lines: tuple[SignalLine, ...], catalogue: Catalogue) -> list[tuple[str, str]]:
    """Signals to merge into, by number, sort and day."""
    return [
        (line.number, f"{line.number} · {kind_label(catalogue, line.kind)} · {date_format(line.received_at)}")
        for line in lines
    ]


def case_choices(found: tuple[tuple[str, str], ...]) -> list[tuple[str, str]]:
    """Cases to link to, by number and the name of an area."""
    return [(number, f"{number} · {label}" if label else number) for number, label in found]


def reply_choices() -> list[tuple[str, str]]:
    """The fixed sentences by which a resident is answered."""
    return [(code, str(label)) for code, label in Reply.choices if code]


def _url(name: str, number: str) -> str:
    # The room of triage brings its own page; without it there is no button.
    try:
        return reverse(name, args=[number])
    except NoReverseMatch:
        return ""


def _day(iso: str) -> str:
    return date_format(date.fromisoformat(iso)) if iso else ""
