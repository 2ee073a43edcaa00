"""Generates practice caseloads of any size: draws cases, numbers their rows, writes them in batches.

Each batch is one transaction with one journal entry, so a run that is broken off leaves whole batches.
Versions made here are not bound to the journal one by one: these are no facts about anybody.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from hashlib import blake2b
from itertools import count
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction

from agreements.covenants.rules import Author
from agreements.parties.models import Membership, Professional
from audit.journal.appender import append
from audit.journal.entry import Action, Entry, Outcome
from audit.journal.scope import write_scope
from cases.casework.loading.bulk import Bulk, reserve
from cases.casework.loading.distributions import SHARES
from cases.casework.loading.drawing import AREA, PERSONAL, Drawn, Pool, Statement, draw_case
from cases.casework.loading.moments import moment_on
from cases.casework.loading.people import Staff
from cases.casework.loading.statements import History
from cases.casework.loading.world import World, look_around
from cases.casework.loading.write import lead_of, partners_of
from cases.records.changes import facts_changed
from cases.records.models import (
    Case,
    CaseCovenant,
    CaseSubject,
    Contribution,
    Participation,
    PhaseChange,
    Subject,
)
from cases.records.models.case import NO_DATE
from cases.records.phases import URGENCY_RANK, Urgency
from cases.records.sealed import SealedFacts
from foundation import clock
from foundation.errors import Invalid, Refused
from foundation.masks import to_hex

BATCH = 1000
PREFIX = "GEN-"
_NEVER = date.fromisoformat(NO_DATE)
_FACTS = (
    "id", "uid", "case_id", "about_id", "source_id", "under", "section", "values", "present", "kind", "reliability",
    "observed_on", "given_at", "valid_until", "basis", "entered_by_id", "withdrawn_at", "submission",
)  # fmt: skip
_TABLES: tuple[tuple[Any, tuple[str, ...]], ...] = (
    (Case, (
        "id", "uid", "number", "kind", "label", "district", "purpose", "urgency", "phase", "phase_since", "state",
        "covenants", "partners", "lead_id", "opened_at", "next_step", "next_step_on", "next_step_owner",
    )),
    (CaseCovenant, ("case_id", "code", "starts", "ends")),
    (PhaseChange, ("case_id", "phase", "starts", "by_id", "note")),
    (Subject, ("id", "uid", "born_on")),
    (CaseSubject, ("id", "case_id", "subject_id", "role", "position")),
    (Participation, (
        "case_id", "agency_id", "mode", "everyone", "starts", "ends", "is_open", "reason", "urgency_rank",
        "next_step_on",
    )),
    (Contribution, _FACTS),
    (History, (*_FACTS, "history_date", "history_type", "history_change_reason", "history_user_id")),
)  # fmt: skip
_NUMBERED = (Case, Subject, CaseSubject, Contribution)


@dataclass(frozen=True, slots=True, kw_only=True)
class Generated:
    """What was made: the first and last case number, and rows by table ("cases_case")."""

    first: str
    last: str
    rows: dict[str, int]


def generate_caseload(
    cases: int,
    *,
    seed: int,
    by: Author,
    shares: Mapping[str, float] | None = None,
    progress: Callable[[int], None] = lambda _: None,
) -> Generated:
    """Make `cases` practice cases after the ones that are there; the same seed and numbers give the same cases.

    shares: agency code to the part of the cases (0..1) in which it reads along; over those of SHARES.
    progress: called with the number of cases of each batch, once it is saved.
    Raises Refused outside a demo, Invalid for shares of unknown agencies or when the covenants are missing.
    """
    if not settings.VERBOND_DEMO:
        raise Refused(
            "Oefencasussen horen niet in een echte omgeving.", remedy="Zet VERBOND_DEMO=1 als dit een demo is."
        )
    world = look_around()
    wanted = SHARES | dict(shares or {})
    _check(world, wanted, cases)
    pool = Pool.of(world, {code: share for code, share in wanted.items() if code in world.agencies})
    first = _next_serial()
    total: dict[str, int] = {}
    for start in range(first, first + cases, BATCH):
        serials = range(start, min(start + BATCH, first + cases))
        for table, rows in _batch(pool, serials, seed=seed, by=by).items():
            total[table] = total.get(table, 0) + rows
        progress(len(serials))
    _count_anew()
    return Generated(first=f"{PREFIX}{first:06d}", last=f"{PREFIX}{first + cases - 1:06d}", rows=total)


def _check(world: World, shares: Mapping[str, float], cases: int) -> None:
    missing = [code for code in (PERSONAL, AREA) if code not in world.covenants]
    if missing:
        raise Invalid(f"Convenant {' en '.join(missing)} is niet geladen.", remedy="Laad eerst de demo: load_demo.")
    unknown = [code for code in shares if code not in world.agencies and code not in SHARES]
    if unknown:
        raise Invalid(f"Organisatie {', '.join(unknown)} bestaat niet.", remedy="Kijk in deploy/demo/parties.yaml.")
    if cases < 1 or not all(0 <= share <= 1 for share in shares.values()):
        raise Invalid("Het aantal is ten minste 1, en een aandeel ligt van 0 tot en met 1.")


def _next_serial() -> int:
    # Six digits sort as text; a seventh makes the number longer, so length goes first.
    numbers = Case.objects.filter(number__startswith=PREFIX).values_list("number", flat=True)
    last = max(numbers.iterator(), key=lambda number: (len(number), number), default=f"{PREFIX}0")
    return int(last.removeprefix(PREFIX)) + 1


@transaction.atomic
def _batch(pool: Pool, serials: range, *, seed: int, by: Author) -> dict[str, int]:
    drawn = [draw_case(pool, seed=seed, serial=serial) for serial in serials]
    with write_scope(reason="generate_caseload"):
        givers = _givers(pool.world, by)
        rows = _Rows(pool.world, givers, _numbers(drawn), seed)
        for case in drawn:
            rows.add(case)
        made = {
            model._meta.db_table: Bulk(connection, model, columns).insert(rows.of[model]) for model, columns in _TABLES
        }
        facts_changed([row[0] for row in rows.of[Contribution]])
        append([_entry(drawn, made, seed, by)])
    return made


def _numbers(drawn: list[Drawn]) -> dict[Any, Iterator[int]]:
    people = sum(len(case.people) for case in drawn)
    statements = sum(len(case.statements) for case in drawn)
    counts = {Case: len(drawn), Subject: people, CaseSubject: people, Contribution: statements}
    return {model: iter(reserve(connection, model, counts[model])) for model in _NUMBERED}


def _givers(world: World, by: Author) -> dict[str, Professional]:
    """Who enters the facts of each agency: somebody who works there, or an employee made for it."""
    staff = Staff(world.people, by=by)
    found: dict[str, Professional] = {}
    rows = Membership.objects.in_force().select_related("professional", "agency").order_by("-pk")
    for row in rows.filter(roles__icontains="professional"):
        found[row.agency.code] = row.professional
    for code, agency in world.agencies.items():
        if code not in found:
            found[code] = staff.giver(f"Oefenmedewerker {agency.type}", agency, since=clock.start_of(date(2024, 1, 1)))
    return found


class _Rows:
    """The rows of a batch, by model, in the order of the columns of _TABLES."""

    def __init__(
        self, world: World, givers: dict[str, Professional], numbers: dict[Any, Iterator[int]], seed: int
    ) -> None:
        self._world, self._givers, self._numbers = world, givers, numbers
        self._seed = seed
        self._uids: Iterator[UUID] = iter(())
        self._masks: dict[tuple[str, ...], str] = {}
        self.of: dict[Any, list[tuple[Any, ...]]] = {model: [] for model, _ in _TABLES}

    def add(self, case: Drawn) -> None:
        pk = next(self._numbers[Case])
        self._uids = _uids(f"{self._seed}:{case.number}")
        self.of[Case].append(self._case(pk, case))
        opened = _start(case.phases[0][1])
        self.of[CaseCovenant] += [(pk, code, opened, None) for code in case.covenants]
        lead = lead_of((agency, reads) for agency, reads, _ in case.takers).pk
        self.of[PhaseChange] += [(pk, phase, _start(day), lead, "") for phase, day in case.phases]
        places = self._people(pk, case)
        self._takers(pk, case)
        for order, statement in enumerate(case.statements):
            self._statement(pk, places, order, statement)

    def _case(self, pk: int, case: Drawn) -> tuple[Any, ...]:
        phase, since = case.phases[-1]
        reading = [agency.type for agency, reads, _ in case.takers if reads]
        return (
            pk, next(self._uids), case.number, case.kind, case.label, case.district, case.purpose, case.urgency, phase,
            _start(since), case.state, " ".join(case.covenants), partners_of(reading),
            lead_of((agency, reads) for agency, reads, _ in case.takers).pk, _start(case.phases[0][1]),
            case.next_step, case.next_step_on or _NEVER, case.next_step_owner,
        )  # fmt: skip

    def _people(self, case_id: int, case: Drawn) -> list[int]:
        places = []
        for position, (born, role) in enumerate(case.people):
            subject, place = next(self._numbers[Subject]), next(self._numbers[CaseSubject])
            self.of[Subject].append((subject, next(self._uids), born))
            self.of[CaseSubject].append((place, case_id, subject, role, position))
            places.append(place)
        return places

    def _takers(self, case_id: int, case: Drawn) -> None:
        rank, step = URGENCY_RANK[Urgency(case.urgency)], case.next_step_on or _NEVER
        for (agency, reads, day), reason in zip(case.takers, case.reasons, strict=True):
            mode = "live" if reads else "extract"
            self.of[Participation].append((case_id, agency.pk, mode, True, _start(day), None, True, reason, rank, step))

    def _statement(self, case_id: int, places: list[int], order: int, given: Statement) -> None:
        now = self._world.now
        about = None if given.about is None else places[given.about]
        moment = moment_on(given.given_on, order=order * 4, now=now)
        changed = moment_on(given.changed_on, order=order * 4 + 1, now=now)
        head = (
            next(self._numbers[Contribution]),
            next(self._uids),
            case_id,
            about,
            given.agency.pk,
            given.under,
            given.section,
        )
        versions: list[tuple[Mapping[str, Any], datetime | None, datetime, str]] = [(given.values, None, moment, "+")]
        if given.corrected is not None:
            versions.append((given.corrected, None, changed, "~"))
        if given.withdrawn:
            gone = moment_on(given.changed_on, order=order * 4 + 2, now=now)
            versions.append((versions[-1][0], gone, gone, "~"))
        row: tuple[Any, ...] = ()
        for values, withdrawn, since, kind in versions:
            row = (
                *head, SealedFacts.seal(values), self._mask(values), given.kind, given.reliability, given.observed_on,
                moment, None, given.basis, self._givers[given.agency.code].pk, withdrawn, None,
            )  # fmt: skip
            self.of[History].append((*row, since, kind, None, None))
        self.of[Contribution].append(row)

    def _mask(self, values: Mapping[str, Any]) -> str:
        codes = tuple(values)
        known = self._masks.get(codes)
        if known is None:
            known = self._masks[codes] = to_hex(self._world.catalogue.mask(codes))
        return known


def _uids(name: str) -> Iterator[UUID]:
    """Identifiers without end, the same for the same name."""
    for number in count():
        yield UUID(bytes=blake2b(f"{name}:{number}".encode(), digest_size=16).digest(), version=4)


@cache
def _start(day: date) -> datetime:
    return clock.start_of(day)


def _entry(drawn: list[Drawn], made: Mapping[str, int], seed: int, by: Author) -> Entry:
    return Entry(
        event_type="caseload.generated",
        action=Action.CREATE,
        outcome=Outcome.OK,
        actor_ref=by.actor_ref,
        agency_ref=by.agency_ref,
        detail={"first": drawn[0].number, "last": drawn[-1].number, "seed": seed, **made},
    )


def _count_anew() -> None:
    """Tell the planner how the tables have grown; PostgreSQL would only do so minutes later."""
    with connection.cursor() as cursor:
        for model, _ in _TABLES:
            cursor.execute(f"ANALYZE {model._meta.db_table}")
