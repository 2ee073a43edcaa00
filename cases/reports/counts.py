"""The numbers of a report, from the tallies of its days to what may be shown. Not here: the paper (paper.py).

All numbers are whole tens, rounded down, and a total is the sum of what is shown, as everywhere in the house
(cases/disclosure/bounds.py): what is below ten points at people.
"""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from audit.exports import tally
from audit.exports.kinds import Asked, Piece
from cases.disclosure.bounds import Bound, known_and_others, total_of
from foundation import clock


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Numbers by one property; code -> number, in the order of the codes."""

    lines: tuple[tuple[str, Bound], ...]

    @property
    def total(self) -> Bound:
        """The sum of what is shown."""
        return total_of(bound for _code, bound in self.lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """What a report tells. An entry is one read of one person; under two articles it stands in two lines of those.

    refused: on an article of this covenant. elsewhere: refused for another cause, whatever the covenant.
    unnumbered: entries of before articles were numbered, in none of these counts.
    """

    agencies: Table
    articles: Table
    purposes: Table
    break_glass: Bound
    unexplained: Table
    refused: Bound
    elsewhere: Table
    unnumbered: int


def days(asked: Asked) -> int:
    """How many days the report has to count."""
    first, last = _day(asked.since), _day(asked.until - timedelta(microseconds=1))
    return (last - first).days + 1


def step(asked: Asked, place: str) -> Piece | None:
    """The tallies of the day after `place` (an ISO date; "" at the beginning)."""
    day = date.fromisoformat(place) + timedelta(days=1) if place else _day(asked.since)
    since, until = max(clock.start_of(day), asked.since), min(clock.end_of(day), asked.until)
    if since >= asked.until:
        return None
    one = tally.period(asked, since=since, until=until)
    found = {
        "rows": [
            [row.agency_ref, row.purpose, row.articles, row.outcome, row.break_glass, row.n]
            for row in tally.tallies(one)
        ],
        "unexplained": tally.unexplained(one),
        "elsewhere": tally.refused_without_article(one),
        "unnumbered": tally.unnumbered(one),
    }
    return Piece(content=json.dumps(found).encode(), place=day.isoformat(), n=1)


def counts_of(pieces: Iterable[bytes]) -> Counts:
    """The numbers of all days together, as they may be shown."""
    agencies, articles, purposes = Counter[str](), Counter[str](), Counter[str]()
    unexplained, elsewhere = Counter[str](), Counter[str]()
    glass = refused = unnumbered = 0
    for piece in pieces:
        day = json.loads(piece)
        unexplained.update(day["unexplained"])
        elsewhere.update(day["elsewhere"])
        unnumbered += day["unnumbered"]
        for agency, purpose, under, outcome, is_glass, n in day["rows"]:
            if outcome == "refused":
                refused += n
            if outcome != "ok":
                continue
            agencies[agency] += n
            purposes[purpose] += n
            articles.update(dict.fromkeys(under, n))
            glass += n if is_glass else 0
    return Counts(
        agencies=_table(agencies), articles=_table(articles), purposes=_table(purposes),
        break_glass=known_and_others(0, glass), unexplained=_table(unexplained),
        refused=known_and_others(0, refused), elsewhere=_table(elsewhere), unnumbered=unnumbered,
    )  # fmt: skip


def _table(counted: Counter[str]) -> Table:
    return Table(lines=tuple((code, known_and_others(0, n)) for code, n in sorted(counted.items())))


def _day(moment: datetime) -> date:
    return moment.astimezone(clock.AMSTERDAM).date()
