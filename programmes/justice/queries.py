"""What is read of prosecution in a programme: priorities and times for everybody, follow-ups for who agreed them."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language

from agreements.parties.reader import Visit
from foundation import clock
from programmes.justice.models import FollowUp, Norm, Offences, Priority, Throughput
from programmes.justice.rights import follow_ups_for, may_measure, prosecutes
from programmes.justice.rules import Phase, phase
from programmes.plans.models import Programme, ProgrammeState
from programmes.plans.rights import is_partner, may_lead, pact_in_force, programme_for


@dataclass(frozen=True, slots=True, kw_only=True)
class PriorityLine:
    """A priority with where it is today. may_end: whether this reader may end it."""

    uid: str
    offences: str
    label: str
    agency_code: str
    agency: str
    reason: str
    starts_on: date
    until_on: date
    phase: Phase
    ended_why: str
    may_end: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Times:
    """A half-year of a group: weeks; None where it would tell about too few cases."""

    year: int
    half: int
    cases: int | None
    low: int | None
    median: int | None
    high: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupTimes:
    """A group of offences over the half-years beside the agreed norm. source, dated: of the newest half-year."""

    offences: str
    label: str
    first: bool
    norm: Norm | None
    times: tuple[Times, ...]
    source: str
    dated: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUpLine:
    """An agreement about follow-up. measured: year, half and share (None: too few people), newest last."""

    uid: str
    agency_code: str
    agency: str
    title: str
    words: str
    norm: int
    starts_on: date
    until_on: date
    measured: tuple[tuple[int, int, int | None], ...]
    may_measure: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class JusticePage:
    """Prosecution in a programme for one reader. prosecutes, leads: what they may write."""

    programme: Programme
    partner: bool
    prosecutes: bool
    leads: bool
    priorities: tuple[PriorityLine, ...]
    groups: tuple[GroupTimes, ...]
    follow_ups: tuple[FollowUpLine, ...]


def justice_page(visit: Visit | None, code: str) -> JusticePage:
    """All of it, as far as this reader may know. Raises NotFound."""
    programme = programme_for(visit, code)
    goes_on = programme.state != ProgrammeState.ENDED
    own = goes_on and prosecutes(visit, programme)
    rows = Priority.objects.filter(programme=programme).select_related("agency")
    priorities = tuple(_priority(row, may_end=own) for row in rows)
    return JusticePage(
        programme=programme, partner=is_partner(visit, programme, pact_in_force(programme)), prosecutes=own,
        leads=goes_on and may_lead(visit, programme), priorities=priorities,
        groups=_groups(programme, {one.offences for one in priorities if one.phase is Phase.NOW}),
        follow_ups=follow_up_lines(visit, programme, follow_ups_for(visit, programme)),
    )  # fmt: skip


def follow_up_lines(
    visit: Visit | None, programme: Programme, rows: tuple[FollowUp, ...]
) -> tuple[FollowUpLine, ...]:  # fmt: skip
    """Follow-ups that this reader may read, for pages and the API."""
    goes_on, language = programme.state != ProgrammeState.ENDED, get_language() or "nl"
    return tuple(
        FollowUpLine(
            uid=str(row.uid), agency_code=row.agency.code, agency=row.agency.name_in(language),
            title=row.title, words=row.words, norm=row.norm, starts_on=row.starts_on, until_on=row.until_on,
            measured=tuple((one.year, one.half, one.share) for one in row.measured.all()),
            may_measure=goes_on and may_measure(visit, row, programme),
        )
        for row in rows
    )  # fmt: skip


def _priority(row: Priority, *, may_end: bool) -> PriorityLine:
    found = phase(starts_on=row.starts_on, until_on=row.until_on, on=clock.today())
    if row.ended_why:
        found = Phase.PAST
    return PriorityLine(
        uid=str(row.uid), offences=row.offences, label=row.get_offences_display(),
        agency_code=row.agency.code, agency=row.agency.name_in(get_language() or "nl"), reason=row.reason,
        starts_on=row.starts_on, until_on=row.until_on, phase=found, ended_why=row.ended_why,
        may_end=may_end and found is Phase.NOW,
    )  # fmt: skip


def _groups(programme: Programme, first: set[str]) -> tuple[GroupTimes, ...]:
    rows: dict[str, list[Throughput]] = defaultdict(list)
    for row in Throughput.objects.filter(programme=programme):
        rows[row.offences].append(row)
    norms = {one.offences: one for one in Norm.objects.filter(programme=programme)}
    found = [
        GroupTimes(
            offences=one.value, label=str(one.label), first=one.value in first, norm=norms.get(one.value),
            times=tuple(
                Times(year=row.year, half=row.half, cases=row.cases, low=row.low, median=row.median, high=row.high)
                for row in rows[one.value]
            ),
            source=rows[one.value][-1].source, dated=rows[one.value][-1].dated,
        )
        for one in Offences
        if rows[one.value]
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda one: not one.first))
