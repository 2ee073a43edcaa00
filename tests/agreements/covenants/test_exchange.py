"""Exchange over the API: the schema for anybody, the signed bytes and ODRL for parties, ODRL in for who drafts."""

import hashlib
import json
from random import Random
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from agreements.covenants.models import CovenantVersion
from agreements.models import Membership
from agreements.parties.tokens import issue_token
from agreements.policy.catalogue import load_catalogue
from agreements.policy.document import load_document
from agreements.policy.odrl import CONTEXT
from deploy.api import api
from tests.agreements.covenants.world import PGA, load, signatures, text, without
from tests.policy.test_odrl import break_something

pytestmark = pytest.mark.usefixtures("house")
BASE = "/api/v1/covenants"
VERSION = f"{BASE}/{PGA}/versions/2"


def _client(key: str | None) -> Client:
    if key is None:
        return Client(HTTP_HOST="localhost")
    membership = Membership.objects.filter(professional__demo_key=key).select_related("agency").first()
    token = issue_token(membership, purpose="pga_youth").token
    return Client(HTTP_HOST="localhost", HTTP_AUTHORIZATION=f"Bearer {token}")


def _send(key: str | None, body: Any) -> Any:
    sent = body if isinstance(body, str) else json.dumps(body)
    return _client(key).generic("POST", f"{BASE}/odrl", sent, content_type="application/ld+json")


@pytest.fixture
def agreement() -> dict[str, Any]:
    load()
    found: dict[str, Any] = _client("ruben").get(f"{VERSION}/odrl").json()
    return found


def test_anybody_reads_the_schema_and_it_takes_the_signed_document() -> None:
    load()
    answer = _client(None).get(f"{BASE}/schema")
    signed = _client("ruben").get(f"{VERSION}/document").json()

    assert (answer.status_code, answer["Content-Type"]) == (200, "application/schema+json")
    assert Draft202012Validator(answer.json()).is_valid({"covenant": signed})


def test_the_document_is_byte_for_byte_what_was_signed() -> None:
    load()
    answer = _client("ruben").get(f"{VERSION}/document")
    version = CovenantVersion.objects.get(covenant__code=PGA)

    assert answer["Content-Type"] == "application/json"
    assert answer.content.decode() == version.document
    assert hashlib.sha256(answer.content).hexdigest() == version.sha256
    assert answer["ETag"] == f'"{version.sha256}"'


def test_who_has_the_document_already_does_not_get_it_again() -> None:
    load()
    first = _client("ruben").get(f"{VERSION}/document")
    again = _client("ruben").get(f"{VERSION}/document", headers={"If-None-Match": first["ETag"]})

    assert (again.status_code, again.content) == (304, b"")


def test_what_goes_out_as_odrl_comes_back_as_the_same_document(agreement: dict[str, Any]) -> None:
    back = _send("lieke", agreement)

    assert back.status_code == 200
    assert back.json()["sha256"] == CovenantVersion.objects.get(covenant__code=PGA).sha256
    assert load_document(back.json()["text"], catalogue=load_catalogue()).code == PGA
    assert agreement["@context"] == CONTEXT


def test_odrl_is_json_ld(agreement: dict[str, Any]) -> None:
    assert _client("ruben").get(f"{VERSION}/odrl")["Content-Type"] == "application/ld+json"


def test_converting_stores_nothing_and_needs_no_covenant(agreement: dict[str, Any]) -> None:
    versions = CovenantVersion.objects.count()

    answer = _send("lieke", json.dumps(agreement).replace(PGA, "NIEUW"))

    assert answer.json()["document"]["code"] == "NIEUW"
    assert CovenantVersion.objects.count() == versions


@pytest.mark.parametrize("key", ["ruben", "peter", "nadia"])
def test_a_professional_does_not_convert(key: str, agreement: dict[str, Any]) -> None:
    answer = _send(key, agreement)

    assert answer.status_code == 403
    assert "jurist" in answer.json()["detail"]


@pytest.mark.parametrize("key", ["lieke", "carla", "dirk"])
def test_who_works_in_covenants_converts(key: str, agreement: dict[str, Any]) -> None:
    assert _send(key, agreement).status_code == 200


def test_what_is_wrong_is_told_with_place_and_mend(agreement: dict[str, Any]) -> None:
    agreement["permission"][3]["target"] = ["vb-field:fullname", "vb-party:POL"]
    agreement["conflict"] = "odrl:perm"

    answer = _send("lieke", agreement)

    assert (answer.status_code, answer["Content-Type"]) == (422, "application/problem+json")
    places = {error["field"]: error["detail"] for error in answer.json()["errors"]}
    assert places.keys() == {"conflict", "permission[3].target[1]"}
    assert "odrl:prohibit" in places["conflict"]


@pytest.mark.parametrize("path", ["document", "odrl"])
@pytest.mark.parametrize(
    ("key", "address", "status"),
    [
        (None, VERSION, 401),
        ("hanneke", VERSION, 404),
        ("ruben", f"{BASE}/{PGA}/versions/9", 404),
        ("ruben", f"{BASE}/ONBEKEND/versions/1", 404),
        ("ruben", f"{BASE}/{PGA}/versions/0", 422),
    ],
)
def test_others_do_not_get_it(path: str, key: str | None, address: str, status: int) -> None:
    load(data=without(signatures(), "OND-KADE"))

    answer = _client(key).get(f"{address}/{path}")

    assert answer.status_code == status
    assert text()[200:400] not in answer.content.decode()


def test_a_stranger_cannot_tell_what_exists_from_what_does_not() -> None:
    load(data=without(signatures(), "OND-KADE"))
    client = _client("hanneke")

    there, nowhere = client.get(f"{VERSION}/document"), client.get(f"{BASE}/ONBEKEND/versions/2/document")

    assert there.content == nowhere.content


@pytest.mark.parametrize("body", ["", "{", "[]", "null", "3", '{"a": ' * 5000, '{"title": "\\ud800"}'])
def test_what_is_no_agreement_is_refused_and_breaks_nothing(body: str) -> None:
    assert _send("lieke", body).status_code in (400, 422)


def test_half_a_character_is_no_text(agreement: dict[str, Any]) -> None:
    agreement["title"] = "\ud800"

    assert _send("lieke", agreement).status_code == 422


def test_the_document_of_the_api_describes_what_there_is() -> None:
    paths = api.get_openapi_schema()["paths"]

    assert set(paths[f"{BASE}/odrl"]["post"]["responses"]) == {200}
    assert (
        "application/ld+json" in paths[f"{BASE}/{{code}}/versions/{{number}}/odrl"]["get"]["responses"][200]["content"]
    )
    assert "security" not in paths[f"{BASE}/schema"]["get"]
    assert Client(HTTP_HOST="localhost").get("/api/v1/docs").status_code == 200


def test_no_body_breaks_the_conversion(agreement: dict[str, Any]) -> None:
    client = _client("lieke")
    client.raise_request_exception = False

    @settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(st.integers(0, 2**32))
    def sent(seed: int) -> None:
        dice, body = Random(seed), json.loads(json.dumps(agreement))
        for _ in range(dice.randint(1, 3)):
            break_something(dice, body)
        answer = client.generic("POST", f"{BASE}/odrl", json.dumps(body), content_type="application/json")
        assert answer.status_code in (200, 422), answer.content[:300]

    sent()
