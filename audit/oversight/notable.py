"""Which reads are worth a look: rules over rows of the journal, each pure and with a version. They judge nobody."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from statistics import median
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from audit.journal.reasons import ReasonCode
from foundation import clock

SEARCH_SPAN = timedelta(minutes=10)
ALONE_SPAN = timedelta(minutes=30)
DEVIATIONS = 5
"""How many median absolute deviations above the median of the peers is far out."""
AT_LEAST = 10
"""Below this many cases a day nothing is a lot, however quiet the peers were."""
DORMANT = timedelta(days=60)

Hours = tuple[time, time] | None
"""When an agency works, on Monday to Friday in Amsterdam; None: around the clock."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A read as the rules see it. opened: fields of one case were shown, not a line in a list."""

    uid: UUID
    at: datetime
    actor: str
    agency: str
    case: str
    event: str
    opened: bool
    reason: str
    fact: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """What one reader opened on one day: how many cases, the reads, and when they last read before that day.

    Of files taken along `cases` counts the times.
    """

    actor: str
    agency: str
    cases: int
    reads: tuple[UUID, ...]
    before: datetime | None
    start: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A rule by its code. look: why it is worth a look, in words."""

    code: str
    version: int
    label: str | Promise
    look: str | Promise


RULES: dict[str, Rule] = {
    rule.code: rule
    for rule in (
        Rule(code="U", version=1, label=_("Geen verklaring"),
             look=_("De organisatie doet mee, maar deze lezer heeft geen werk in de casus.")),
        Rule(code="no_part", version=1, label=_("Zonder deelname"),
             look=_("De organisatie van de lezer deed op dat moment niet mee aan de casus.")),
        Rule(code="off_hours", version=1, label=_("Buiten werktijd"),
             look=_("Gelezen buiten de werktijden van de organisatie.")),
        Rule(code="search_one", version=1, label=_("Zoeken en één openen"),
             look=_("Eerst gezocht, daarna één casus geopend zonder verklaring, en verder niets.")),
        Rule(code="volume", version=1, label=_("Veel meer dan collega's"),
             look=_("Veel meer casussen op één dag dan collega's van dezelfde organisatie.")),
        Rule(code="dormant", version=1, label=_("Lang stil, dan veel"),
             look=_("Lang niets gelezen en daarna veel casussen op één dag.")),
        Rule(code="after_end", version=1, label=_("Na het einde van de deelname"),
             look=_("De organisatie nam deel aan de casus, maar niet meer toen dit werd gelezen of geprobeerd.")),
        Rule(code="repeat", version=1, label=_("Eerder niet terecht"),
             look=_("Geen verklaring, en van deze lezer is eerder een inzage niet terecht bevonden.")),
        Rule(code="exports", version=1, label=_("Veel meegenomen"),
             look=_("Veel meer bestanden opgehaald op één dag dan collega's van dezelfde organisatie.")),
    )
}  # fmt: skip
"""Every rule that brings reads to the queue, in the order of the page."""


def off_hours(rows: Sequence[Row], hours: Callable[[str], Hours]) -> set[UUID]:
    """Opened outside the working hours of the reader's agency."""
    found = set()
    for row in rows:
        worked = hours(row.agency)
        local = row.at.astimezone(clock.AMSTERDAM)
        if row.opened and worked and (local.weekday() > 4 or not worked[0] <= local.time() < worked[1]):
            found.add(row.uid)
    return found


def no_part(rows: Sequence[Row]) -> set[UUID]:
    """Opened although the reader's agency had no open participation, and nothing else explains it."""
    return {row.uid for row in rows if row.opened and row.reason == ReasonCode.UNEXPLAINED and not row.fact}


def search_one(rows: Sequence[Row], around: Mapping[str, Sequence[Row]]) -> set[UUID]:
    """Opened unexplained, shortly after a search, as the only case for half an hour either way.

    around: per reader all their rows near these.
    """
    found = set()
    for row in rows:
        if not row.opened or row.reason != ReasonCode.UNEXPLAINED:
            continue
        near = around.get(row.actor, ())
        searched = any(
            near_by.event == "search.asked" and row.at - SEARCH_SPAN <= near_by.at <= row.at for near_by in near
        )
        cases = {other.case for other in near if other.opened and abs(other.at - row.at) <= ALONE_SPAN}
        if searched and cases == {row.case}:
            found.add(row.uid)
    return found


def after_end(rows: Sequence[Row], ended: Mapping[tuple[str, str], datetime]) -> set[UUID]:
    """About a case in which the reader's agency had a part that was over by then, and has none now.

    ended: (case, agency) -> when its last part ended. rows: opened ones, and refused attempts.
    """
    return {row.uid for row in rows if (over := ended.get((row.case, row.agency))) and over <= row.at}


def repeat(rows: Sequence[Row], judged: Mapping[tuple[str, str], datetime]) -> set[UUID]:
    """Opened unexplained by somebody of whom an earlier finding was closed as not justified.

    judged: (actor, agency) -> when the first of those was closed.
    """
    return {
        row.uid
        for row in rows
        if row.opened
        and row.reason == ReasonCode.UNEXPLAINED
        and (first := judged.get((row.actor, row.agency)))
        and first <= row.at
    }


def volume(days: Sequence[Day], history: Mapping[str, Sequence[int]]) -> set[UUID]:
    """The reads of days on which somebody opened far more cases than the peers.

    history: per agency the number of cases of every reader's every working day lately.
    """
    found: set[UUID] = set()
    for day in days:
        if day.cases >= AT_LEAST and day.cases > far_out(history.get(day.agency, ())):
            found.update(day.reads)
    return found


def far_out(counts: Sequence[int]) -> float:
    """Median plus DEVIATIONS times the median absolute deviation (at least one); 0 without peers."""
    if not counts:
        return 0
    middle = median(counts)
    return middle + DEVIATIONS * max(median(abs(count - middle) for count in counts), 1)


def dormant(days: Sequence[Day]) -> set[UUID]:
    """The reads of days with many cases by somebody who read before, but not in the DORMANT time before."""
    found: set[UUID] = set()
    for day in days:
        if day.before is not None and day.start - day.before >= DORMANT and day.cases >= AT_LEAST:
            found.update(day.reads)
    return found
