"""The worklist: most urgent first, page by page without gap or doubling, and counts of what may be known alone."""

from datetime import timedelta

import pytest

from agreements.models import Agency, Membership
from cases.casework import queries
from cases.disclosure.answer import Page
from cases.models import CaseVisit, Circumstance
from foundation import clock
from foundation.errors import Invalid
from tests.cases.desk import Api, changing, give, make_case, page, reading
from tests.invariants import crawl
from tests.invariants.world import World

pytestmark = pytest.mark.django_db


def numbers(found: Page) -> list[str]:
    return [answer.head.number for answer in found.answers]


def listed(world: World, key: str, **more: object) -> Page:
    return queries.worklist(reading(world, key, event="case.list"), None, **more)


def line(world: World, key: str, number: str):  # type: ignore[no-untyped-def]
    return next(answer for answer in listed(world, key).answers if answer.head.number == number)


@pytest.fixture
def many(world: World, db: None) -> list[str]:
    """Thirteen cases of probation, in the order in which they must stand; it takes part in one of the markers' too."""
    day = clock.today()
    made = []
    for urgency in ("acute", "high", "normal"):
        for later in (2, 2, 9, None):
            number = f"T-{len(made)}"
            make_case(number, live=("RCL-MD",), urgency=urgency, next_step_on=later and day + timedelta(days=later))
            made.append((("acute", "high", "normal").index(urgency), later or 10**6, len(made), number))
    return [number for *_key, number in sorted(made)]


def test_cases_stand_by_urgency_then_next_step_then_age(world: World, many: list[str]) -> None:
    found = [number for number in numbers(listed(world, "wouter")) if number.startswith("T-")]

    assert found == many


@pytest.mark.parametrize("size", [1, 2, 3, 5, 12, 50])
def test_pages_are_disjoint_and_together_complete(world: World, many: list[str], size: int) -> None:
    whole, cursor, found = numbers(listed(world, "wouter", size=100)), "", []
    while True:
        part = listed(world, "wouter", after=cursor, size=size)
        assert len(part.answers) <= size
        found += numbers(part)
        cursor = part.cursor
        if not cursor:
            break

    assert found == whole
    assert set(many) <= set(found)


def test_a_case_that_goes_between_two_pages_shifts_nothing(world: World, many: list[str]) -> None:
    from cases.models import Case

    first = listed(world, "wouter", size=5)
    with changing():
        Case.objects.filter(number__in=numbers(first)[:2]).update(state="closed")
    second = listed(world, "wouter", after=first.cursor, size=50)

    assert not set(numbers(first)) & set(numbers(second))
    assert set(many) <= {*numbers(first), *numbers(second)}


def test_page_and_api_walk_the_same_cases(world: World, many: list[str]) -> None:
    api, found, cursor = Api(world, "wouter", "pga_adult"), [], ""
    while True:
        part = api.get(f"/cases?size=5&after={cursor}").json()
        found += [item["number"] for item in part["items"]]
        cursor = part["next"]
        if not cursor:
            break
    text = page(world, "wouter").get("/").content.decode()

    assert found == numbers(listed(world, "wouter", size=100))
    assert [number for number in many if number not in text] == []


@pytest.mark.parametrize(
    "forged",
    [
        "x",
        "1",
        "1.2",
        "1.20260101",
        "a.b.c",
        "1.20261399.5",
        "0.20260101.",
        "1.20260101.5.6",
        "-",
        "' OR 1=1 --",
        "1.99999999.1",
        f"1.20260101.{10**30}",
        f"{10**30}.20260101.1",
        "٣.20260101.1.",
        "\x00",
        "1.20260101.-1e9",
        "1.2026010１.5.",
        "9" * 5000,
    ],
)
def test_a_forged_cursor_is_a_clear_error(world: World, many: list[str], forged: str) -> None:
    with pytest.raises(Invalid) as refusal:
        listed(world, "wouter", after=forged)
    assert (refusal.value.field, bool(refusal.value.remedy)) == ("after", True)

    from urllib.parse import quote

    answer = Api(world, "wouter", "pga_adult").get(f"/cases?after={quote(forged)}")
    assert (answer.status_code, answer.json()["field"]) == (422, "after")
    assert page(world, "wouter").get("/", {"na": forged}).status_code == 422


def test_a_cursor_of_somebody_else_gives_no_case_of_theirs(world: World, many: list[str]) -> None:
    make_case("T-POL", live=("POL-MD",))
    cursor = listed(world, "wouter", size=1).cursor

    assert set(numbers(listed(world, "ruben", after=cursor))) <= set(numbers(listed(world, "ruben")))
    assert not set(numbers(listed(world, "ruben", after=cursor))) & set(many)


@pytest.mark.parametrize("size", ["0", "-1", "101", "x", "1.5"])
def test_a_page_size_out_of_bounds_is_refused(world: World, size: str) -> None:
    assert Api(world, "wouter", "pga_adult").get(f"/cases?size={size}").status_code == 422


