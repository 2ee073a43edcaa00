"""How long entries are kept, per purpose: settings.JOURNAL_MONTHS and JOURNAL_PARTS_MONTHS as moments."""

import json
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

OTHERS = ""
"""The purpose that stands for all that have no term of their own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """Entries recorded before `entries` go; personal parts of entries recorded before `parts`, which is not earlier."""

    entries: datetime
    parts: datetime


Terms = Mapping[str, Term]


def terms_at(now: datetime) -> Terms:
    """The terms as they stand at `now`, by purpose; OTHERS is always there. A shorter term of parts counts."""
    kept, parts = settings.JOURNAL_MONTHS, settings.JOURNAL_PARTS_MONTHS
    found = {}
    for purpose in {OTHERS, *kept, *parts}:
        months = kept.get(purpose, kept[OTHERS])
        shorter = min(months, parts.get(purpose, parts[OTHERS]))
        found[purpose] = Term(entries=months_before(now, months), parts=months_before(now, shorter))
    return found


def months_before(moment: datetime, months: int) -> datetime:
    """The same day and time `months` earlier; the last of the month when that has no such day."""
    whole = moment.year * 12 + moment.month - 1 - months
    year, month = divmod(whole, 12)
    return moment.replace(year=year, month=month + 1, day=min(moment.day, monthrange(year, month + 1)[1]))


def as_text(terms: Terms) -> str:
    """Terms as JSON, for `from_text`."""
    return json.dumps(
        {purpose: [term.entries.isoformat(), term.parts.isoformat()] for purpose, term in sorted(terms.items())}
    )


def from_text(text: str) -> Terms:
    """The inverse of `as_text`."""
    return {
        purpose: Term(entries=datetime.fromisoformat(entries), parts=datetime.fromisoformat(parts))
        for purpose, (entries, parts) in json.loads(text).items()
    }
