"""Purpose: only what the covenants give, declared per case, kept for the visit, journalled; a token's own stands."""

import pytest

from cases.casework import purpose, queries
from cases.models import Case
from foundation.errors import Invalid
from tests.cases.desk import Api, give, last_entry, make_case, page, reading, shown
from tests.invariants.world import World

pytestmark = pytest.mark.django_db

EVERYBODY = ("POL-MD", "OM-MD", "GEM-MD", "ZVH-MD", "JB-MD", "SOC-WATERKANT", "RCL-MD")


@pytest.fixture
def case(world: World, db: None) -> Case:
    made = make_case("T-1", live=EVERYBODY)
    give(world, made, "POL-MD", police_incident="zqx-ruzie")
    give(world, made, "GEM-MD", full_name="Bo Roos")
    return made


def codes(world: World, key: str, case: Case, **pinned: str) -> set[str]:
    return {option.code for option in purpose.options_for(reading(world, key, **pinned), case)}


def test_the_choice_is_what_the_covenants_of_the_case_give_the_role(world: World, case: Case) -> None:
    youth = make_case(
        "T-2",
        live=(*EVERYBODY, "OND-BAKEN"),
        kind="family",
        covenants=("PGA-MD", "JS-MD"),
        purpose="pga_youth",
        born=15,
    )

    assert codes(world, "sanne", case) == {"pga_youth", "pga_adult", "prevent_eviction", "aftercare_detention"}
    assert codes(world, "peter", youth) == {"youth_school"}, "7.1 is an extract and gives no purpose to read live"
    assert codes(world, "ineke", case) == codes(world, "bas", case) == set()


def test_each_option_names_its_covenant_and_article(world: World, case: Case) -> None:
    (adult,) = [option for option in purpose.options_for(reading(world, "sanne"), case) if option.code == "pga_adult"]

    assert (adult.covenant, adult.article) == ("PGA-MD", "4.2")


def test_a_choice_is_kept_for_the_visit_and_for_that_case_alone(world: World, case: Case) -> None:
    make_case("T-2", live=EVERYBODY)
    client = page(world, "sanne")

    chosen = client.post("/casus/T-1/doel/", {"purpose": "prevent_eviction"})
    entry = last_entry()
    first, second = client.get("/casus/T-1/").content.decode(), client.get("/casus/T-2/").content.decode()

    assert chosen.status_code == 302
    assert (entry.event_type, entry.purpose, entry.case_ref) == ("purpose.declared", "prevent_eviction", case.ref)
    assert "zqx-ruzie" not in first, "6.1 gives police facts for other purposes"
    assert "art. 4.3" in first
    assert "art. 4.2" in second
    assert "zqx-ruzie" in page(world, "sanne").get("/casus/T-1/").content.decode(), "another visit begins anew"


def test_every_reading_is_journalled_with_its_purpose(world: World, case: Case) -> None:
    client = page(world, "sanne")
    client.get("/casus/T-1/")
    assert last_entry().purpose == "pga_adult"

    client.post("/casus/T-1/doel/", {"purpose": "prevent_eviction"})
    client.get("/casus/T-1/")
    assert last_entry().purpose == "prevent_eviction"


@pytest.mark.parametrize("forged", ["area_safety", "youth_school", "macht", "", "pga_adult ", "*"])
def test_a_forged_purpose_is_refused_and_changes_nothing(world: World, case: Case, forged: str) -> None:
    client = page(world, "sanne")

    answer = client.post("/casus/T-1/doel/", {"purpose": forged})

    assert answer.status_code == 422
    assert "purposes" not in client.session
    with pytest.raises(Invalid):
        purpose.declare(reading(world, "sanne"), case, {}, code=forged)


def test_a_purpose_planted_in_the_session_falls_away(world: World, case: Case) -> None:
    mine = reading(world, "sanne")

    assert purpose.declared(mine, case, {"purposes": {"T-1": "area_safety"}}) == "pga_adult"
    assert purpose.declared(mine, case, {"purposes": {"T-2": "prevent_eviction"}}) == "pga_adult"


def test_without_an_obvious_purpose_the_page_first_asks_for_one(world: World, db: None) -> None:
    case = make_case("T-3", live=EVERYBODY, purpose="iets_anders")
    give(world, case, "GEM-MD", full_name="zqx-naam")
    client = page(world, "ruben")

    for path in ("", "tijdlijn/", "deelnemers/", "regels/"):
        answer = client.get(f"/casus/T-3/{path}")
        assert (answer.status_code, answer.url) == (302, "/casus/T-3/doel/"), path
    assert "zqx-naam" not in client.get("/").content.decode()


def test_a_tokens_purpose_stands_whatever_the_case_was_opened_for(world: World, case: Case) -> None:
    eviction = Api(world, "sanne", "prevent_eviction").get("/cases/T-1").json()
    adult = Api(world, "sanne", "pga_adult").get("/cases/T-1").json()

    assert (eviction["purpose"], adult["purpose"]) == ("prevent_eviction", "pga_adult")
    assert {f["field"] for p in adult["persons"] for f in p["facts"]} == {"police_incident", "full_name"}
    assert {f["field"] for p in eviction["persons"] for f in p["facts"]} == {"full_name"}


def test_a_token_for_a_purpose_that_the_covenants_do_not_give_reads_nothing(world: World, case: Case) -> None:
    api = Api(world, "sanne", "area_safety")

    detail = api.get("/cases/T-1")
    assert detail.status_code == 403
    assert "zqx" not in detail.content.decode()
    for item in api.get("/cases").json()["items"]:
        given_by = {fact["article"] for person in item["persons"] for fact in person["facts"]}
        assert item["kind"] == "area" or given_by <= {"own"}


def test_a_session_choice_never_widens_a_pinned_purpose(world: World, case: Case) -> None:
    pinned = reading(world, "sanne", purpose="prevent_eviction")
    session = {"purposes": {"T-1": "pga_adult"}}

    assert purpose.declared(pinned, case, session) == "prevent_eviction"
    assert ("POL-MD", "police_incident") not in shown(queries.open_case(pinned, "T-1", session).answer)


def test_a_token_pinned_to_a_case_sees_that_case_only(world: World, case: Case) -> None:
    make_case("T-2", live=EVERYBODY, extract=())
    api = Api(world, "sanne", "pga_adult", case="T-1")

    assert [item["number"] for item in api.get("/cases").json()["items"]] == ["T-1"]
    assert api.get("/cases/T-1").status_code == 200
    for path in ("/cases/T-2", "/cases/MW-1", "/cases/T-2/rules", "/cases/T-2/why?field=full_name&source=GEM-MD"):
        assert api.get(path).status_code == 404, path
    body = {"values": {"full_name": "Bo"}, "observed_on": "2026-01-05"}
    assert api.post("/cases/T-2/contributions", body).status_code == 404


def test_a_third_partys_token_pinned_to_a_case_sees_that_partner_case_only(world: World, db: None) -> None:
    for number in ("T-1", "T-2"):
        make_case(number, live=EVERYBODY, extract=("WON-WATERWEG",))
    api = Api(world, "joost", "prevent_eviction", case="T-1")

    assert api.get("/extracts/T-1").status_code == 200
    assert api.get("/extracts/T-2").status_code == 404
    assert [found.number for found in queries.partner_list(reading(world, "joost", case="T-1"))] == ["T-1"]
