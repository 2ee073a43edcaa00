"""A case with a family, for the tests of this room. No test lives here."""

from datetime import timedelta
from uuid import UUID, uuid4

from agreements.models import Agency
from agreements.policy.catalogue import load_catalogue
from cases.models import Case, CaseSubject, Contribution, Subject
from cases.records.sealed import SealedFacts
from cases.relations import commands, queries
from cases.relations.commands import Related
from foundation import clock
from foundation.masks import to_hex
from tests.cases.desk import changing, make_case, reading
from tests.invariants.world import World

PAGE = "/casus/T-1/mensen-en-plaats/"
LIVE = ("POL-MD", "OM-MD", "GEM-MD", "ZVH-MD", "JB-MD", "RCL-MD", "VT-MD")


def family(world: World, *, names: tuple[str, ...] = ("Kind", "Moeder")) -> Case:
    """Case T-1 in phase plan with these people, named by the municipality."""
    case = make_case("T-1", live=LIVE)
    for position in range(1, len(names)):
        add_person(case, position)
    for position, name in enumerate(names):
        tell(world, case, "GEM-MD", position, full_name=name)
    return case


def add_person(case: Case, position: int) -> None:
    """Somebody more of the direct circle."""
    with changing():
        subject = Subject.objects.create(born_on=clock.today() - timedelta(days=40 * 366))
        CaseSubject.objects.create(case=case, subject=subject, role="circle", position=position)


def tell(world: World, case: Case, agency: str, position: int | None, **values: object) -> Contribution:
    """Facts of an agency on the person at this place of the case."""
    catalogue = load_catalogue()
    about = None if position is None else case.case_subjects.get(position=position)
    with changing():
        return Contribution.objects.create(
            case=case, about=about, source=Agency.objects.get(code=agency), under=case.covenants,
            section=catalogue.by_code[next(iter(values))].section, values=SealedFacts.seal(values),
            present=to_hex(catalogue.mask(values)), observed_on=clock.today(), given_at=clock.now(), basis="B1",
            entered_by=world.people["nadia"],
        )  # fmt: skip


def uid_of(case: Case, position: int) -> UUID:
    """The person at this place."""
    return case.case_subjects.get(position=position).subject.uid


def relate(world: World, key: str, case: Case, about: int, kind: str, other: int, words: str = "") -> UUID:
    """A persona says how two people are related."""
    related = Related(
        about=uid_of(case, about), kind=kind, other=uid_of(case, other), words=words, submission=uuid4()
    )  # fmt: skip
    return commands.add_relation(reading(world, key), case.number, related)


def ties(world: World, key: str, number: str = "T-1") -> list[tuple[str, str]]:
    """(kind, value) of each relation that a persona sees."""
    found = queries.pictures(reading(world, key), number, None)
    return [(tie.kind.code, str(tie.fact.value)) for tie in found.ties]
