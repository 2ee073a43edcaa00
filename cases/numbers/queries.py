"""Counts for who manages the work: exactly for the cases one takes part in, in tens for all others."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from django.db.models import Count, F, Q, QuerySet, Window
from django.db.models.functions import Lead
from django.utils.translation import gettext as _

from audit.journal.apart import append_apart
from cases.disclosure.bounds import Bound, known_and_others, total_of
from cases.disclosure.reading import Reading
from cases.disclosure.visibility import CASE_ROLES, live_participations
from cases.numbers.events import READ
from cases.plans.models import Action, ActionState, Goal, GoalState
from cases.records.models import Case, PhaseChange
from cases.records.phases import READABLE, Kind, Phase, Urgency
from foundation import clock
from foundation.errors import Refused

MANAGING = frozenset({"case_director", "chair", "team_lead"})
"""Roles that read these numbers."""
WHOLE_HOUSE = frozenset({"case_director", "chair"})
"""Roles that also read about cases of others, in tens."""

SETTLED = frozenset({ActionState.DONE, ActionState.PARTLY, ActionState.NOT_DONE, ActionState.IMPOSSIBLE})
FEWEST_FOR_A_MEDIAN = 10
LOOK_BACK = timedelta(days=365)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One row of a table: a code, how many of one's own cases, how many in the whole house (None: not shown)."""

    code: str
    own: int
    whole: Bound | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Counts by one property. The total of the whole house adds what is shown."""

    name: str
    lines: tuple[Line, ...]

    @property
    def own(self) -> int:
        """All of one's own."""
        return sum(line.own for line in self.lines)

    @property
    def whole(self) -> Bound | None:
        """All of the house, as far as it is shown."""
        shown = [line.whole for line in self.lines if line.whole is not None]
        return total_of(shown) if shown else None


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadTime:
    """How long cases stayed in a phase that they left within the last year: the median in days, of how many.

    own_days is None without such a case. weeks: of the cases of others, whole weeks; None for fewer than ten.
    """

    phase: str
    own_days: int | None
    n_own: int
    weeks: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbers:
    """All of the page. on_time: of the own agency's settled actions of the last year, those settled in time."""

    at: datetime
    tables: tuple[Table, ...]
    lead_times: tuple[LeadTime, ...]
    actions: Table
    overdue: int
    settled: int
    on_time: int
    goals: Table
    whole_house: bool


def numbers(reading: Reading) -> Numbers:
    """The numbers for this reader; looking at them is journalled.

    Raises Refused for a role that manages nothing, and for a token that is bound to one case.
    Source: WGS art. 1.8(4): counts of cases and work, never of persons who looked something up.
    """
    visit = reading.visit
    if not visit.roles & MANAGING or not visit.roles & CASE_ROLES or visit.case_pinned:
        raise Refused(
            _("Uw rol leest geen cijfers over het werk."),
            remedy=_("Vraag ze aan uw teamleider of aan de procesregisseur."),
        )
    whole = bool(visit.roles & WHOLE_HOUSE)
    append_apart([reading.entry(event=READ, detail={"whole_house": int(whole)})])
    mine = live_participations(visit, at=reading.at).order_by().values("case_id")
    return Numbers(
        at=reading.at,
        tables=_caseload(mine, whole=whole),
        lead_times=_lead_times(mine, at=reading.at, whole=whole),
        actions=_actions(visit.agency.id, whole=whole),
        overdue=_own_actions(visit.agency.id).filter(state=ActionState.OPEN, due_on__lt=clock.today()).count(),
        **_settled(visit.agency.id, at=reading.at),
        goals=_goals(visit.agency.id, whole=whole),
        whole_house=whole,
    )


_PROPERTIES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("phase", tuple(Phase)),
    ("urgency", tuple(Urgency)),
    ("kind", tuple(Kind)),
)


