"""What a case file may refer to: agencies, people, covenants with their parties, fields, numbers in use."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid5

from agreements.covenants.in_force import current_policy, document_of
from agreements.covenants.models import CovenantVersion, Party
from agreements.covenants.rules import State
from agreements.parties.models import Agency, Membership, Professional
from agreements.policy.catalogue import Catalogue
from agreements.policy.document import CovenantDocument
from cases.records.models import Case, Subject
from foundation import clock

_SUBJECTS = UUID("6f0c1f5e-6d0b-4a55-9a0f-2b1f6b1f7c11")
"""Namespace of `subject_ref`: the same reference is the same person, in every file and every load."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Accession:
    """An agency is party to a covenant in [starts, ends), in a capacity."""

    capacity: str
    starts: datetime
    ends: datetime | None

    def holds(self, at: datetime) -> bool:
        """Whether it is a party at `at`."""
        return self.starts <= at and (self.ends is None or at < self.ends)


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """Everything a check asks, fetched once. `people` by persona key; `works` says where each works.

    covenants: the document in force now, else the newest. parties: by (covenant code, agency code).
    """

    now: datetime
    today: date
    catalogue: Catalogue
    epoch: int
    agencies: dict[str, Agency]
    people: dict[str, Professional]
    works: dict[str, frozenset[str]]
    covenants: dict[str, CovenantDocument]
    parties: dict[tuple[str, str], tuple[Accession, ...]]
    taken: frozenset[str]
    born: dict[UUID, date | None]

    def accessions(self, agency: str, covenants: Iterable[str]) -> tuple[tuple[str, Accession], ...]:
        """(covenant code, accession) of an agency, at any time, in these covenants."""
        return tuple((code, row) for code in covenants for row in self.parties.get((code, agency), ()))

    def party_to(self, agency: str, covenants: Iterable[str], *, at: datetime) -> tuple[str, ...]:
        """The covenants among these to which an agency is a party at a moment, in their order."""
        found = (code for code, row in self.accessions(agency, covenants) if row.holds(at))
        return tuple(dict.fromkeys(found))


def subject_uid(reference: str) -> UUID:
    """The uid of the person whom files call by this `subject_ref`."""
    return uuid5(_SUBJECTS, reference)


def look_around(*, numbers: Iterable[str] = (), references: Iterable[str] = ()) -> World:
    """The world as it is now. numbers, references: the case numbers and subject_refs that files use."""
    policy = current_policy()
    works: dict[str, set[str]] = defaultdict(set)
    people: dict[str, Professional] = {}
    rows = Membership.objects.in_force().filter(professional__demo_key__isnull=False)
    for row in rows.select_related("professional", "agency"):
        key = row.professional.demo_key or ""
        people[key] = row.professional
        works[key].add(row.agency.code)
    uids = [subject_uid(reference) for reference in references]
    return World(
        now=clock.now(),
        today=clock.today(),
        catalogue=policy.catalogue,
        epoch=policy.epoch,
        agencies={agency.code: agency for agency in Agency.objects.all()},
        people=people,
        works={key: frozenset(codes) for key, codes in works.items()},
        covenants=_covenants(),
        parties=_parties(),
        taken=frozenset(Case.objects.filter(number__in=list(numbers)).values_list("number", flat=True)),
        born=dict(Subject.objects.filter(uid__in=uids).values_list("uid", "born_on")),
    )


def _covenants() -> dict[str, CovenantDocument]:
    moment = clock.now()
    found: dict[str, CovenantVersion] = {}
    agreed = CovenantVersion.objects.filter(state=State.AGREED).select_related("covenant").order_by("starts")
    for version in agreed:
        # Sorted by start: the last one that has begun is the one in force, or was.
        if version.covenant.code not in found or version.starts <= moment:
            found[version.covenant.code] = version
    return {code: document_of(version) for code, version in found.items()}


def _parties() -> dict[tuple[str, str], tuple[Accession, ...]]:
    found: dict[tuple[str, str], list[Accession]] = defaultdict(list)
    for party in Party.objects.select_related("covenant", "agency").order_by("starts"):
        accession = Accession(capacity=party.capacity, starts=party.starts, ends=party.ends)
        found[party.covenant.code, party.agency.code].append(accession)
    return {key: tuple(rows) for key, rows in found.items()}
