"""One hat per visit, one query to know it, and the reader that the rules see."""

import pytest
from django.contrib.sessions.backends.base import SessionBase
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from agreements.parties.models import Membership
from agreements.parties.reader import reader_of, visit_of_session
from agreements.policy.question import Actor, Reader
from tests.agreements.parties.world import World, events, save, sign_in


def request_of(client: Client) -> object:
    request = RequestFactory().get("/")
    request.session = client.session
    return request


def test_the_visit_of_a_session_costs_one_query(world: World, client: Client) -> None:
    sign_in(client, world.with_password(world.ruben))
    request = request_of(client)
    assert isinstance(request.session, SessionBase)
    request.session.get("x")

    with CaptureQueriesContext(
        connection,
    ) as queries:
        visit = visit_of_session(request)

    assert visit is not None
    assert len(queries) == 1
    assert (visit.actor_ref, visit.agency_ref) == (world.ruben.reference, world.police.oin)
    assert (visit.initials, visit.role_label, visit.purposes_pinned) == ("RK", "Professional", None)
    assert len(visit.trace_id) == 32


def test_who_works_for_two_agencies_chooses_one_and_reads_as_that_one(world: World, client: Client) -> None:
    sign_in(client, world.with_password(world.ineke))
    assert client.get("/account/")["Location"].startswith("/account/organisatie/")
    page = client.get("/account/organisatie/")
    assert [hat.agency_code for hat in page.context["hats"]] == ["POL-MD", "ZVH-MD"]

    police = page.context["hats"][0].membership_id
    response = client.post("/account/organisatie/", {"membership": police, "next": "/account/"})

    assert response["Location"] == "/account/"
    assert client.get("/account/").context["visit"].agency.code == "POL-MD"
    assert events("signin.hat") == ["signin.hat"]


def test_another_hat_drops_what_was_declared_under_the_first(world: World, client: Client) -> None:
    sign_in(client, world.with_password(world.ineke))
    first, second = Membership.objects.filter(professional=world.ineke).values_list("pk", flat=True)
    client.post("/account/organisatie/", {"membership": first})
    session = client.session
    session["purposes"] = {"MD-2026-0418": "pga_youth"}
    session.save()

    client.post("/account/organisatie/", {"membership": second})

    assert "purposes" not in client.session
    assert client.get("/account/").context["visit"].membership_id == second


@pytest.mark.parametrize("choice", ["", "0", "x", "²", "-1"])
def test_a_hat_that_is_not_ones_own_cannot_be_put_on(world: World, client: Client, choice: str) -> None:
    sign_in(client, world.with_password(world.ineke))

    assert client.post("/account/organisatie/", {"membership": choice}).status_code == 404
    peters = world.membership(world.peter).pk
    assert client.post("/account/organisatie/", {"membership": peters}).status_code == 404
    assert client.get("/account/").status_code == 302


def test_a_hat_whose_membership_ended_is_off_and_another_must_be_chosen(world: World, client: Client) -> None:
    sign_in(client, world.with_password(world.ineke))
    row = Membership.objects.get(professional=world.ineke, agency=world.police)
    client.post("/account/organisatie/", {"membership": row.pk})
    assert client.get("/account/").status_code == 200

    row.ends = row.starts
    save(row)

    assert client.get("/account/")["Location"].startswith("/account/organisatie/")


def test_a_pinned_purpose_stands_whatever_was_asked_for(world: World) -> None:
    from dataclasses import replace

    visit = world.visit(world.ruben)
    police = Actor(code="POL-MD", type="POL")
    assert reader_of(visit, purpose="pga_youth") == Reader(
        agency=police, roles=frozenset({"professional"}), purpose="pga_youth"
    )

    pinned = replace(visit, purposes_pinned="pga_youth")
    assert reader_of(pinned, purpose="pga_youth").purpose == "pga_youth"
    assert reader_of(pinned, purpose="area_safety").purpose == ""
    assert reader_of(pinned, purpose="").purpose == ""
