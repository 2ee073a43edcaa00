"""Personas: one click, only in demo, only at this machine."""

import pytest
from django.test import Client

from audit.journal.models import Entry
from tests.agreements.parties.world import LOCAL, World, events


def test_the_front_door_lists_the_personas_with_what_to_look_at(world: World, local: Client) -> None:
    page = local.get("/inloggen/")

    assert [persona.key for persona in page.context["personas"]] == ["ruben", "bas", "peter", "ineke"]
    assert "Ziet het bejegeningsadvies." in page.content.decode()
    assert "vb-mono--pol" in page.content.decode()


def test_one_click_signs_in_as_a_persona_and_says_so_in_the_journal(world: World, local: Client) -> None:
    response = local.post("/inloggen/demo/", {"persona": "ruben"})

    assert (response.status_code, response["Location"]) == (302, "/")
    visit = local.get("/account/").context["visit"]
    assert (visit.name, visit.agency.code, visit.strength) == ("Ruben Kok", "POL-MD", "demo")
    assert events("signin.persona", "signin.succeeded") == ["signin.persona"]
    assert Entry.objects.get(event_type="signin.persona").agency_ref == world.police.oin


def test_another_persona_takes_over_with_nothing_left_of_the_first(world: World, local: Client) -> None:
    local.post("/inloggen/demo/", {"persona": "ruben"})
    session = local.session
    session["purpose"] = "pga_youth"
    session.save()

    local.post("/inloggen/demo/", {"persona": "peter"})

    assert local.get("/account/").context["visit"].name == "Peter van Dam"
    assert "purpose" not in local.session
    entries = Entry.objects.filter(event_type="signin.persona").order_by("uid")
    assert [entry.agency_ref for entry in entries] == [world.police.oin, world.school.oin]


@pytest.mark.parametrize(
    "where",
    [
        {"HTTP_HOST": "testserver"},
        {"HTTP_HOST": "localhost", "REMOTE_ADDR": "192.0.2.7"},
        {"HTTP_HOST": "localhost", "REMOTE_ADDR": "::ffff:192.0.2.7"},
        {"HTTP_HOST": "localhost", "REMOTE_ADDR": ""},
        {"HTTP_HOST": "localhost", "HTTP_X_FORWARDED_FOR": "127.0.0.1"},
        {"HTTP_HOST": "localhost", "HTTP_FORWARDED": "for=127.0.0.1"},
        {"HTTP_HOST": "localhost", "HTTP_X_REAL_IP": "127.0.0.1"},
    ],
)
def test_personas_do_not_exist_for_a_request_from_elsewhere(world: World, where: dict[str, str]) -> None:
    client = Client(**where)

    assert client.get("/inloggen/").context["personas"] == ()
    assert client.post("/inloggen/demo/", {"persona": "ruben"}).status_code == 404
    assert client.get("/account/").status_code == 302
    assert events("signin.persona") == []


@pytest.mark.parametrize("host", ["localhost", "localhost:8000", "127.0.0.1:8000", "[::1]:8000"])
@pytest.mark.parametrize("peer", ["127.0.0.1", "::1", "::ffff:127.0.0.1"])
def test_personas_exist_at_this_machine(world: World, host: str, peer: str) -> None:
    client = Client(HTTP_HOST=host, REMOTE_ADDR=peer)

    assert client.post("/inloggen/demo/", {"persona": "ruben"}).status_code == 302


def test_personas_do_not_exist_outside_the_demo(world: World, local: Client, settings: object) -> None:
    settings.VERBOND_DEMO = False

    assert local.get("/inloggen/").context["personas"] == ()
    assert local.post("/inloggen/demo/", {"persona": "ruben"}).status_code == 404


def test_a_personas_session_dies_with_the_demo_and_away_from_this_machine(world: World, settings: object) -> None:
    client = Client(**LOCAL)
    client.post("/inloggen/demo/", {"persona": "ruben"})
    assert client.get("/account/").status_code == 200

    assert client.get("/account/", REMOTE_ADDR="192.0.2.7").status_code == 302
    settings.VERBOND_DEMO = False
    assert client.get("/account/").status_code == 302


@pytest.mark.parametrize("key", ["", "niemand", "ruben@pol-md.example"])
def test_a_persona_that_is_not_there_gives_404(world: World, local: Client, key: str) -> None:
    assert local.post("/inloggen/demo/", {"persona": key}).status_code == 404


def test_a_form_without_its_secret_signs_nobody_in(world: World) -> None:
    client = Client(enforce_csrf_checks=True, **LOCAL)

    assert client.post("/inloggen/demo/", {"persona": "ruben"}).status_code == 403