def _caseload(mine: QuerySet, *, whole: bool) -> tuple[Table, ...]:
    """Of each property, all counted together: to know which cases are one's own is most of the work."""
    names = [name for name, _codes in _PROPERTIES]
    standing = Case.objects.filter(state__in=sorted(READABLE)).order_by()
    own = _counted_together(standing.filter(pk__in=mine), names)
    others = _counted_together(standing, names) - own if whole else Counter()
    return tuple(
        _table(name, codes, _sums(own, place), _sums(others, place), whole=whole)
        for place, (name, codes) in enumerate(_PROPERTIES)
    )


def _counted_together(rows: QuerySet, names: Sequence[str]) -> Counter[tuple[str, ...]]:
    return Counter({tuple(key): n for *key, n in rows.values(*names).annotate(n=Count("pk")).values_list(*names, "n")})


def _sums(counted: Counter[tuple[str, ...]], place: int) -> Counter[str]:
    found: Counter[str] = Counter()
    for key, n in counted.items():
        found[key[place]] += n
    return found


def _counted(rows: QuerySet, name: str) -> dict[str, int]:
    return dict(rows.values(name).annotate(n=Count("pk")).values_list(name, "n"))


def _table(name: str, codes: Iterable[str], own: Mapping[str, int], others: Mapping[str, int], *, whole: bool) -> Table:
    return Table(
        name=name,
        lines=tuple(
            Line(
                code=str(code),
                own=own.get(code, 0),
                whole=known_and_others(own.get(code, 0), others.get(code, 0)) if whole else None,
            )
            for code in codes
        ),
    )


def _lead_times(mine: QuerySet, *, at: datetime, whole: bool) -> tuple[LeadTime, ...]:
    own = _stays(PhaseChange.objects.filter(case_id__in=mine), at=at)
    others = _stays(PhaseChange.objects.exclude(case_id__in=mine), at=at) if whole else {}
    return tuple(
        LeadTime(
            phase=phase,
            own_days=round(median(own[phase])) if own.get(phase) else None,
            n_own=len(own.get(phase, ())),
            weeks=round(median(others[phase]) / 7) if len(others.get(phase, ())) >= FEWEST_FOR_A_MEDIAN else None,
        )
        for phase in Phase
    )


def _stays(changes: QuerySet, *, at: datetime) -> dict[str, list[int]]:
    """Per phase the days of each stay in it that ended within the last year."""
    ended = changes.annotate(
        until=Window(Lead("starts"), partition_by=[F("case_id")], order_by=[F("starts").asc(), F("id").asc()])
    )
    found: dict[str, list[int]] = defaultdict(list)
    rows = ended.filter(until__gte=at - LOOK_BACK, until__lte=at).order_by()
    for phase, starts, until in rows.values_list("phase", "starts", "until").iterator(chunk_size=5000):
        found[phase].append((until - starts).days)
    return found


def _own_actions(agency_id: int) -> "QuerySet[Action]":
    return Action.objects.filter(owner_agency_id=agency_id, withdrawn_at=None).order_by()


def _actions(agency_id: int, *, whole: bool) -> Table:
    """By state. One's own are those one must do; of others a reader may not even know that they exist."""
    own = _counted(_own_actions(agency_id), "state")
    others = Action.objects.filter(withdrawn_at=None).exclude(owner_agency_id=agency_id).order_by()
    return _table("action", ActionState.values, own, _counted(others, "state") if whole else {}, whole=whole)


def _settled(agency_id: int, *, at: datetime) -> dict[str, int]:
    rows = _own_actions(agency_id).filter(state__in=SETTLED, settled_at__gte=at - LOOK_BACK)
    counted: Counter[bool] = Counter(
        settled.astimezone(clock.AMSTERDAM).date() <= due
        for settled, due in rows.values_list("settled_at", "due_on")
        if settled is not None
    )
    return {"settled": counted.total(), "on_time": counted[True]}


def _goals(agency_id: int, *, whole: bool) -> Table:
    """By state: one's own are those that the agency wrote down."""
    standing = Goal.objects.filter(withdrawn_at=None).order_by()
    own = _counted(standing.filter(source_id=agency_id), "state")
    others = _counted(standing.filter(~Q(source_id=agency_id)), "state") if whole else {}
    return _table("goal", GoalState.values, own, others, whole=whole)