def test_new_counts_what_may_be_known_and_nothing_else(world: World, db: None) -> None:
    case = make_case("T-1", live=("POL-MD", "GEM-MD", "GGZ-MD", "ZVH-MD"))
    give(world, case, "POL-MD", police_incident="oud", given=clock.now() - timedelta(days=9))
    assert line(world, "sanne", "T-1").n_news == 0, "who never read the case has nothing that is new since"
    page(world, "sanne").get("/casus/T-1/")

    give(world, case, "POL-MD", police_incident="Ruzie", investigation_note="zqx", given=clock.now())
    give(world, case, "GGZ-MD", diagnosis="zqx")
    give(world, case, "GEM-MD", full_name="Bo Roos")

    found = line(world, "sanne", "T-1")
    assert found.n_news == 1, "the incident; not the silent note and diagnosis, not one's own name"
    assert [source.code for source in found.news_from] == ["POL-MD"]
    assert "1 nieuw" in page(world, "sanne").get("/").content.decode()


def test_an_announced_field_counts_as_new_once_the_article_announces_it(world: World, db: None) -> None:
    case = make_case("T-1", live=("GEM-MD", "GGZ-MD"))
    page(world, "sanne").get("/casus/T-1/")
    give(world, case, "GGZ-MD", diagnosis="zqx")
    assert line(world, "sanne", "T-1").n_news == 0

    with changing():
        Circumstance.objects.create(
            case=case,
            nature="condition",
            code="explicit_consent",
            starts=clock.now() - timedelta(days=1),
            recorded_by="x",
        )

    assert line(world, "sanne", "T-1").n_news == 1


def test_reading_the_case_makes_its_facts_old_for_that_person_alone(world: World, db: None) -> None:
    case = make_case("T-1", live=("POL-MD", "GEM-MD", "OM-MD"))
    for key in ("sanne", "margot"):
        page(world, key).get("/casus/T-1/")
    give(world, case, "POL-MD", police_incident="Ruzie")

    page(world, "sanne").get("/casus/T-1/")

    assert line(world, "sanne", "T-1").n_news == 0
    assert line(world, "margot", "T-1").n_news == 1
    assert CaseVisit.objects.filter(case=case).count() == 2


@pytest.mark.parametrize(("count", "others"), [(0, 0), (1, "<10"), (9, "<10"), (9.5, "<10"), (10, 10), (4711, 4711)])
def test_a_small_count_about_an_area_is_hidden_from_all_but_its_source(
    world: World, db: None, count: float, others: object
) -> None:
    case = make_case(
        "T-1", kind="area", live=("POL-MD", "GEM-MD", "JW-HAVEN"), covenants=("HAV-GEBIED",), purpose="area_safety"
    )
    made = give(world, case, "POL-MD", nuisance_count=count)

    def values(key: str) -> list[object]:
        answer = queries.open_case(reading(world, key), "T-1", None).answer
        return [fact.value for person in answer.disclosures for fact in person.facts]

    assert values("ruben") == [count]
    assert values("sanne") == values("farid") == [others]
    api = Api(world, "farid", "area_safety").get("/cases/T-1").json()
    assert [fact["value"] for person in api["persons"] for fact in person["facts"]] == [others]
    versions = queries.versions(reading(world, "farid"), "T-1", made.uid, None)
    assert [fact.value for person in versions.disclosures for fact in person.facts] == [others]
    if others == "<10":
        assert "&lt;10" in page(world, "farid").get("/casus/T-1/").content.decode()


def test_a_small_number_about_a_person_is_shown_as_it_is(world: World, db: None) -> None:
    case = make_case("T-1", live=("POL-MD", "GEM-MD"))
    give(world, case, "POL-MD", police_contacts_12m=3)

    answer = queries.open_case(reading(world, "sanne"), "T-1", None).answer
    assert [fact.value for person in answer.disclosures for fact in person.facts] == [3]


def test_somebody_with_two_hats_sees_the_cases_of_the_hat_that_is_worn(world: World, db: None) -> None:
    make_case("T-GEM", live=("GEM-MD",))
    make_case("T-RCL", live=("RCL-MD",))
    sanne = world.people["sanne"]
    with changing():
        second = Membership.objects.create(
            professional=sanne,
            agency=Agency.objects.get(code="RCL-MD"),
            roles=["professional"],
            starts=clock.now() - timedelta(days=1),
        )
    municipal, probation = page(world, "sanne"), crawl.sign_in(sanne, second)

    assert ("T-GEM" in municipal.get("/").content.decode(), "T-RCL" in municipal.get("/").content.decode()) == (
        True,
        False,
    )
    assert ("T-GEM" in probation.get("/").content.decode(), "T-RCL" in probation.get("/").content.decode()) == (
        False,
        True,
    )
    assert (municipal.get("/casus/T-RCL/").status_code, probation.get("/casus/T-GEM/").status_code) == (404, 404)


def test_an_empty_worklist_says_what_to_do(world: World, db: None) -> None:
    for key, words in (("ineke", "logboek"), ("carla", "convenanten"), ("hanneke", "U heeft nog geen casussen")):
        assert words in page(world, key).get("/").content.decode(), key
