"""Finds the fields in which a question stands and that the reader may see, in the order of the worklist.

A question of several parts (parts_of) is found where each part is, about one person of one case: every part through
what the reader may see, so that a part which stands in something withheld is a part that is not found.
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from django.db import connection
from django.utils.translation import gettext as _

from cases.disclosure.findable import Match, WordsMatch, may_hear, may_show
from cases.disclosure.reading import Reading
from cases.disclosure.wordforms import Question
from cases.records.models import Case
from cases.search.candidates import Place, Span, candidates
from cases.search.full_text import is_common
from cases.search.showing import shown_by_rooms
from foundation.errors import Invalid

FIRST = 2
"""Rows fetched at once for each case of a page. More are needed only where most matches in one's own cases are
withheld by phase or hold."""
FURTHER = 8
"""How many times as many the next time, so that even the widest question takes a handful of queries."""
Either = Match | WordsMatch
Row = TypeVar("Row", Match, WordsMatch)


@dataclass(slots=True)
class InCase:
    """What was found in one case: fields of contributions, and words of rooms.

    place: where the case stands; taking: the participation by which the reader comes to it.
    """

    place: Place
    taking: int
    facts: list[Match] = field(default_factory=list)
    words: list[WordsMatch] = field(default_factory=list)

    def all(self) -> list[Either]:
        """Both."""
        return [*self.facts, *self.words]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The first cases in which the reader may see a match, in the order of the worklist; `more`: there are others."""

    cases: dict[int, InCase]
    more: bool


Numbers = Mapping[str, Collection[str]]
"""Per part that may be the number of a case (as typed): the numbers that it stands for."""


def find(
    reading: Reading, parts: Sequence[Question], *, purpose: str, after: str, size: int, numbers: Numbers
) -> Found:
    """The first `size` cases after the cursor in which the reader sees every part of the question stand."""
    # The part that finds least goes first; the number of a case cannot, for it is looked up among cases found.
    lead = next((part for part in parts if not part.number), parts[0])
    others = [part for part in parts if part is not lead]
    place, limit = position(after) if after else None, FIRST * (size + 1)
    common = is_common(connection, lead)
    found: dict[int, InCase] = {}
    while True:
        span = Span(after=place, limit=limit)
        facts, words = candidates(reading, lead, purpose, span, common=common)
        # The last case of what was cut off may be incomplete: it is for the next round, and what comes after it.
        cut: list[Either] = [*facts[limit - 1 :], *words[limit - 1 :]]
        end = min(map(_place, cut), default=None)
        enough = None if others else size + 1 - len(found)
        here = _seen(reading, purpose, _before(facts, end), _before(words, end), enough=enough)
        found |= _with_all(reading, purpose, here, others, numbers) if others else here
        if end is None or len(found) > size:
            break
        kept: list[Either] = [*_before(facts, end), *_before(words, end)]
        place = max(map(_place, kept), default=place)
        limit *= FURTHER
    ordered = sorted(found.items(), key=lambda item: item[1].place)
    return Found(cases=dict(ordered[:size]), more=len(found) > size)


def _before(rows: Sequence[Row], end: Place | None) -> Sequence[Row]:
    return rows if end is None else [row for row in rows if _place(row) < end]


def _seen(
    reading: Reading,
    purpose: str,
    facts: Sequence[Match],
    words: Sequence[WordsMatch],
    *,
    enough: int | None = None,
) -> dict[int, InCase]:
    """Of these candidates what the reader may see: decided without a query, then by the rooms for what is left.

    enough: as soon as facts are seen in so many cases, what stands further on is left alone.
    """
    found: dict[int, InCase] = {}
    end: Place | None = None
    for match in may_show(reading, purpose, facts):
        if len(found) == enough and match.case_id not in found:
            end = _place(match)
            break
        found.setdefault(match.case_id, InCase(_place(match), match.taking)).facts.append(match)
    for heard in shown_by_rooms(reading, purpose, may_hear(reading, purpose, _before(words, end))):
        found.setdefault(heard.case_id, InCase(_place(heard), heard.taking)).words.append(heard)
    return found


def _with_all(
    reading: Reading, purpose: str, lead: dict[int, InCase], others: Sequence[Question], numbers: Numbers
) -> dict[int, InCase]:
    """Those cases of `lead` in which the other parts are found too, about the same person, with all that fits.

    Asked also when there is nothing to ask about: how long it takes must not tell whether there was.
    """
    span = Span(cases=lead)
    every = [lead]
    by_number: list[set[int]] = [set()]
    for part in others:
        every.append(_seen(reading, purpose, *candidates(reading, part, purpose, span, common=False)))
        by_number.append(_numbered(lead, numbers.get(part.number, ())) if part.number else set())
    found = {}
    for pk, first in lead.items():
        parts = [here[pk].all() if pk in here else [] for here in every]
        if people := _people(parts, anybody=[pk in ids for ids in by_number]):
            found[pk] = _narrowed(first, parts, people)
    return found


def _numbered(cases: Iterable[int], numbers: Collection[str]) -> set[int]:
    asked = Case.objects.filter(number__in=list(numbers)).values_list("pk", flat=True)
    return set(asked).intersection(cases)


def _about(match: Either) -> set[int | None]:
    """Whom it is about, by row number in the case; None for what is about nobody in particular, so about everybody."""
    if isinstance(match, WordsMatch) and match.other_id is not None:
        return {match.about_id, match.other_id}
    return {match.about_id}


def _people(parts: list[list[Either]], *, anybody: list[bool]) -> set[int | None]:
    """About whom every part is found; `anybody`: parts that the case itself answers."""
    known = [set().union(*(_about(match) for match in matches)) for matches in parts]
    people: set[int | None] = set().union(*known) | {None}
    return {
        person
        for person in people
        if all(any_ or person in of or None in of for of, any_ in zip(known, anybody, strict=True))
    }


def _narrowed(first: InCase, parts: list[list[Either]], people: set[int | None]) -> InCase:
    found = InCase(first.place, first.taking)
    wanted = people | {None}
    for match in dict.fromkeys(match for matches in parts for match in matches if _about(match) & wanted):
        if isinstance(match, Match):
            found.facts.append(match)
        else:
            found.words.append(match)
    return found


def cursor_of(place: Place) -> str:
    """Where to go on after the case that stands there."""
    rank, step_on, case_id = place
    return f"{rank}.{step_on:%Y%m%d}.{case_id}"


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


def _place(match: Either) -> Place:
    return match.rank, match.step_on, match.case_id
