"""What the forms of a plan may offer: who can be given an action, whom an effect is measured on. No words here."""

from collections import defaultdict
from dataclasses import dataclass
from uuid import UUID

from agreements.parties.reader import current_memberships
from cases.disclosure.answer import Source
from cases.disclosure.reading import Reading
from cases.disclosure.visibility import CASE_ROLES
from cases.records.models import Case, CaseSubject, Participation, ParticipationMember


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnerChoice:
    """Who may be given an action: an agency, and the people of it that may be named here. reads: it reads along."""

    agency: Source
    people: tuple[tuple[UUID, str], ...]
    reads: bool


def owner_choices(reading: Reading, case: Case) -> tuple[OwnerChoice, ...]:
    """The participants of a case, one's own agency first, each with the people that this reader may pick by name.

    Of one's own agency everybody who works in cases; of others only who is named in the participation.
    """
    takings = list(
        Participation.objects.filter(case=case, is_open=True)
        .exclude(ends__lte=reading.at)
        .select_related("agency")
        .order_by("agency__name")
    )
    named: dict[int, list[tuple[UUID, str]]] = defaultdict(list)
    members = ParticipationMember.objects.filter(participation__in=takings).select_related("professional")
    for member in members.order_by("professional__name"):
        named[member.participation_id].append((member.professional.uuid, member.professional.name))
    own = reading.visit.agency.id
    colleagues = current_memberships().filter(agency_id=own).order_by("professional__name")
    mine = [(row.professional.uuid, row.professional.name) for row in colleagues if CASE_ROLES & set(row.roles)]
    found = [
        OwnerChoice(
            agency=Source(code=taking.agency.code, type=taking.agency.type, name=taking.agency.name),
            people=tuple(mine if taking.agency_id == own else named[taking.pk]),
            reads=taking.mode == Participation.Mode.LIVE,
        )
        for taking in takings
    ]
    return tuple(sorted(found, key=lambda choice: choice.agency.code != reading.visit.agency.code))


def people_of(case: Case) -> tuple[tuple[str, int], ...]:
    """The persons concerned of a case by uuid, with their place; names come from disclosure."""
    places = case.case_subjects.filter(role=CaseSubject.Role.SUBJECT).select_related("subject")
    return tuple((str(place.subject.uid), place.position) for place in places.order_by("position"))
