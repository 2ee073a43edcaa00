"""Writes one checked case file: all its rows, and its journal entries. Inside a transaction and a write scope."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from agreements.covenants.rules import Author
from agreements.parties.models import Agency
from agreements.parties.rules import BUREAU_TYPES, AgencyType
from audit.journal.appender import append
from audit.journal.entry import Action, Entry, Outcome
from cases.casework.loading.check_facts import plain_values
from cases.casework.loading.moments import moment_on
from cases.casework.loading.people import Staff
from cases.casework.loading.shapes import CaseFile, ConditionItem, HoldItem, ParticipationItem, SubjectItem
from cases.casework.loading.statements import History, Statement, statement_of
from cases.casework.loading.world import World, subject_uid
from cases.records.changes import facts_changed
from cases.records.history import history_ref
from cases.records.models import (
    Case,
    CaseCovenant,
    CaseSubject,
    Circumstance,
    Contribution,
    Extract,
    Participation,
    ParticipationMember,
    PhaseChange,
    Subject,
)
from cases.records.models.case import NO_DATE
from cases.records.phases import URGENCY_RANK, Urgency
from cases.records.sealed import SealedFacts
from foundation import clock
from foundation.masks import to_hex

_SPACING = 16
"""Moments between two contributions of one day, for the corrections of the first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """How many rows one file became."""

    contributions: int
    versions: int


def write_case(file: CaseFile, world: World, staff: Staff, *, by: Author) -> Written:
    """All rows of a file that was checked against this world."""
    writer = _Writer(file, world, staff)
    writer.people_and_teams()
    statements = writer.contributions()
    writer.circumstances()
    writer.extracts()
    append(list(writer.entries(statements, by)))
    return Written(contributions=len(statements), versions=sum(len(s.versions) for s in statements))


def lead_of(participations: Iterable[tuple[Agency, bool]]) -> Agency:
    """Who leads a case: the bureau when it reads along, else the first that does, else the first.

    participations: agency, and whether it reads the joint case now; in the order of the file.
    """
    rows = list(participations)
    reading = [agency for agency, reads in rows if reads]
    bureau = next((agency for agency in reading if agency.type in BUREAU_TYPES), None)
    return bureau or (reading or [agency for agency, _ in rows])[0]


def partners_of(types: Iterable[str]) -> str:
    """The column Case.partners: each type once, in the fixed order of AgencyType."""
    present = set(types)
    return " ".join(code for code in AgencyType.values if code in present)


