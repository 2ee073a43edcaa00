"""Makes the values that case templates take, from answers alone. No table, no seal, no decision here."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from agreements.covenants import labels
from agreements.covenants.sentences import sentence
from agreements.policy.catalogue import Catalogue, Field
from agreements.policy.explain import Step
from agreements.policy.sheet import SheetCell
from agreements.policy.vocabulary import PHASES
from cases.casework.fact_rows import (
    EXPIRING_DAYS,
    Row,
    announced_row,
    fact_row,
    language,
    monogram,
    partner,
    partner_row,
    why_url,
)
from cases.disclosure.answer import Announcement, Answer, CaseHead, Disclosure, Fact, Source
from cases.disclosure.why import RuleSheet
from foundation import clock


def purpose_bar(answer: Answer, *, purpose_label: str, covenant_lines: list[str], change_url: str) -> dict[str, Any]:
    """The bar above every page that shows case data; its counts are of what this answer holds."""
    return {
        "purpose_label": purpose_label,
        "phase_label": labels.label("phase", answer.head.phase),
        "covenant_lines": covenant_lines,
        "n_visible": answer.n_visible,
        "n_announced": answer.n_announced,
        "change_url": change_url,
    }


def person_label(disclosure: Disclosure, position: int) -> str:
    """The name that may be known, with the age if that may be; else a number."""
    if disclosure.subject is None:
        return ""
    word = _("Betrokkene %(n)d") if disclosure.role == "subject" else _("Persoon uit directe kring %(n)d")
    name = str(disclosure.first("full_name") or word % {"n": position})
    born = disclosure.first("date_of_birth")
    return f"{name} ({age(born)})" if born else name


def age(born: str) -> int:
    """Whole years from an ISO date of birth until today."""
    day, today = date.fromisoformat(born), clock.today()
    return today.year - day.year - ((today.month, today.day) < (day.month, day.day))


def case_title(answer: Answer) -> str:
    """Who the case is about, by the names and ages this reader may know; an area by its label; else its number."""
    if answer.head.label:
        return answer.head.label
    known = [
        person_label(person, position)
        for position, person in enumerate(answer.disclosures, 1)
        if person.role == "subject" and (person.first("full_name") or person.first("date_of_birth"))
    ]
    title = " · ".join(known)
    if answer.head.kind == "family" and len(known) == 1:
        return _("%(name)s en gezin") % {"name": title}
    return title or answer.head.number


def domains(answer: Answer, catalogue: Catalogue, *, editable: bool = False) -> list[dict[str, Any]]:
    """The facts grouped by life domain and person; a domain of which nothing is known is not there."""
    english = language() == "en"
    number = answer.head.number
    found = []
    for domain in catalogue.domains:
        subjects: list[dict[str, Any]] = []
        for position, person in enumerate(answer.disclosures, 1):
            rows = _rows(person, catalogue, set(domain.sections), number=number, editable=editable)
            if rows:
                subjects.append({"label": person_label(person, position), "facts": rows})
        if subjects:
            everything = [row for subject in subjects for row in subject["facts"]]
            found.append(
                {
                    "code": domain.code,
                    "label": domain.label_en if english else domain.label_nl,
                    "n_visible": sum(row.kind == "fact" for row in everything),
                    "n_announced": sum(row.kind == "announced" for row in everything),
                    "subjects": subjects,
                    "many": len(answer.disclosures) > 1,
                }
            )
    return found


def _rows(person: Disclosure, catalogue: Catalogue, sections: set[str], *, number: str, editable: bool) -> list[Row]:
    rows = [
        fact_row(fact, catalogue, number=number, person=person.subject, editable=editable)
        for fact in person.facts
        if catalogue.by_code[fact.code].section in sections
    ]
    rows += [
        announced_row(told, catalogue, number=number, person=person.subject)
        for told in person.announcements
        if catalogue.by_code[told.code].section in sections
    ]
    order = {known.code: place for place, known in enumerate(catalogue.fields)}
    return sorted(rows, key=lambda row: order[row.code])


def head_context(head: CaseHead) -> dict[str, Any]:
    """The head of a case page: urgency, phases, district."""
    return {
        "number": head.number,
        "kind_label": labels.label("case_kind", head.kind),
        "urgency": head.urgency,
        "urgency_label": labels.label("urgency", head.urgency),
        "phase_label": labels.label("phase", head.phase),
        "phases": phase_steps(head.phase),
        "district": head.district,
    }


def phase_steps(present: str) -> list[dict[str, str]]:
    """The phases as steps: done, current, to do."""
    order = PHASES
    here = order.index(present) if present in order else -1
    return [
        {
            "label": labels.label("phase", code),
            "state": "done" if place < here else "current" if place == here else "todo",
        }
        for place, code in enumerate(order)
    ]


def next_step(head: CaseHead) -> dict[str, Any] | None:
    """What is to happen next, by whom, and whether it is late."""
    if not head.next_step and head.next_step_on is None:
        return None
    due = head.next_step_on
    words = head.next_step or _("Stap van %(who)s") % {"who": labels.label("agency_type", head.next_step_owner)}
    return {
        "text": words,
        "on": relative_day(due),
        "overdue": bool(due and due < clock.today()),
        "soon": bool(due and 0 <= (due - clock.today()).days <= 3),
        "who": partner(head.next_step_owner) if head.next_step_owner else None,
    }


def relative_day(day: date | None) -> str:
    """A day as people say it: today, tomorrow, in 9 days, 2 days overdue."""
    if day is None:
        return ""
    days = (day - clock.today()).days
    if days == 0:
        return _("vandaag")
    if days == 1:
        return _("morgen")
    if days < 0:
        return ngettext("%(n)d dag over datum", "%(n)d dagen over datum", -days) % {"n": -days}
    if days <= EXPIRING_DAYS:
        return ngettext("over %(n)d dag", "over %(n)d dagen", days) % {"n": days}
    return date_format(day)


def worklist_row(answer: Answer) -> dict[str, Any]:
    """One line of the worklist."""
    head = answer.head
    title = case_title(answer)
    return {
        "urgency": head.urgency,
        "urgency_label": labels.label("urgency", head.urgency),
        "title": title,
        "number": head.number if title != head.number else "",
        "district": head.district,
        "url": reverse("case", args=[head.number]),
        "phase_label": labels.label("phase", head.phase),
        "phase_since": head.phase_since,
        "next_step": next_step(head),
        "partners": [partner(type_) for type_ in head.partners],
        "new_label": ngettext("%(n)d nieuw", "%(n)d nieuw", answer.n_news) % {"n": answer.n_news}
        if answer.n_news
        else "",
        "new_from": ", ".join(source.name for source in answer.news_from),
    }


def timeline(answer: Answer, catalogue: Catalogue, phases: Iterable[Any]) -> list[dict[str, Any]]:
    """What happened, newest first: phases, and contributions of which something is known, without values."""
    events: list[dict[str, Any]] = [
        {
            "when": line.starts.astimezone(clock.AMSTERDAM),
            "kind": "phase",
            "source": partner(line.by),
            "text": _("Fase: %(phase)s") % {"phase": labels.label("phase", line.phase)},
            "detail": line.note,
        }
        for line in phases
    ]
    for person in answer.disclosures:
        events.extend(_given(person, catalogue))
    return sorted(events, key=lambda event: event["when"], reverse=True)


def _given(person: Disclosure, catalogue: Catalogue) -> list[dict[str, Any]]:
    grouped: dict[str, list[Announcement]] = {}
    for told in person.announcements:
        grouped.setdefault(told.contribution, []).append(told)
    return [
        {
            "when": items[0].given_at.astimezone(clock.AMSTERDAM),
            "kind": "fact",
            "source": monogram(items[0].source),
            "text": _("voegde toe: %(fields)s")
            % {"fields": ", ".join(catalogue.by_code[item.code].label(language()) for item in items)},
            "detail": "",
            "article": _("eigen") if items[0].is_own else _("art. %(nr)s") % {"nr": items[0].article.article},
            "is_new": any(item.is_new for item in items),
        }
        for items in grouped.values()
    ]


def versions(answer: Answer, catalogue: Catalogue) -> list[dict[str, Any]]:
    """The versions of one contribution, newest first, as the history page takes them."""
    rows: dict[Any, list[Fact]] = {}
    for person in answer.disclosures:
        for fact in person.facts:
            rows.setdefault(fact.given_at, []).append(fact)
    moments = sorted(rows, reverse=True)
    about = next((person.subject for person in answer.disclosures), None)
    return [
        {
            "number": len(moments) - place,
            "when": moment.astimezone(clock.AMSTERDAM),
            "who": rows[moment][0].source.name,
            "agency": monogram(rows[moment][0].source),
            "change_label": _("correctie door de bron") if place < len(moments) - 1 else _("ingebracht"),
            "current": place == 0,
            "facts": [fact_row(fact, catalogue, number=answer.head.number, person=about) for fact in rows[moment]],
        }
        for place, moment in enumerate(moments)
    ]


def extract(opened: Any, catalogue: Catalogue) -> dict[str, Any]:
    """A third party's page: the copies by life domain, then its own reports."""
    answer = opened.answer
    number = answer.head.number
    pushed: list[Row] = []
    own: list[Row] = []
    for person in answer.disclosures:
        for fact in person.facts:
            (own if fact.is_own else pushed).append(partner_row(fact, catalogue, number=number))
    groups = [{"label": _("Aan u verstrekt"), "facts": pushed}] if pushed else []
    if own:
        groups.append({"label": _("Wat u zelf meldde"), "facts": own})
    article = next((row for row in pushed), None)
    return {
        "title": number,
        "source": monogram(opened.lead),
        "article": article.article if article else "",
        "covenant": article.covenant if article else ", ".join(answer.head.covenants),
        "given_on": opened.decided_at,
        "given_by": opened.decided_by,
        "decision": "",
        "until": opened.ends,
        "groups": groups,
    }


