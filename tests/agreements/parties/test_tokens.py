"""Access tokens: bound to a person, an agency, a purpose and a case, and to what is true when they are used."""

import io
import json
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.test import Client

from agreements.parties import commands
from agreements.parties.models import UsedAssertion
from agreements.parties.token_key import signing_key
from agreements.parties.tokens import issue_token, visit_of_token
from audit.journal.models import Entry
from foundation import clock, jose
from foundation.errors import Invalid
from foundation.jose import TokenRefused
from tests.agreements.parties.world import World, events

GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer"
TOKEN_URL = "http://testserver/api/v1/token"


def printed(**options: Any) -> str:
    out = io.StringIO()
    call_command("issue_token", stdout=out, **{"purpose": "pga_youth", **options})
    return out.getvalue().strip()


def me(client: Client, token: str) -> Any:
    return client.get("/api/v1/me", headers={"Authorization": f"Bearer {token}"})


def test_a_printed_token_speaks_for_one_person_agency_purpose_and_case(world: World, client: Client) -> None:
    token = printed(professional="ruben", case="MD-2026-0418")

    assert me(client, token).json() == {
        "professional": str(world.ruben.uuid), "name": "Ruben Kok", "agency": "POL-MD", "agency_name": "Politie",
        "roles": ["professional"], "purpose": "pga_youth", "case": "MD-2026-0418",
    }  # fmt: skip
    visit = visit_of_token(token, trace_id="0" * 32)
    assert (visit.purposes_pinned, visit.case_pinned, visit.strength) == ("pga_youth", "MD-2026-0418", "password")
    assert Entry.objects.get(event_type="token.issued").purpose == "pga_youth"


def test_roles_are_those_of_the_moment_of_use_and_not_of_issue(world: World, client: Client) -> None:
    token = printed(professional="ruben")
    assert "roles" not in json.loads(jose._decode(token.split(".")[1]))

    by = world.visit(world.bas)
    commands.change_roles(by, membership_id=world.membership(world.ruben).pk, roles=["street"])

    assert me(client, token).json()["roles"] == ["street"]


def test_a_token_is_worth_nothing_once_the_membership_or_the_account_ends(world: World, client: Client) -> None:
    token = printed(professional="ruben")
    world.end(world.ruben)

    response = me(client, token)

    assert response.status_code == 401
    assert response["Content-Type"] == "application/problem+json"
    assert response.json()["type"] == "urn:verbond:problem:token_refused"


def test_a_token_expires(world: World, client: Client) -> None:
    token = printed(professional="ruben")

    with time_machine.travel(clock.now() + timedelta(minutes=9, seconds=50), tick=False):
        assert me(client, token).status_code == 200
    with time_machine.travel(clock.now() + timedelta(minutes=10, seconds=1), tick=False):
        assert me(client, token).status_code == 401


@pytest.mark.parametrize(
    "header", ["", "Bearer", "Bearer ", "Basic cnViZW46eA==", "Bearer x", "Bearer a.b.c", "bearer " + "a" * 5000]
)
def test_a_request_without_a_good_token_is_refused(world: World, client: Client, header: str) -> None:
    assert client.get("/api/v1/me", headers={"Authorization": header} if header else {}).status_code == 401


def test_a_session_opens_no_api(world: World, local: Client) -> None:
    local.post("/inloggen/demo/", {"persona": "ruben"})

    assert local.get("/api/v1/me").status_code == 401


def test_a_token_signed_with_another_key_or_for_another_house_is_refused(world: World) -> None:
    now = int(clock.now().timestamp())
    claims = {
        "iss": "verbond", "aud": "verbond-api", "sub": str(world.ruben.uuid), "agency": "POL-MD", "purpose": "x",
        "jti": "0123456789", "iat": now, "exp": now + 60,
    }  # fmt: skip
    assert visit_of_token(jose.sign_es256(claims, signing_key()), trace_id="")
    other = {**jose.new_key(), "kid": signing_key()["kid"]}

    for token in (
        jose.sign_es256(claims, other),
        jose.sign_es256({**claims, "aud": "elsewhere"}, signing_key()),
        jose.sign_es256({**claims, "agency": "OND-BAKEN"}, signing_key()),
        jose.sign_es256({**claims, "sub": str(uuid4())}, signing_key()),
    ):
        with pytest.raises(TokenRefused):
            visit_of_token(token, trace_id="")


@pytest.mark.parametrize("minutes", [0, -1, 61])
def test_how_long_a_token_holds_has_a_limit(world: World, minutes: int) -> None:
    with pytest.raises(Invalid):
        issue_token(world.membership(world.ruben), purpose="pga_youth", minutes=minutes)


def test_an_hour_is_for_the_demo_only(world: World, settings: Any) -> None:
    assert issue_token(world.membership(world.ruben), purpose="pga_youth", minutes=60).seconds == 3600

    settings.VERBOND_DEMO = False
    with pytest.raises(Invalid):
        issue_token(world.membership(world.ruben), purpose="pga_youth", minutes=11)


@pytest.mark.parametrize(
    ("options", "word"),
    [
        ({"professional": "niemand"}, "niemand"),
        ({"professional": "ineke"}, "--agency"),
        ({"professional": "ruben", "agency": "OND-BAKEN"}, "OND-BAKEN"),
        ({"professional": "ruben", "purpose": ""}, "doel"),
    ],
)
def test_the_command_says_what_is_wrong(world: World, options: dict[str, str], word: str) -> None:
    with pytest.raises(CommandError, match=word):
        printed(**options)


