"""A hold beats every grant, leaves the source its own facts, and is not to be told from an empty field."""

import re
from datetime import timedelta

import pytest

from agreements.models import Agency
from agreements.policy.catalogue import load_catalogue
from cases.casework import queries
from cases.models import Case, CaseSubject, Circumstance, Contribution, Subject
from foundation import clock
from foundation.masks import to_hex
from tests.cases.desk import Api, changing, give, make_case, page, reading, shown, told
from tests.invariants.world import World

pytestmark = pytest.mark.django_db

CODES = ["embargo", "objection", "restriction", "secrecy"]
ROUTES = ("", "tijdlijn/", "deelnemers/", "regels/", "?als=OM-MD", "waarom/?veld=police_incident&bron=POL-MD")
VOLATILE = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"|name="submission" value="[^"]+"')


@pytest.fixture
def case(world: World, db: None) -> Case:
    return make_case("T-1", live=("POL-MD", "OM-MD", "GEM-MD", "ZVH-MD"))


def hold(case: Case, code: str = "embargo", **narrowed: object) -> Circumstance:
    starts = narrowed.pop("starts", clock.now() - timedelta(minutes=1))
    with changing():
        return Circumstance.objects.create(
            case=case, nature="hold", code=code, starts=starts, recorded_by="proef", **narrowed
        )


def seen(world: World, key: str) -> dict[tuple[str, str], object]:
    return shown(queries.open_case(reading(world, key), "T-1", None).answer)


@pytest.mark.parametrize("code", CODES)
def test_a_hold_on_one_contribution_takes_it_from_everybody_but_its_source(world: World, case: Case, code: str) -> None:
    held = give(world, case, "POL-MD", police_incident="Ruzie")
    give(world, case, "POL-MD", police_contacts_12m=4)
    assert len(seen(world, "sanne")) == 2

    hold(case, code, contribution=held)

    assert (
        seen(world, "sanne") == seen(world, "margot") == seen(world, "nadia") == {("POL-MD", "police_contacts_12m"): 4}
    )
    assert seen(world, "ruben") == {("POL-MD", "police_incident"): "Ruzie", ("POL-MD", "police_contacts_12m"): 4}


def test_a_hold_on_a_field_set_takes_those_fields_alone(world: World, case: Case) -> None:
    give(world, case, "POL-MD", police_incident="Ruzie", police_contacts_12m=4)

    hold(case, "restriction", fields=to_hex(load_catalogue().mask(["police_incident"])))

    assert seen(world, "sanne") == {("POL-MD", "police_contacts_12m"): 4}


def test_a_hold_on_a_person_takes_that_persons_facts_alone(world: World, case: Case) -> None:
    other = Subject.objects.none()
    with changing():
        other = Subject.objects.create()
        second = CaseSubject.objects.create(case=case, subject=other, role="circle", position=1)
    first = case.case_subjects.get(position=0)
    give(world, case, "GEM-MD", full_name="Bo Roos")
    about_other = give(world, case, "GEM-MD", full_name="Kim Roos")
    with changing():
        Contribution.objects.filter(pk=about_other.pk).update(about=second)
    answer = queries.open_case(reading(world, "ruben"), "T-1", None).answer
    assert [fact.value for person in answer.disclosures for fact in person.facts] == ["Bo Roos", "Kim Roos"]

    hold(case, "objection", about=first)

    answer = queries.open_case(reading(world, "ruben"), "T-1", None).answer
    assert [fact.value for person in answer.disclosures for fact in person.facts] == ["Kim Roos"]


def test_a_hold_by_one_source_or_for_one_recipient_reaches_no_further(world: World, case: Case) -> None:
    agencies = {agency.code: agency for agency in Agency.objects.all()}
    give(world, case, "POL-MD", police_incident="Ruzie")
    give(world, case, "GEM-MD", full_name="Bo Roos")

    hold(case, source=agencies["POL-MD"], recipient=agencies["GEM-MD"])

    assert seen(world, "sanne") == {("GEM-MD", "full_name"): "Bo Roos"}
    assert seen(world, "margot").keys() == {("POL-MD", "police_incident"), ("GEM-MD", "full_name")}


def test_a_hold_takes_announcements_as_well(world: World, db: None) -> None:
    case = make_case("T-1", live=("GGZ-MD", "GEM-MD"))
    with changing():
        Circumstance.objects.create(
            case=case,
            nature="condition",
            code="explicit_consent",
            starts=clock.now() - timedelta(days=1),
            recorded_by="x",
        )
    give(world, case, "GGZ-MD", diagnosis="zqx")
    assert told(queries.open_case(reading(world, "sanne"), "T-1", None).answer) == {("GGZ-MD", "diagnosis")}

    hold(case)

    assert told(queries.open_case(reading(world, "sanne"), "T-1", None).answer) == set()


def test_a_hold_that_ended_or_has_not_begun_holds_nothing(world: World, case: Case) -> None:
    give(world, case, "POL-MD", police_incident="Ruzie")
    now = clock.now()

    hold(case, starts=now - timedelta(days=2), ends=now)
    hold(case, starts=now + timedelta(days=1))

    assert seen(world, "sanne") == {("POL-MD", "police_incident"): "Ruzie"}


def test_a_hold_covers_versions_and_news_too(world: World, case: Case) -> None:
    client = page(world, "sanne")
    client.get("/casus/T-1/")
    held = give(world, case, "POL-MD", police_incident="Ruzie")
    hold(case, contribution=held)

    assert client.get(f"/casus/T-1/bijdrage/{held.uid}/versies/").status_code == 404
    (line,) = [a for a in queries.worklist(reading(world, "sanne"), None).answers if a.head.number == "T-1"]
    assert (line.n_news, line.news_from) == (0, ())


@pytest.mark.parametrize("code", CODES)
def test_a_held_fact_cannot_be_told_from_one_that_is_not_there(world: World, case: Case, code: str) -> None:
    def everything() -> list[object]:
        client = page(world, "sanne")
        pages = [VOLATILE.sub("", client.get(f"/casus/T-1/{route}").content.decode()) for route in ROUTES]
        detail = Api(world, "sanne", "pga_adult").get("/cases/T-1").json()
        return [*pages, {name: value for name, value in detail.items() if name != "at"}]

    empty = everything()
    held = give(world, case, "POL-MD", police_incident="Ruzie")
    hold(case, code, contribution=held)

    assert everything() == empty
