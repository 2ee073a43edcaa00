"""One fact, or that there is one, as the pages of all rooms show it. No table, no seal, no decision here."""

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from agreements.covenants import labels
from agreements.policy.catalogue import Catalogue, Field
from cases.casework import words
from cases.disclosure.answer import Announcement, Fact, Source
from foundation import clock

EXPIRING_DAYS = 14
LONG = 90
"""Characters beyond which a value gets a paragraph of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of facts as templates take it."""

    kind: str
    code: str
    label: str
    value: str = ""
    long: bool = False
    source: dict[str, str] = field(default_factory=dict)
    article: str = ""
    covenant: str = ""
    observed_on: date | None = None
    given_on: date | None = None
    confidence_label: str = ""
    contested: str = ""
    expiring: str = ""
    is_new: bool = False
    is_own: bool = False
    why_url: str = ""
    history_url: str = ""
    correct_url: str = ""
    withdraw_url: str = ""


def language() -> str:
    """The two letters of the interface language."""
    return (get_language() or "nl")[:2]


def monogram(source: Source) -> dict[str, str]:
    """A source chip's agency: monogram, name and type."""
    return {"monogram": source.type, "name": source.name, "type": source.type}


def partner(type_: str) -> dict[str, str]:
    """The same for a type alone."""
    return {"monogram": type_, "name": labels.label("agency_type", type_), "type": type_}


def value_text(field_: Field, value: Any) -> str:
    """A fact's value as people read it: choices by label, dates in words."""
    if field_.type == "date" and isinstance(value, str):
        return date_format(date.fromisoformat(value))
    return field_.show(value, language())


def fact_row(
    fact: Fact, catalogue: Catalogue, *, number: str, person: str | None = None, editable: bool = False
) -> Row:
    """A visible fact about `person` (uuid; None in an area) as a row, with its links."""
    shown = catalogue.by_code[fact.code]
    text = value_text(shown, fact.value)
    own = editable and fact.is_own
    return Row(
        kind="fact",
        code=fact.code,
        label=shown.label(language()),
        value=text,
        long=len(text) > LONG,
        source=monogram(fact.source),
        article=article_label(fact),
        covenant=fact.article.covenant,
        observed_on=fact.observed_on,
        given_on=fact.given_at.astimezone(clock.AMSTERDAM).date(),
        confidence_label=words.confidence(fact.kind, fact.reliability),
        contested=fact.contested,
        expiring=expiring(fact.valid_until),
        is_new=fact.is_new,
        is_own=fact.is_own,
        why_url=why_url(number, field=fact.code, source=fact.source.code, person=person),
        history_url=reverse("case_versions", args=[number, fact.contribution]),
        correct_url=reverse("contribution_correct", args=[number, fact.contribution]) if own else "",
        withdraw_url=reverse("contribution_withdraw", args=[number, fact.contribution]) if own else "",
    )


def announced_row(told: Announcement, catalogue: Catalogue, *, number: str, person: str | None) -> Row:
    """An announced field as a row: that it is held and by whom, never what."""
    return Row(
        kind="announced",
        code=told.code,
        label=catalogue.by_code[told.code].label(language()),
        source=monogram(told.source),
        article=_("art. %(nr)s") % {"nr": told.article.article},
        covenant=told.article.covenant,
        is_new=told.is_new,
        why_url=why_url(number, field=told.code, source=told.source.code, person=person),
    )


def article_label(fact: Fact) -> str:
    """ "art. 6.1", or that it is the reader's own."""
    return _("eigen") if fact.is_own else _("art. %(nr)s") % {"nr": fact.article.article}


def why_url(number: str, *, field: str, source: str, person: str | None = None) -> str:
    """Where "Waarom?" is answered for one field of one source, about one person or the main one."""
    about = f"&persoon={person}" if person else ""
    return f"{reverse('case_why', args=[number])}?veld={field}&bron={source}{about}"


def expiring(until: date | None) -> str:
    """How long a fact still stands, when that is soon."""
    if until is None:
        return ""
    days = (until - clock.today()).days
    if days > EXPIRING_DAYS:
        return ""
    return ngettext("Loopt af op %(day)s, over %(n)d dag", "Loopt af op %(day)s, over %(n)d dagen", days) % {
        "day": date_format(until, "MONTH_DAY_FORMAT"),
        "n": days,
    }


def partner_row(fact: Fact, catalogue: Catalogue, *, number: str) -> Row:
    """A fact on a third party's page: no history and no "why" of the joint case behind it."""
    row = fact_row(fact, catalogue, number=number, editable=True)
    return replace(row, why_url="", history_url="")
