"""The administrator's page: one's own agency, and nothing of another."""

import pytest
from django.test import Client

from agreements.parties.models import Membership, Professional
from audit import ports
from audit.ports import Sort
from tests.agreements.parties.world import World


@pytest.fixture
def bas(world: World, local: Client) -> Client:
    local.post("/inloggen/demo/", {"persona": "bas"})
    return local


def test_an_administrator_sees_the_colleagues_of_the_own_agency_only(world: World, bas: Client) -> None:
    page = bas.get("/organisatie/")

    assert [row.name for row in page.context["colleagues"]] == ["Bas Oudeman", "Ineke Vos", "Ruben Kok"]
    assert "Peter van Dam" not in page.content.decode()


@pytest.mark.parametrize("key", ["ruben", "peter"])
def test_who_is_no_administrator_is_refused_on_every_page_of_people(world: World, local: Client, key: str) -> None:
    local.post("/inloggen/demo/", {"persona": key})
    target = world.membership(world.ruben).pk

    assert local.get("/organisatie/").status_code == 403
    assert local.get(f"/organisatie/{target}/rollen/").status_code == 403
    for path in ("collega/", f"{target}/rollen/", f"{target}/einde/", f"{target}/sluiten/"):
        assert local.post(f"/organisatie/{path}", {"roles": ["professional"]}).status_code == 403
    assert Membership.objects.filter(ends=None).count() == 5


def test_an_administrator_of_the_police_cannot_reach_the_school(world: World, bas: Client) -> None:
    target = world.membership(world.peter).pk

    assert bas.get(f"/organisatie/{target}/rollen/").status_code == 404
    for path in ("rollen/", "einde/", "sluiten/"):
        assert bas.post(f"/organisatie/{target}/{path}", {"roles": ["professional"]}).status_code == 404
    assert Membership.objects.get(pk=target).ends is None


def test_a_colleague_is_given_a_role_and_what_was_wrong_stays_typed(world: World, bas: Client) -> None:
    wrong = bas.post("/organisatie/collega/", {"email": "geen adres", "name": "Nora Nieuw"})
    assert wrong.status_code == 422
    assert 'value="geen adres"' in wrong.content.decode()
    assert 'value="Nora Nieuw"' in wrong.content.decode()

    right = bas.post(
        "/organisatie/collega/",
        {"email": "nora@politie.example", "name": "Nora Nieuw", "roles": ["street"], "last_day": "2099-12-31"},
    )
    assert (right.status_code, right["Location"]) == (302, "/organisatie/")
    row = Membership.objects.get(professional__email="nora@politie.example")
    assert row.ends.isoformat() == "2099-12-31T23:00:00+00:00"


def test_a_colleague_who_is_there_already_is_an_error_at_the_address(world: World, bas: Client) -> None:
    page = bas.post("/organisatie/collega/", {"email": world.ruben.email, "name": "Ruben", "roles": ["professional"]})

    assert page.status_code == 422
    assert "email" in page.context["form"].errors


def test_roles_are_changed_ended_and_an_account_is_closed_from_the_page(world: World, bas: Client) -> None:
    target = world.membership(world.ruben).pk
    assert bas.get(f"/organisatie/{target}/rollen/").status_code == 200
    assert bas.post(f"/organisatie/{target}/rollen/", {"roles": []}).status_code == 422

    bas.post(f"/organisatie/{target}/rollen/", {"roles": ["street"]})
    target = world.membership(world.ruben).pk
    assert world.membership(world.ruben).roles == ["street"]
    bas.post(f"/organisatie/{target}/sluiten/")
    assert not Professional.objects.get(pk=world.ruben.pk).is_active

    ineke = Membership.objects.get(professional=world.ineke, agency=world.police).pk
    bas.post(f"/organisatie/{ineke}/einde/")
    assert Membership.objects.get(pk=ineke).ends is not None


def test_the_journal_gets_names_for_agencies_and_people_and_only_within_its_readers_scope(world: World) -> None:
    officer, bureau = world.visit(world.bas), world.visit(world.ineke)

    assert ports.labels_of([world.ruben.reference, world.school.oin, "professional:x"]) == {
        world.ruben.reference: "Ruben Kok", world.school.oin: "Het Baken College", "professional:x": "professional:x",
    }  # fmt: skip
    # Of a covenant's purpose, and of one that the law gives.
    assert ports.labels_of(["purpose:pga_youth", "purpose:oversight"]) == {
        "purpose:pga_youth": "Persoonsgerichte aanpak jeugd en gezin", "purpose:oversight": "Toezicht op het logboek",
    }  # fmt: skip
    assert ports.scope_of(officer) == world.police.oin
    assert ports.scope_of(bureau) is None
    assert ports.find(Sort.READER, "peter", officer) == ()
    assert ports.find(Sort.READER, "peter", bureau) == (world.peter.reference,)
    assert ports.find(Sort.READER, world.ruben.reference, officer) == (world.ruben.reference,)
    assert ports.find(Sort.AGENCY, "pol-md", officer) == (world.police.oin,)
    assert ports.find(Sort.AGENCY, " ", officer) == ports.find(Sort.READER, "", officer) == ()
    assert ports.event_types()["membership.granted"] == "Rol bij een organisatie gegeven"
