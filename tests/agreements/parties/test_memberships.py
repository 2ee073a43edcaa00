"""Who works where: given by the agency's own administrator, gone the moment it ends."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from agreements.parties import commands
from agreements.parties.models import Membership, Professional
from agreements.parties.rules import HOLDERS, AgencyType, Role, check_roles, roles_of_type
from audit.journal.models import Entry
from foundation import clock
from foundation.errors import Invalid, NotFound, Refused
from tests.agreements.parties.world import PARTIES, World, events, save, sign_in

NEW = {"email": "Nieuw@Politie.example", "name": "Nora Nieuw", "roles": ["professional", "street"]}


def test_loading_the_parties_twice_changes_nothing_the_second_time(world: World) -> None:
    before = list(Membership.objects.order_by("pk").values())

    again = commands.load_parties(PARTIES)

    assert (again.agencies, again.professionals, again.memberships_changed) == (3, 4, 0)
    assert list(Membership.objects.order_by("pk").values()) == before


def test_loading_refuses_a_role_that_the_agency_cannot_give_and_keeps_nothing(db: None) -> None:
    wrong = {**PARTIES["personas"][2], "roles": ["case_director"]}

    with pytest.raises(Invalid):
        commands.load_parties({**PARTIES, "personas": [wrong]})
    assert not Professional.objects.exists()


def test_the_table_of_role_holders_is_complete_and_every_type_can_have_an_administrator() -> None:
    assert set(HOLDERS) == set(Role.values)
    assert all(Role.AGENCY_ADMIN in roles_of_type(kind) for kind in AgencyType.values)
    assert all(holders <= set(AgencyType.values) for holders in HOLDERS.values())


@pytest.mark.parametrize(
    ("roles", "agency_type"),
    [([], "POL"), (["case_director"], "POL"), (["street"], "OND"), (["contact_point"], "ZVH"), (["root"], "POL")],
)
def test_a_role_that_does_not_fit_the_agency_is_refused_with_its_field(roles: list[str], agency_type: str) -> None:
    with pytest.raises(Invalid) as refused:
        check_roles(roles, agency_type=agency_type)
    assert refused.value.field == "roles"


def test_an_administrator_gives_a_new_colleague_roles_and_the_journal_keeps_it(world: World) -> None:
    row = commands.grant_membership(world.visit(world.bas), **NEW)

    assert (row.agency, row.roles) == (world.police, ["professional", "street"])
    assert row.professional.email == "nieuw@politie.example"
    assert not row.professional.has_usable_password()
    entry = Entry.objects.get(event_type="membership.granted", actor_ref=world.bas.reference)
    assert entry.agency_ref == world.police.oin
    assert b"Nora" not in bytes(entry.body)


@pytest.mark.parametrize("who", ["ruben", "peter", "ineke"])
def test_nobody_but_an_administrator_gives_takes_or_closes(world: World, who: str) -> None:
    by = world.visit(getattr(world, who))
    target = world.membership(world.ruben).pk

    for act in (
        lambda: commands.grant_membership(by, **NEW),
        lambda: commands.change_roles(by, membership_id=target, roles=["street"]),
        lambda: commands.end_membership(by, membership_id=target),
        lambda: commands.deactivate_professional(by, membership_id=target),
        lambda: commands.register_client_key(by, jwk={}),
        lambda: commands.end_client_key(by, kid="x"),
    ):
        with pytest.raises(commands.NotYourAgency):
            act()
    assert Membership.objects.count() == 5


def test_an_administrator_has_nothing_to_say_at_another_agency(world: World) -> None:
    peter = world.membership(world.peter)
    by = world.visit(world.bas)

    for act in (commands.end_membership, commands.deactivate_professional):
        with pytest.raises(NotFound):
            act(by, membership_id=peter.pk)
    assert not commands.may_manage_people(by, agency_id=world.school.pk)
    assert commands.may_manage_people(by, agency_id=world.police.pk)


def test_nobody_gives_or_takes_their_own_roles(world: World) -> None:
    by = world.visit(world.bas)
    own = world.membership(world.bas).pk

    with pytest.raises(commands.OwnMembership):
        commands.change_roles(by, membership_id=own, roles=["agency_admin", "privacy_officer"])
    with pytest.raises(commands.OwnMembership):
        commands.grant_membership(by, email=world.bas.email, name="x", roles=["signatory"])


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"roles": ["case_director"]}, "roles"),
        ({"ends": clock.start_of(clock.today()) - timedelta(days=2)}, "ends"),
        ({"email": "ruben@pol-md.example"}, "email"),
    ],
)
def test_what_cannot_be_given_is_refused_with_its_field_and_nothing_is_kept(
    world: World, change: dict[str, Any], field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        commands.grant_membership(world.visit(world.bas), **{**NEW, **change})

    assert refused.value.field == field
    assert not Professional.objects.filter(name="Nora Nieuw").exists()


def test_a_closed_account_is_not_given_a_role_again(world: World) -> None:
    by = world.visit(world.bas)
    commands.deactivate_professional(by, membership_id=world.membership(world.ruben).pk)

    with pytest.raises(Invalid, match="gesloten"):
        commands.grant_membership(by, email=world.ruben.email, name="Ruben", roles=["professional"])


def test_other_roles_end_the_old_membership_and_begin_a_new_one(world: World) -> None:
    old = world.membership(world.ruben)

    new = commands.change_roles(world.visit(world.bas), membership_id=old.pk, roles=["street", "team_lead"])

    old.refresh_from_db()
    assert old.ends == new.starts
    assert (old.roles, new.roles) == (["professional"], ["street", "team_lead"])
    assert events("membership.ended") == ["membership.ended"]


def test_a_membership_that_ends_takes_the_access_along_at_the_next_request(world: World, client: Client) -> None:
    sign_in(client, world.with_password(world.ruben))
    assert client.get("/account/").status_code == 200

    commands.end_membership(world.visit(world.bas), membership_id=world.membership(world.ruben).pk)

    response = client.get("/account/")
    assert (response.status_code, response["Location"]) == (302, "/account/organisatie/?next=%2Faccount%2F")
    page = client.get("/account/organisatie/")
    assert page.context["visit"] is None
    assert "geen enkele organisatie" in page.content.decode()


def test_a_membership_that_has_yet_to_begin_gives_nothing(world: World, client: Client) -> None:
    row = world.membership(world.ruben)
    row.starts = clock.now() + timedelta(minutes=1)
    save(row)

    sign_in(client, world.with_password(world.ruben))

    assert client.get("/account/").status_code == 302


def test_a_closed_account_loses_its_open_session(
    world: World, client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    sign_in(client, world.with_password(world.ruben))

    with django_capture_on_commit_callbacks(execute=True):
        commands.deactivate_professional(world.visit(world.bas), membership_id=world.membership(world.ruben).pk)

    assert client.get("/account/")["Location"].startswith("/inloggen/")
    assert sign_in(client, world.ruben)["Location"] == "/account/gesloten/"
    assert "professional.deactivated" in events()


def test_an_account_that_is_used_elsewhere_is_not_closed_here(world: World) -> None:
    here = Membership.objects.get(professional=world.ineke, agency=world.police)

    with pytest.raises(Refused, match="elders"):
        commands.deactivate_professional(world.visit(world.bas), membership_id=here.pk)
    world.ineke.refresh_from_db()
    assert world.ineke.is_active


def test_the_database_refuses_two_open_memberships_and_a_term_that_ends_before_it_starts(world: World) -> None:
    row = world.membership(world.ruben)
    row.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        save(row)

    row = world.membership(world.ruben)
    row.ends = row.starts - timedelta(seconds=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        save(row)
