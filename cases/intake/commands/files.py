"""Stores a signal: its own case file, who takes part in it, and the first words. Not here: who may report."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from agreements.models import Agency
from audit.journal.entry import Action
from cases.casework.commands.wording import save_words, sealed, under_of
from cases.casework.numbering import next_number
from cases.disclosure.reading import Reading
from cases.intake.commands.steps import note_step
from cases.intake.models import Report, Signal, SignalStep
from cases.intake.ways import PERSON, Way
from cases.records.models import (
    Case,
    CaseCovenant,
    CaseSubject,
    Participation,
    ParticipationMember,
    PhaseChange,
    Subject,
)
from cases.records.phases import URGENCY_RANK, Phase, State, Urgency

PREFIX = "S"
"""What the numbers of signals begin with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Taker:
    """An agency that takes part in a signal's file, and who of it (None: the whole team)."""

    agency: Agency
    mode: Participation.Mode = Participation.Mode.LIVE
    member_id: int | None = None


def open_file(reading: Reading, way: Way, *, bureau: Agency, urgency: str, takers: Iterable[Taker]) -> Case:
    """A new file in phase signal and state draft, inside the caller's transaction and write scope."""
    taking = list(takers)
    live = {taker.agency.type for taker in taking if taker.mode == Participation.Mode.LIVE}
    case = Case.objects.create(
        number=next_number(PREFIX, at=reading.at), kind=way.kind, purpose=way.purpose, urgency=urgency,
        phase=Phase.SIGNAL.value, phase_since=reading.at, state=State.DRAFT.value,
        covenants=" ".join(sorted(way.covenants)), partners=" ".join(sorted(live)), lead=bureau,
        opened_at=reading.at,
    )  # fmt: skip
    PhaseChange.objects.create(case=case, phase=case.phase, starts=reading.at, by_id=reading.visit.agency.id)
    for code in sorted(way.covenants):
        CaseCovenant.objects.create(case=case, code=code, starts=reading.at)
    for taker in taking:
        let_in(reading, case, taker, reason="signal")
    if way.kind == PERSON:
        CaseSubject.objects.create(case=case, subject=Subject.objects.create(), role=CaseSubject.Role.SUBJECT)
    return case


def let_in(reading: Reading, case: Case, taker: Taker, *, reason: str) -> None:
    """An agency takes part in the file from now on."""
    taking = Participation.objects.create(
        case=case, agency=taker.agency, mode=taker.mode, everyone=taker.member_id is None, starts=reading.at,
        reason=reason, urgency_rank=URGENCY_RANK[Urgency(case.urgency)],
    )  # fmt: skip
    if taker.member_id is not None:
        ParticipationMember.objects.create(participation=taking, professional_id=taker.member_id)


def new_signal(reading: Reading, case: Case, **columns: Any) -> Signal:
    """The signal of a file that was just opened, with its first step."""
    signal = Signal.objects.create(
        number=case.number, file=case, urgency=case.urgency, received_at=reading.at,
        reported_by_id=reading.visit.agency.id, entered_by_id=reading.visit.professional_id or None, **columns,
    )  # fmt: skip
    note_step(reading, signal, SignalStep.Kind.REPORTED)
    return signal


def write_report(
    reading: Reading, signal: Signal, sort: Report.Sort, values: Mapping[str, Any], *, event: str,
    submission: UUID | None = None, heard: Iterable[str] = (),
) -> Report:  # fmt: skip
    """Sealed words of the reader's agency in the file of `signal`, checked before; saved and journalled."""
    case = signal.file
    words = Report(
        signal=signal, sort=sort, case=case, source_id=reading.visit.agency.id, under=under_of(reading, case),
        heard=" ".join(sorted(set(heard))), given_at=reading.at, submission=submission,
        about=case.case_subjects.select_related("subject").order_by("position").first(),
        entered_by_id=reading.visit.professional_id or None, **sealed(reading, values),
    )  # fmt: skip
    save_words(reading, words, event=event, action=Action.CREATE, signal=signal.number)
    return words
