"""Problem documents (RFC 9457): their shape, what they name, and that they echo nothing that was sent."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests.cases.desk import Api, give, make_case
from tests.invariants.world import World

pytestmark = pytest.mark.django_db

TYPED = "zqx-typed-and-private"
GIVEN = {"values": {"visit_risk": "none"}, "observed_on": "2026-01-05"}
MEMBERS = {"type", "title", "status", "detail", "remedy", "field", "article", "steps", "errors"}


def _bad(change: dict[str, Any]) -> Callable[[Api], Any]:
    return lambda api: api.post("/cases/T-1/contributions", GIVEN | change)


PROBLEMS: dict[str, tuple[Callable[[Api], Any], int, str]] = {
    "not found": (lambda api: api.get("/cases/T-404"), 404, ""),
    "cursor": (lambda api: api.get(f"/cases?after={TYPED}"), 422, "after"),
    "page size": (lambda api: api.get(f"/cases?size={TYPED}"), 422, "size"),
    "field of why": (lambda api: api.get(f"/cases/T-1/why?field={TYPED}&source=GEM-MD"), 422, "field"),
    "no field of why": (lambda api: api.get("/cases/T-1/why?source=GEM-MD"), 422, "field"),
    "moment": (lambda api: api.get(f"/cases/T-1/why?field=full_name&source=GEM-MD&at={TYPED}"), 422, "at"),
    "phase": (lambda api: api.get(f"/cases/T-1/rules?phase={TYPED}"), 422, "phase"),
    "uuid": (lambda api: api.get(f"/cases/T-1/contributions/{TYPED}"), 422, "uid"),
    "date": (_bad({"observed_on": TYPED}), 422, "observed_on"),
    "values": (_bad({"values": TYPED}), 422, "values"),
    "kind": (_bad({"kind": TYPED}), 422, "kind"),
    "reliability": (_bad({"reliability": TYPED}), 422, "reliability"),
    "person": (_bad({"person": "00000000-0000-4000-8000-000000000000"}), 422, "person"),
    "choice": (_bad({"values": {"visit_risk": TYPED}}), 422, "visit_risk"),
    "future": (_bad({"observed_on": "2999-01-01"}), 422, "observed_on"),
    "source": (_bad({"values": {"diagnosis": TYPED}}), 422, "diagnosis"),
    "no body": (lambda api: api.post("/cases/T-1/contributions", {}), 422, "values"),
    "reason": (lambda api: api.post(f"/cases/T-1/contributions/{api.uid}/withdrawal", {"reason": "x"}), 422, "reason"),
}


@pytest.fixture
def api(world: World, db: None) -> Api:
    case = make_case("T-1", live=("POL-MD", "GEM-MD"))
    made = Api(world, "ruben", "pga_adult")
    made.uid = give(world, case, "POL-MD", visit_risk="none").uid
    return made


@pytest.mark.parametrize("name", sorted(PROBLEMS))
def test_a_problem_has_the_shape_of_the_standard_and_names_the_place(api: Api, name: str) -> None:
    ask, status, field = PROBLEMS[name]

    answer = ask(api)

    document = answer.json()
    assert answer.status_code == document["status"] == status
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.headers["Cache-Control"] == "no-store"
    assert document["type"] == f"urn:verbond:problem:{document['title']}"
    assert document.keys() <= MEMBERS
    assert document["detail"]
    assert document["remedy"]
    assert document.get("field", "").rpartition(".")[2] == field, "ninja puts `query.` or `body.` before it"
    assert TYPED not in answer.content.decode(), "what was sent is not echoed"


def test_a_refusal_names_the_article_and_the_links_of_its_chain(world: World, db: None) -> None:
    make_case("T-1", live=("GEM-MD",))

    document = Api(world, "ruben", "pga_adult").get("/cases/T-1").json()

    assert document["article"].startswith(("PGA-MD", "HAV-GEBIED", "JS-MD"))
    assert [step["passed"] for step in document["steps"]].count(False) >= 1
    assert all(step["sentence"] for step in document["steps"])


def test_a_third_party_is_told_that_it_does_not_read_along(world: World, db: None) -> None:
    make_case("T-1", live=("GEM-MD",), extract=("WON-WATERWEG",))

    document = Api(world, "joost", "prevent_eviction").get("/cases/T-1").json()

    assert document["status"] == 404
    assert "2.31" in " ".join(step["article"] for step in document["steps"])


def test_each_wrong_value_has_its_own_error(api: Api) -> None:
    wrong = {"visit_risk": "x", "police_contacts_12m": -1, "police_incident": ""}

    errors = api.post("/cases/T-1/contributions", GIVEN | {"values": wrong}).json()["errors"]

    assert {error["field"] for error in errors} == wrong.keys()
    assert all(error["detail"] for error in errors)


@pytest.mark.parametrize(
    "body", ["", "{", "[]", "null", '"x"', "\x00", '{"values": {"zqx-typed-and-private": 1}', "NaN"]
)
def test_a_body_that_is_no_json_object_is_an_error_that_echoes_nothing(api: Api, body: str) -> None:
    answer = api.send("POST", "/cases/T-1/contributions", body)

    assert answer.status_code in (400, 422)
    assert TYPED not in answer.content.decode()


@pytest.mark.parametrize("header", [None, "", "Bearer", "Bearer x", "Basic dXNlcjpwYXNz", "Bearer a.b.c"])
def test_without_a_good_token_every_operation_is_401(world: World, db: None, header: str | None) -> None:
    headers = {} if header is None else {"HTTP_AUTHORIZATION": header}

    answer = Client(HTTP_HOST="localhost", **headers).get("/api/v1/cases")

    assert answer.status_code == 401
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json()["title"]


def test_a_page_that_is_not_there_and_a_method_that_is_not_are_problems_too(api: Api) -> None:
    missing = api.get("/nergens")
    assert (missing.status_code, missing.headers["Content-Type"]) == (404, "application/problem+json")
    assert api.send("DELETE", "/cases/T-1", {}).status_code == 405
