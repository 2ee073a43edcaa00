"""Finds the fields in which a question stands, in the cases that the reader takes part in and in no others.

One query joins words, rights of place and order: matches in other people's cases are not fetched, and nothing is
ordered by what stands in them. Whether a field may be shown is decided by cases.disclosure.findable.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from agreements.parties.reader import Visit
from agreements.policy.index import Memo
from cases.disclosure.circumstances import folded
from cases.disclosure.findable import Match, ever_shown, may_show
from cases.disclosure.reading import Reading
from cases.disclosure.visibility import live_participations
from cases.disclosure.wordforms import Question
from cases.search.full_text import is_common, joined, wanted
from foundation.errors import Invalid
from foundation.masks import bits

FIRST = 3
"""Rows fetched at once for each case of a page. More are needed only where most matches in one's own cases are
withheld by phase or hold."""
FURTHER = 20
"""How many times as many the next time, so that even the widest question takes a handful of queries."""

Place = tuple[int, date, int]
"""Where a case stands in the worklist: rank of urgency, day of the next step, row number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The first cases in which the reader may see a match, in the order of the worklist; `more`: there are others."""

    cases: dict[int, list[Match]]
    more: bool


def find(reading: Reading, question: Question, *, purpose: str, after: str, size: int) -> Found:
    """The first `size` cases after the cursor in which the reader sees the question stand."""
    place, limit = position(after) if after else None, FIRST * (size + 1)
    common = is_common(connection, question)
    found: dict[int, list[Match]] = {}
    while True:
        rows = _candidates(reading, question, purpose, place, limit, common=common)
        whole = len(rows) < limit
        # The last case may have been cut off in its middle: it is for the next round.
        last = None if whole else rows[-1].case_id
        kept = [row for row in rows if row.case_id != last]
        for match in may_show(reading, purpose, kept):
            found.setdefault(match.case_id, []).append(match)
        if whole or len(found) > size:
            break
        place = _place(kept[-1]) if kept else place
        limit *= FURTHER
    shown = dict(list(found.items())[:size])
    return Found(cases=shown, more=len(found) > size)


def cursor_of(match: Match) -> str:
    """Where to go on after the case of this match."""
    return f"{match.rank}.{match.step_on:%Y%m%d}.{match.case_id}"


# As long as the columns are: a larger number would be an error of the database.
_CURSOR = re.compile(r"(\d)\.(\d{4})(\d{2})(\d{2})\.(\d{1,18})", re.ASCII)


def position(cursor: str) -> Place:
    """What a cursor says. Raises Invalid for one that is not ours."""
    try:
        rank, year, month, day, case_id = (int(part) for part in _CURSOR.fullmatch(cursor).groups())  # type: ignore[union-attr]
        return rank, date(year, month, day), case_id
    except (AttributeError, ValueError):
        raise Invalid(
            _("Deze verwijzing naar een volgende bladzijde klopt niet."),
            field="after",
            remedy=_("Zoek opnieuw."),
        ) from None


def _place(match: Match) -> Place:
    return match.rank, match.step_on, match.case_id


def _candidates(
    reading: Reading, question: Question, purpose: str, place: Place | None, limit: int, *, common: bool
) -> list[Match]:
    """Matches in the reader's cases, in fields that some rule could show them or that their own agency gave."""
    live, live_params = _live(reading.visit, reading.at)
    found = joined(connection.vendor, live, common=common)
    fields = _numbers(ever_shown(reading, reading.reader(purpose)))
    after, after_params = _after(place)
    sql = f"""
        SELECT m.urgency_rank, m.next_step_on, m.case_id, m.contribution_id, m.bit, m.source_id, a.code, a.type,
          k.under, k.about_id, u.born_on, k.valid_until, m.case__kind, m.case__phase, m.case__covenants,
          {folded(connection.vendor, "m.case_id")}
        FROM (
          SELECT p.*, s.contribution_id, s.bit, s.source_id
          {found} AND (s.bit IN ({fields}) OR s.source_id = %s) {after}
          ORDER BY p.urgency_rank, p.next_step_on, p.case_id, s.contribution_id, s.bit
          LIMIT %s
        ) m
        JOIN cases_contribution k ON k.id = m.contribution_id
        JOIN agreements_agency a ON a.id = m.source_id
        LEFT JOIN cases_casesubject h ON h.id = k.about_id
        LEFT JOIN cases_subject u ON u.id = h.subject_id
        ORDER BY m.urgency_rank, m.next_step_on, m.case_id, m.contribution_id, m.bit
    """  # noqa: S608 - names and numbers of our own
    asked = wanted(connection.vendor, question)
    with connection.cursor() as cursor:
        cursor.execute(sql, [*live_params, asked, reading.visit.agency.id, *after_params, limit])
        rows = cursor.fetchall()
    return [Match._make(row) for row in (map(_with_dates, rows) if connection.vendor == "sqlite" else rows)]


_PLACES = ("case_id", "urgency_rank", "next_step_on", "case__kind", "case__phase", "case__covenants")
_WHEN = datetime(2000, 1, 1, tzinfo=UTC)
"""Stands for the moment of reading in SQL that is kept."""
_kept: Memo[tuple[object, ...], tuple[str, tuple[Any, ...]]] = Memo(512)


def _live(visit: Visit, at: datetime) -> tuple[str, list[Any]]:
    """The reader's live participations as SQL: the rule of every page, put into words once per reader, not per search.

    Raises EmptyResultSet for a visit whose roles work in no cases.
    """
    key = (connection.vendor, visit.agency.id, visit.professional_id, visit.roles, visit.case_pinned)
    known = _kept.get(key)
    if known is None:
        mine = live_participations(visit, at=_WHEN).values(*_PLACES)
        sql, params = mine.query.sql_with_params()
        known = _kept.keep(key, (sql, tuple(params)))
    then, now = (connection.ops.adapt_datetimefield_value(moment) for moment in (_WHEN, at))
    return known[0], [now if value == then else value for value in known[1]]


_DATES = (1, 10, 11)
"""Columns that SQLite hands over as text from inside a subquery."""


def _with_dates(row: Sequence[Any]) -> list[Any]:
    values = list(row)
    for place in _DATES:
        if isinstance(values[place], str):
            values[place] = date.fromisoformat(values[place])
    return values


@lru_cache(maxsize=512)
def _numbers(fields: int) -> str:
    return ", ".join(str(bit) for bit in bits(fields)) or "-1"


def _after(place: Place | None) -> tuple[str, list[Any]]:
    if place is None:
        return "", []
    rank, day, case_id = place
    moment = connection.ops.adapt_datefield_value(day)
    return "AND (p.urgency_rank, p.next_step_on, p.case_id) > (%s, %s, %s)", [rank, moment, case_id]