def test_the_command_takes_an_address_and_an_agency(world: World, client: Client) -> None:
    token = printed(professional=world.ineke.email, agency="POL-MD")

    assert me(client, token).json()["agency"] == "POL-MD"


def test_the_key_comes_from_the_settings_or_is_made_once(settings: Any, tmp_path: Any) -> None:
    key = jose.new_key()
    settings.TOKEN_KEY = json.dumps(key)
    assert signing_key() == key

    settings.TOKEN_KEY, settings.TOKEN_KEY_FILE = "", tmp_path / "deep" / "key.json"
    made = signing_key()
    assert json.loads(settings.TOKEN_KEY_FILE.read_text()) == made
    assert settings.TOKEN_KEY_FILE.stat().st_mode & 0o777 == 0o600
    assert list(settings.TOKEN_KEY_FILE.parent.iterdir()) == [settings.TOKEN_KEY_FILE]

    settings.TOKEN_KEY_FILE = None
    with pytest.raises(ImproperlyConfigured, match="empty"):
        signing_key()
    settings.TOKEN_KEY = "not a key"
    with pytest.raises(ImproperlyConfigured, match="cannot be used"):
        signing_key()


@pytest.fixture
def police_key(world: World) -> dict[str, str]:
    key = jose.new_key()
    commands.register_client_key(world.visit(world.bas), jwk=jose.public_half(key))
    return key


def assertion(world: World, key: dict[str, str], **change: Any) -> str:
    now = int(clock.now().timestamp())
    claims = {
        "iss": "POL-MD", "sub": str(world.ruben.uuid), "aud": TOKEN_URL, "purpose": "pga_youth",
        "jti": uuid4().hex, "iat": now, "exp": now + 120,
    }  # fmt: skip
    return jose.sign_es256({**claims, **change}, key)


def exchange(client: Client, text: str, grant: str = GRANT) -> Any:
    return client.post("/api/v1/token", {"grant_type": grant, "assertion": text})


def test_a_partners_system_exchanges_an_assertion_for_a_token(
    world: World, client: Client, police_key: dict[str, str]
) -> None:
    response = exchange(client, assertion(world, police_key, case="MD-2026-0418"))

    assert response.status_code == 200
    body = response.json()
    assert (body["token_type"], body["expires_in"]) == ("Bearer", 600)
    assert me(client, body["access_token"]).json()["case"] == "MD-2026-0418"


def test_an_assertion_works_once(world: World, client: Client, police_key: dict[str, str]) -> None:
    text = assertion(world, police_key)
    assert exchange(client, text).status_code == 200

    assert exchange(client, text).status_code == 401
    assert events("token.issued", "token.refused") == ["token.issued", "token.refused"]
    assert Entry.objects.get(event_type="token.refused").agency_ref == world.police.oin


def test_used_assertions_are_forgotten_when_they_can_no_longer_come_back(
    world: World, client: Client, police_key: dict[str, str]
) -> None:
    exchange(client, assertion(world, police_key))
    with time_machine.travel(clock.now() + timedelta(minutes=10), tick=False):
        exchange(client, assertion(world, police_key))
        assert UsedAssertion.objects.count() == 1


@pytest.mark.parametrize(
    "change",
    [
        {"iss": "OND-BAKEN"}, {"aud": "https://elsewhere.example/token"}, {"sub": "ruben"}, {"sub": str(uuid4())},
        {"sub": 7}, {"purpose": ""}, {"purpose": None}, {"exp": int(clock.now().timestamp()) + 4000},
    ],
)  # fmt: skip
def test_an_assertion_that_does_not_fit_gives_no_token(
    world: World, client: Client, police_key: dict[str, str], change: dict[str, Any]
) -> None:
    assert exchange(client, assertion(world, police_key, **change)).status_code in (401, 422)
    assert events("token.issued") == []


def test_the_police_cannot_vouch_for_somebody_of_the_school(
    world: World, client: Client, police_key: dict[str, str]
) -> None:
    assert exchange(client, assertion(world, police_key, sub=str(world.peter.uuid))).status_code == 401


def test_a_key_that_was_ended_or_never_known_gives_no_token(
    world: World, client: Client, police_key: dict[str, str]
) -> None:
    assert exchange(client, assertion(world, jose.new_key())).status_code == 401
    assert exchange(client, "nonsense").status_code == 401
    assert exchange(client, assertion(world, police_key), grant="client_credentials").status_code == 422

    commands.end_client_key(world.visit(world.bas), kid=police_key["kid"])
    assert exchange(client, assertion(world, police_key)).status_code == 401


@pytest.mark.parametrize("jwk", [{}, {"kty": "oct", "k": "AA"}, jose.new_key(), {"kty": "EC", "crv": "P-256"}])
def test_only_a_public_key_for_es256_is_registered(world: World, jwk: dict[str, str]) -> None:
    with pytest.raises(Invalid):
        commands.register_client_key(world.visit(world.bas), jwk=jwk)


def test_a_key_is_registered_once(world: World, police_key: dict[str, str]) -> None:
    with pytest.raises(Invalid, match="bekend"):
        commands.register_client_key(world.visit(world.bas), jwk=jose.public_half(police_key))
