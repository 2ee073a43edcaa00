"""Asks both indexes for the rows in which a question stands, in the reader's cases and in no others.

One query joins words, rights of place and order: matches in other people's cases are not fetched, and nothing is
ordered by what stands in them. Whether a match may be shown is decided elsewhere (matching.py).
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import F

from agreements.parties.reader import Visit
from agreements.policy.index import Memo
from cases.disclosure.circumstances import folded
from cases.disclosure.findable import Match, WordsMatch, ever_shown
from cases.disclosure.reading import Reading
from cases.disclosure.visibility import live_participations
from cases.disclosure.wordforms import Question
from cases.search.full_text import joined, joined_in_rooms, wanted
from foundation.masks import bits
from foundation.prepared import answers

Place = tuple[int, date, int]
"""Where a case stands in the worklist: rank of urgency, day of the next step, row number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Which rows to fetch: after a place in the worklist, so many; or all of some cases (row numbers)."""

    after: Place | None = None
    limit: int | None = None
    cases: Collection[int] | None = None

    def sql(self) -> tuple[str, list[Any]]:
        """Conditions on `p`, and their parameters."""
        text, params = "", []
        if self.cases is not None:
            text = f" AND p.case_id IN ({', '.join(str(int(pk)) for pk in sorted(self.cases)) or '-1'})"
        if self.after is not None:
            rank, day, case_id = self.after
            text += " AND (p.urgency_rank, p.next_step_on, p.case_id) > (%s, %s, %s)"
            params = [rank, connection.ops.adapt_datefield_value(day), case_id]
        return text, params

    def limited(self) -> str:
        """The LIMIT that goes with it."""
        return "" if self.limit is None else f"LIMIT {int(self.limit)}"


def candidates(
    reading: Reading, question: Question, purpose: str, span: Span, *, common: bool
) -> tuple[list[Match], list[WordsMatch]]:
    """Matches in the facts of the reader's cases, and in the words of rooms there, each in the order of the worklist.

    Only in fields that some rule could show them or that they gave; words that the reader's agency was not there to
    hear are still among them.
    """
    facts, words = answers(
        connection,
        [
            _in_facts(reading, question, purpose, span, common=common),
            _in_rooms(reading, question, purpose, span),
        ],
    )
    return (
        [Match._make(_with_dates(row, (1, 10, 11))) for row in facts],
        [WordsMatch._make(_with_uid(_with_dates(row, (1, 12, 14)))) for row in words],
    )


_Asked = tuple[str, list[Any]]


def _in_facts(reading: Reading, question: Question, purpose: str, span: Span, *, common: bool) -> _Asked:
    live, live_params = _live(reading.visit, reading.at)
    more, more_params = span.sql()
    sql = f"""
        SELECT m.urgency_rank, m.next_step_on, m.case_id, m.contribution_id, m.bit, m.source_id, a.code, a.type,
          k.under, k.about_id, {_born("k.about_id")}, k.valid_until, m.case__kind, m.case__phase, m.case__covenants,
          {folded(connection.vendor, "m.case_id")}, m.taking
        FROM (
          SELECT p.*, s.contribution_id, s.bit, s.source_id
          {joined(connection.vendor, live, common=common)}
          AND (s.bit IN ({_fields(reading, purpose)}) OR s.source_id = %s) {more}
          ORDER BY p.urgency_rank, p.next_step_on, p.case_id, s.contribution_id, s.bit
          {span.limited()}
        ) m
        JOIN cases_contribution k ON k.id = m.contribution_id
        JOIN agreements_agency a ON a.id = m.source_id
        ORDER BY m.urgency_rank, m.next_step_on, m.case_id, m.contribution_id, m.bit
    """  # noqa: S608 - names and numbers of our own
    return sql, [*live_params, wanted(connection.vendor, question), reading.visit.agency.id, *more_params]


def _in_rooms(reading: Reading, question: Question, purpose: str, span: Span) -> _Asked:
    live, live_params = _live(reading.visit, reading.at)
    more, more_params = span.sql()
    sql = f"""
        SELECT m.urgency_rank, m.next_step_on, m.case_id, m.room, m.uid, m.bit, m.source_id, a.code, a.type,
          m.under, m.heard, m.about_id, {_born("m.about_id")}, m.other_id, {_born("m.other_id")}, m.case__kind,
          m.case__phase, m.case__covenants, {folded(connection.vendor, "m.case_id")}, m.taking
        FROM (
          SELECT p.*, s.id, s.room, s.uid, s.bit, s.source_id, s.under, s.heard, s.about_id, s.other_id
          {joined_in_rooms(connection.vendor, live)}
          AND (s.bit IN ({_fields(reading, purpose)}) OR s.source_id = %s) {more}
          ORDER BY p.urgency_rank, p.next_step_on, p.case_id, s.id
          {span.limited()}
        ) m
        JOIN agreements_agency a ON a.id = m.source_id
        ORDER BY m.urgency_rank, m.next_step_on, m.case_id, m.id
    """  # noqa: S608 - names and numbers of our own
    return sql, [*live_params, wanted(connection.vendor, question), reading.visit.agency.id, *more_params]


def _born(about: str) -> str:
    """SQL for the day of birth of who stands in this column."""
    return (
        f"(SELECT u.born_on FROM cases_casesubject h JOIN cases_subject u ON u.id = h.subject_id WHERE h.id = {about})"  # noqa: S608
    )


def _fields(reading: Reading, purpose: str) -> str:
    return _numbers(ever_shown(reading, reading.reader(purpose)))


@lru_cache(maxsize=512)
def _numbers(fields: int) -> str:
    return ", ".join(str(bit) for bit in bits(fields)) or "-1"


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
        mine = live_participations(visit, at=_WHEN).values(*_PLACES, taking=F("pk"))
        sql, params = mine.query.sql_with_params()
        known = _kept.keep(key, (sql, tuple(params)))
    then, now = (connection.ops.adapt_datetimefield_value(moment) for moment in (_WHEN, at))
    return known[0], [now if value == then else value for value in known[1]]


def _with_dates(row: Sequence[Any], places: tuple[int, ...]) -> Sequence[Any]:
    """SQLite hands dates over as text from inside a subquery."""
    if connection.vendor != "sqlite":
        return row
    values = list(row)
    for place in places:
        if isinstance(values[place], str):
            values[place] = date.fromisoformat(values[place])
    return values


_UID = 4


def _with_uid(row: Sequence[Any]) -> Sequence[Any]:
    if isinstance(row[_UID], UUID):
        return row
    values = list(row)
    values[_UID] = UUID(values[_UID])
    return values
