"""Words and context for the page of consequences, made from what the query gave. No tables, no rights."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agreements.covenants.labels import label, listed
from agreements.insight.subjects import Subject
from cases.impact.own_cases import OwnCase, OwnCases
from cases.impact.queries import Impact
from cases.impact.scope import GAIN, LOSS
from cases.impact.shown import Bound, PartnerLine, Shown, WayLine

STEPS = 20
"""How many lengths a bar can have; css/impact.css draws them."""


def counts_context(found: Impact) -> dict[str, Any]:
    """Context of impact/_counts.html: the part of the page that is asked for again while there is counting."""
    key = found.subject.key
    return {
        "impact": found,
        "url": reverse("impact", args=[key]),
        "start_url": reverse("impact_start", args=[key]),
        "statement": _statement(found.subject, found.counts) if found.counts else None,
        "rows": _rows(found.counts) if found.counts else (),
        "untouched": listed(line.name for line in found.counts.partners if not line.articles) if found.counts else "",
    }


def own_context(own: OwnCases | None, *, url: str, start: int) -> dict[str, Any]:
    """Context of impact/_own.html."""
    if own is None:
        return {"own": None}
    known = [case for case in own.cases if case.fields]
    return {
        "own": own,
        "own_cases": [_own_case(case) for case in known],
        "own_others": [_own_case(case) for case in own.cases if not case.fields],
        "next_url": f"{url}?vanaf={own.next_from}#eigen" if own.next_from else "",
        "first_url": f"{url}#eigen" if start else "",
    }


def _statement(subject: Subject, counts: Shown) -> dict[str, str]:
    """The sentence above everything: who loses most, or else gains most."""
    line, way = counts.headline, counts.headline_way
    words = {"n": subject.number}
    if line is None:
        return _quiet(subject, counts)
    if subject.is_draft:
        before = _("Als dit concept gaat gelden, verliest") if way == LOSS else _("Als dit concept gaat gelden, krijgt")
    elif way == LOSS:
        before = _("Bij ondertekening van versie %(n)d verliest") % words
    else:
        before = _("Bij ondertekening van versie %(n)d krijgt") % words
    said = line.loss if way == LOSS else line.gain
    headline = _("%(who)s %(facts)s in %(cases)s") % {
        "who": line.name,
        "facts": facts_words(said.facts),
        "cases": cases_words(said.cases),
    }
    return {"before": before, "headline": headline, "tone": way}


def _quiet(subject: Subject, counts: Shown) -> dict[str, str]:
    nothing = all(line.loss.facts.is_nothing and line.gain.facts.is_nothing for line in counts.partners)
    if nothing:
        return {"before": _("In lopende casussen"), "headline": _("verandert er niets"), "tone": ""}
    return {
        "before": _("Voor elke partner veranderen per soort gegeven"),
        "headline": _("minder dan %(n)s gegevens") % {"n": settings.SMALL_NUMBER},
        "tone": "",
    }


def _rows(counts: Shown) -> list[dict[str, Any]]:
    most = max((max(line.loss.facts.at_least, line.gain.facts.at_least) for line in counts.partners), default=0)
    return [_row(line, most) for line in counts.partners if line.articles]


def _row(line: PartnerLine, most: int) -> dict[str, Any]:
    return {
        "partner": line,
        "anchor": f"velden-{line.code}",
        "loss": _cell(line.loss, most),
        "gain": _cell(line.gain, most),
        "cases": str(line.cases),
        "articles": article_words(line.articles),
        "ways": [
            {"title": title, "way": way, "fields": [_field(field) for field in said.fields]}
            for title, way, said in ((_("Verliest"), LOSS, line.loss), (_("Krijgt"), GAIN, line.gain))
            if said.fields
        ],
    }


def _cell(said: WayLine, most: int) -> dict[str, Any]:
    number = said.facts.at_least
    step = -(-number * STEPS // most) if most else 0
    return {"text": str(said.facts), "is_some": bool(number), "is_exact": not said.facts.is_open, "step": step}


def _field(field: Any) -> dict[str, str]:
    return {
        "label": field.label,
        "facts": str(field.facts),
        "cases": str(field.cases),
        "articles": article_words(field.articles),
    }


def article_words(articles: tuple[str, ...]) -> str:
    """ "art. 6.1 en 6.4"; "" without any."""
    return _("art. %(nr)s") % {"nr": listed(articles)} if articles else ""


def facts_words(number: Bound) -> str:
    """ "14 gegevens", "minstens 20 gegevens"."""
    return ngettext("%(n)s gegeven", "%(n)s gegevens", _plural(number)) % {"n": number}


def cases_words(number: Bound) -> str:
    """ "3 casussen", "minder dan 10 casussen"."""
    return ngettext("%(n)s casus", "%(n)s casussen", _plural(number)) % {"n": number}


def _plural(number: Bound) -> int:
    """The number that decides between one and many: "minder dan 10" is many."""
    return settings.SMALL_NUMBER if number.is_open and not number.at_least else number.at_least


def _own_case(case: OwnCase) -> dict[str, Any]:
    lines = []
    if case.loses:
        lines.append(
            ngettext("U verliest %(n)d gegeven.", "U verliest %(n)d gegevens.", case.loses) % {"n": case.loses}
        )
    if case.gains:
        found = ngettext(
            "U krijgt %(n)d gegeven dat nu alleen is aangekondigd.",
            "U krijgt %(n)d gegevens die nu alleen zijn aangekondigd.",
            case.gains,
        )
        lines.append(found % {"n": case.gains})
    for name, lost, gained in case.others:
        lines += _of_other(name, lost, gained)
    return {
        "title": case.label or case.number,
        "number": case.number if case.label else "",
        "url": reverse("case", args=[case.number]),
        "facts": ", ".join((label("case_kind", case.kind), label("phase", case.phase))),
        "lines": lines,
        "articles": article_words(case.articles),
    }


def _of_other(name: str, lost: int, gained: int) -> list[str]:
    found = []
    if lost:
        said = ngettext(
            "%(who)s verliest %(n)d gegeven dat u kent.", "%(who)s verliest %(n)d gegevens die u kent.", lost
        )
        found.append(said % {"who": name, "n": lost})
    if gained:
        said = ngettext("%(who)s krijgt %(n)d gegeven dat u kent.", "%(who)s krijgt %(n)d gegevens die u kent.", gained)
        found.append(said % {"who": name, "n": gained})
    return found
