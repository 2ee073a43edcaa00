"""Looks in free text for what does not belong there: a BSN, a licence plate, a number to call. Warns, never refuses."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _
from stdnum.nl import bsn

_NINE = re.compile(r"(?<!\d)\d(?:[ .]?\d){8}(?!\d)")
_PLATE = re.compile(
    r"(?<![\w-])(?:[A-Z]{1,3}-\d{2,3}-[A-Z]{1,2}|[A-Z]{2}-\d{2}-\d{2}|\d{2}-\d{2}-[A-Z]{2}|\d{1,2}-[A-Z]{2,3}-\d{1,2}"
    r"|[A-Z]{2}-[A-Z]{2}-\d{2}|\d{2}-[A-Z]{2}-[A-Z]{2}|[A-Z]-\d{3}-[A-Z]{2})(?![\w-])",
    re.IGNORECASE,
)
_PHONE = re.compile(r"(?<![\d+])(?:\+31|0031|0)[ -]?[1-9](?:[ -]?\d){7,8}(?!\d)")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+\.\w+")


def warnings(seen: str, *, person: str = "") -> tuple[str, ...]:
    """What `seen` seems to hold that should not stand there, in words; empty when nothing was found.

    person: who it is about, as typed apart: that name belongs there alone (PGA-MD art. 5).
    Source: HAV-GEBIED art. 8; AVG art. 5(1)(c).
    """
    return tuple(_found(seen, person))


def _found(seen: str, person: str) -> Iterator[str]:
    if any(bsn.is_valid(re.sub(r"\D", "", match)) for match in _NINE.findall(f"{seen} {person}")):
        yield _("Dit lijkt een burgerservicenummer. Dat hoort niet in een signaal.")
    if _PLATE.search(seen):
        yield _("Dit lijkt een kenteken. Beschrijf liever de auto.")
    if _PHONE.search(seen) or _MAIL.search(seen):
        yield _("Dit lijkt een telefoonnummer of e-mailadres. Laat het weg als het niet nodig is.")
    if any(word in _words(seen) for word in _names(person)):
        yield _("De naam staat ook in wat u zag. Daar lezen meer mensen mee: haal hem daar weg.")


def _names(person: str) -> set[str]:
    """Words of a name: those with a capital."""
    return {word.casefold() for word in re.findall(r"\w+", person) if len(word) > 2 and word[0].isupper()}


def _words(text: str) -> set[str]:
    return {word.casefold() for word in re.findall(r"\w+", text)}
