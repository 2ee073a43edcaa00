"""Closed cases: shielded for everybody; only who led one or was its controller finds its number, to open it again."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from audit.journal.apart import append_apart
from cases.disclosure.reading import Reading
from cases.disclosure.refusals import as_column
from cases.plans.models import Closing, Step
from cases.plans.rules import is_controller, leads
from cases.records.models import Case, Participation, ParticipationMember
from cases.records.phases import State


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosedCase:
    """A closed case of one's own: its number and when it was closed. No facts, no names, no reasons."""

    number: str
    closed_at: datetime | None


def closed_cases(reading: Reading) -> tuple[ClosedCase, ...]:
    """The closed cases that this reader may open again, latest first. Journalled as a list; nothing is opened."""
    cases = [taking.case for taking in _taken(reading) if _may(reading, taking.case)]
    when: dict[int, datetime] = dict(
        Closing.objects.filter(case__in=cases, step=Step.CLOSED, reopened_at=None)
        .order_by("decided_at")
        .values_list("case_id", "decided_at")
    )
    append_apart([reading.entry()])
    found = [ClosedCase(number=case.number, closed_at=when.get(case.pk)) for case in cases]
    return tuple(
        sorted(found, key=lambda case: (case.closed_at is not None, case.closed_at, case.number), reverse=True)
    )


def reopenable(reading: Reading, number: str) -> Case | None:
    """The closed case `number`, for who may open it again; None for everybody else."""
    taking = _taken(reading).filter(case__number=as_column(number)).first()
    return taking.case if taking and _may(reading, taking.case) else None


def may_look(reading: Reading) -> bool:
    """Whether a role of this reader opens closed cases again at all."""
    return bool(reading.visit.roles & {"case_director", "chair", "professional"})


def _may(reading: Reading, case: Case) -> bool:
    return leads(reading, case) or is_controller(reading, case)


def _taken(reading: Reading) -> QuerySet[Participation]:
    visit = reading.visit
    named = ParticipationMember.objects.filter(professional_id=visit.professional_id).values("participation_id")
    found = Participation.objects.filter(
        Q(ends__isnull=True) | Q(ends__gt=reading.at), Q(everyone=True) | Q(pk__in=named), agency_id=visit.agency.id,
        mode=Participation.Mode.LIVE, is_open=True, case__state=State.CLOSED,
    ).select_related("case")  # fmt: skip
    if not may_look(reading):
        return found.none()
    return found.filter(case__number=visit.case_pinned) if visit.case_pinned else found