def step(found: Step) -> dict[str, Any]:
    """One link of a reason chain as the template takes it."""
    ref = f"{found.covenant} v{found.version} {_('art. %(nr)s') % {'nr': found.article}}" if found.article else ""
    return {"passed": found.passed, "sentence": sentence(found), "article_ref": ref}


def sheet(found: RuleSheet, catalogue: Catalogue, *, number: str, own: str, area: bool) -> dict[str, Any]:
    """The rule sheet: life domains, a row per field, a cell per source that can give that field.

    area: the case is about an area, so only fields without personal data can be in it; else the others.
    """
    english = language() == "en"
    grouped = []
    for domain in catalogue.domains:
        rows = []
        for field_ in catalogue.fields:
            if field_.section not in domain.sections or field_.retired or (field_.data_class == "n") != area:
                continue
            cells = [
                _cell(field_, source, found.cells[field_.code, source.code], number=number, own=own)
                if source.type in field_.sources
                else {}
                for source in found.sources
            ]
            if any(cells):
                rows.append({"label": field_.label(language()), "code": field_.code, "cells": cells})
        if rows:
            grouped.append(
                {"code": domain.code, "label": domain.label_en if english else domain.label_nl, "rows": rows}
            )
    return {"sources": [monogram(source) for source in found.sources], "domains": grouped}


GRADE_LABELS = {
    "own": gettext_lazy("eigen bron"),
    "visible": gettext_lazy("zichtbaar"),
    "announced": gettext_lazy("kennisgeving"),
    "silent": gettext_lazy("niet te zien"),
}


def _cell(field_: Field, source: Source, cell: SheetCell, *, number: str, own: str) -> dict[str, Any]:
    grade = "own" if source.code == own else str(cell.grade)
    return {
        "grade": grade,
        "grade_label": GRADE_LABELS[grade],
        "article": str(cell.article) if cell.article and grade != "own" else "",
        "why_url": why_url(number, field=field_.code, source=source.code),
        "source_label": source.name,
    }
