"""The journal over the API, with a real token: the privacy officer reads it, a professional does not."""

import pytest
from django.test import Client

from agreements.models import Membership
from agreements.parties.tokens import issue_token
from tests.invariants.crawl import sign_in
from tests.invariants.world import World

pytestmark = pytest.mark.django_db


def _as(world: World, key: str) -> dict[str, str]:
    membership = Membership.objects.filter(professional=world.people[key]).select_related("agency").first()
    return {"Authorization": f"Bearer {issue_token(membership, purpose='pga_youth').token}"}


def test_an_officer_finds_the_read_that_was_just_done_with_its_fields(world: World) -> None:
    sign_in(world.people["ruben"]).get("/casus/MW-1/")

    page = Client().get("/api/v1/journal/entries?event_type=case.read", headers=_as(world, "ineke")).json()

    assert page["lines"][0]["case_ref"] == f"case:{world.cases['MW-1'].uid}"
    assert "police_incident" in {code for line in page["lines"] for code in line["fields"]}


def test_a_professional_is_refused_and_told_why(world: World) -> None:
    answer = Client().get("/api/v1/journal/entries", headers=_as(world, "ruben"))

    assert answer.status_code == 403
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_a_request_without_a_token_is_told_what_to_send(world: World) -> None:
    answer = Client().get("/api/v1/journal/entries")

    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == "Bearer"
