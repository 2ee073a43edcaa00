"""Terms in calendar words: a notice period from today, and the last day that it gives. Pure."""

import re
from calendar import monthrange
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agreements.policy.document import CovenantDocument
from foundation import clock
from foundation.errors import Invalid

SILENT = "P3M"
"""The notice when a covenant says nothing: what covenants of this kind usually say (domain, section 6.1)."""

_REACH = 50
_PART = re.compile(r"(\d+)([YMWD])")


def check_reach(when: date | datetime | None, *, field: str) -> None:
    """Raises Invalid for a day or moment that no covenant reaches, such as one in the year 9999."""
    if when is not None and not 2000 <= when.year <= clock.today().year + _REACH:
        raise Invalid(
            _("Zo ver weg gaat een convenant niet."),
            remedy=_("Kies een dag binnen %(n)d jaar.") % {"n": _REACH},
            field=field,
        )


def notice_of(document: CovenantDocument) -> str:
    """The notice period, as the document states it (ISO 8601), or else SILENT."""
    return document.withdrawal.notice if document.withdrawal else SILENT


def later(day: date, duration: str) -> date:
    """`day` plus an ISO 8601 duration of days, weeks, months and years; the 31st becomes the last of a month."""
    months = sum(int(n) * (12 if unit == "Y" else 1) for n, unit in _PART.findall(duration) if unit in "YM")
    days = sum(int(n) * (7 if unit == "W" else 1) for n, unit in _PART.findall(duration) if unit in "WD")
    return months_later(day, months) + timedelta(days=days)


def months_later(day: date, months: int) -> date:
    """The same day of the month, so many months on (or back); the last of the month where there is none."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def earliest_last_day(document: CovenantDocument, *, today: date) -> date:
    """The first day that can be the last one of a party which gives notice today."""
    return later(today, notice_of(document))


def last_day_of(ends: datetime) -> date:
    """The last day of a term whose end is exclusive."""
    return (ends - datetime.resolution).astimezone(clock.AMSTERDAM).date()


def in_words(duration: str) -> str:
    """ "P3M" as "3 maanden"."""
    said = {
        "Y": lambda n: ngettext("%(n)d jaar", "%(n)d jaar", n),
        "M": lambda n: ngettext("%(n)d maand", "%(n)d maanden", n),
        "W": lambda n: ngettext("%(n)d week", "%(n)d weken", n),
        "D": lambda n: ngettext("%(n)d dag", "%(n)d dagen", n),
    }
    parts = [said[unit](int(n)) % {"n": int(n)} for n, unit in _PART.findall(duration)]
    return (" " + _("en") + " ").join(parts)