class _Writer:
    """One case on its way into the tables."""

    def __init__(self, file: CaseFile, world: World, staff: Staff) -> None:
        self._file, self._world, self._staff = file, world, staff
        self._case = self._saved_case()
        self._places: dict[str, CaseSubject] = {}
        self._rows: dict[str, Contribution] = {}

    def people_and_teams(self) -> None:
        file, case = self._file, self._case
        starts = clock.start_of(file.opened)
        CaseCovenant.objects.bulk_create(CaseCovenant(case=case, code=code, starts=starts) for code in file.covenants)
        PhaseChange.objects.bulk_create(
            PhaseChange(
                case=case,
                phase=item.phase,
                starts=clock.start_of(item.starts),
                by=self._agency(item.by),
                note=item.note,
            )
            for item in file.phases
        )
        for position, item in enumerate(file.subjects):
            subject = _subject(item)
            self._places[item.key] = CaseSubject(case=case, subject=subject, role=item.role, position=position)
        CaseSubject.objects.bulk_create(self._places.values())
        self._participations()

    def contributions(self) -> list[Statement]:
        made = []
        for order, item in enumerate(self._file.contributions):
            agency = self._agency(item.agency)
            giver = self._staff.giver(item.by, agency, since=clock.start_of(item.given_on))
            about = self._place(item.subject)
            made.append(
                statement_of(
                    item, case=self._case, about=about, agency=agency, giver=giver,
                    order=order * _SPACING, world=self._world,
                )
            )  # fmt: skip
        # bulk_create passes the signal by which simple-history would date every version today.
        Contribution.objects.bulk_create(statement.row for statement in made)
        History.objects.bulk_create(version for statement in made for version in statement.bind())
        facts_changed([statement.row.pk for statement in made])
        self._rows = {statement.key: statement.row for statement in made}
        return made

    def circumstances(self) -> None:
        conditions = [
            self._circumstance(
                item, nature=Circumstance.Nature.CONDITION, code=item.condition, about=self._place(item.subject),
                text=item.text,
            )
            for item in self._file.conditions
        ]  # fmt: skip
        holds = [
            self._circumstance(
                item, nature=Circumstance.Nature.HOLD, code=item.kind, about=self._place(item.subject),
                text=item.ground, fields=self._held(item), review_on=item.review_on,
                contribution=self._rows[item.contribution] if item.contribution else None,
            )
            for item in self._file.holds
        ]  # fmt: skip
        Circumstance.objects.bulk_create([*conditions, *holds])

    def extracts(self) -> None:
        made = []
        for order, item in enumerate(self._file.extracts):
            values = plain_values(item.values, self._world)
            made.append(
                Extract(
                    case=self._case, about=self._place(item.subject), source=self._agency(item.source),
                    recipient=self._agency(item.agency), under=item.under, article=item.article,
                    purpose=item.purpose, values=SealedFacts.seal(values),
                    present=to_hex(self._world.catalogue.mask(values)),
                    decided_at=self._moment(item.decided_on, order), decided_by=self._staff.words(item.decided_by),
                    ends=_start(item.until),
                    revoked_at=self._moment(item.revoked_on, order + 1) if item.revoked_on else None,
                )
            )  # fmt: skip
        Extract.objects.bulk_create(made)

    def entries(self, statements: list[Statement], by: Author) -> Iterable[Entry]:
        """One entry for each person in the case (or for the area), then one for each later change."""
        places: Sequence[CaseSubject | None] = [*self._places.values()] or [None]
        for place in places:
            about = [s for s in statements if s.row.about_id == (place.pk if place else None)]
            fields = 0
            for statement in about:
                fields |= statement.ever
            detail = {"contributions": len(about), "versions": sum(len(s.versions) for s in about)}
            created = [statement.versions[0] for statement in about]
            yield self._entry(by, "case.loaded", Action.CREATE, place, fields=fields, history=created, detail=detail)
        for statement in statements:
            for change in statement.changes:
                action = Action.DELETE if change.event == "contribution.withdrawn" else Action.UPDATE
                yield self._entry(
                    by, change.event, action, statement.row.about, fields=statement.ever, reason=change.reason,
                    history=[statement.versions[change.version]],
                    detail={"contribution": str(statement.row.uid), "on": change.on.isoformat()},
                )  # fmt: skip

    def _entry(self, by: Author, event: str, action: Action, place: CaseSubject | None, **what: Any) -> Entry:
        history = tuple(history_ref(version) for version in what.pop("history"))
        return Entry(
            event_type=event, action=action, outcome=Outcome.OK, actor_ref=by.actor_ref, agency_ref=by.agency_ref,
            case_ref=self._case.ref, subject_ref=place.subject.ref if place else "", purpose=self._file.purpose,
            history=history, policy_epoch=self._world.epoch, catalogue_hash=self._world.catalogue.hash, **what,
        )  # fmt: skip

    def _saved_case(self) -> Case:
        file, step = self._file, self._file.next_step
        reads = [(self._agency(item.agency), self._reads(item)) for item in file.participations]
        return Case.objects.create(
            number=file.number, kind=file.kind, label=file.label, district=file.district, purpose=file.purpose,
            urgency=file.urgency, phase=file.phases[-1].phase, phase_since=clock.start_of(file.phases[-1].starts),
            state=file.state, covenants=" ".join(file.covenants),
            partners=partners_of(agency.type for agency, now in reads if now), lead=lead_of(reads),
            opened_at=clock.start_of(file.opened), next_step=step.text if step else "",
            next_step_on=step.on if step else NO_DATE,
            next_step_owner=self._agency(step.owner).type if step else "",
        )  # fmt: skip

    def _participations(self) -> None:
        made = [self._participation(item) for item in self._file.participations]
        Participation.objects.bulk_create(made)
        ParticipationMember.objects.bulk_create(
            ParticipationMember(participation=row, professional=self._world.people[key])
            for row, item in zip(made, self._file.participations, strict=True)
            for key in item.people or ()
        )

    def _participation(self, item: ParticipationItem) -> Participation:
        return Participation(
            case=self._case, agency=self._agency(item.agency), mode=item.mode, everyone=item.people is None,
            starts=clock.start_of(item.starts), ends=_start(item.until), is_open=self._open(item),
            reason=item.reason, urgency_rank=URGENCY_RANK[Urgency(self._file.urgency)],
            next_step_on=self._case.next_step_on,
        )  # fmt: skip

    def _circumstance(self, item: ConditionItem | HoldItem, **what: Any) -> Circumstance:
        return Circumstance(
            case=self._case, source=self._one_agency(item.source), recipient=self._one_agency(item.recipient),
            starts=clock.start_of(item.starts), ends=_start(item.until),
            recorded_by=self._staff.words(item.recorded_by), **what,
        )  # fmt: skip

    def _held(self, item: HoldItem) -> str:
        return to_hex(self._world.catalogue.mask(item.fields)) if item.fields else ""

    def _agency(self, code: str) -> Agency:
        return self._world.agencies[code]

    def _one_agency(self, code: str | None) -> Agency | None:
        return None if code is None else self._agency(code)

    def _place(self, key: str | None) -> CaseSubject | None:
        return None if key is None else self._places[key]

    def _moment(self, day: date, order: int) -> datetime:
        return moment_on(day, order=order, now=self._world.now)

    def _open(self, item: ParticipationItem) -> bool:
        return item.until is None or clock.start_of(item.until) > self._world.now

    def _reads(self, item: ParticipationItem) -> bool:
        return item.mode == "live" and self._open(item) and clock.start_of(item.starts) <= self._world.now


def _subject(item: SubjectItem) -> Subject:
    if not item.subject_ref:
        return Subject.objects.create(born_on=item.birth_date)
    made, _ = Subject.objects.get_or_create(uid=subject_uid(item.subject_ref), defaults={"born_on": item.birth_date})
    return made


def _start(day: date | None) -> datetime | None:
    return None if day is None else clock.start_of(day)
