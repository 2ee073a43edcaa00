"""Invariant 3: when the journal cannot write, no route shows case data or keeps what was sent."""

import pytest
from django.db import connection
from django.test import Client

from cases.models import Contribution
from tests.invariants.crawl import get, sign_in
from tests.invariants.world import World

pytestmark = pytest.mark.django_db

PAGES = (
    "/",
    "/casus/MW-1/",
    "/casus/MW-1/?als=GEM-MD",
    "/casus/MW-1/tijdlijn/",
    "/casus/MW-1/deelnemers/",
    "/casus/MW-1/regels/",
    "/casus/MW-1/waarom/?veld=full_name&bron=POL-MD",
    "/casus/MW-1/bijdrage/",
    "/casus/BESTAAT-NIET/",
)


@pytest.fixture
def police(world: World, db: None) -> Client:
    """A police officer, signed in while the journal still writes: without it nobody gets in at all."""
    return sign_in(world.people["ruben"])


@pytest.fixture
def broken_journal(police: Client) -> None:
    """The database refuses every new entry, as a full disk would."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS "
                "$$ BEGIN RAISE EXCEPTION 'disk full'; END $$"
            )
            cursor.execute(
                "CREATE TRIGGER full_disk BEFORE INSERT ON audit_entry FOR EACH ROW EXECUTE FUNCTION full_disk()"
            )
        else:
            cursor.execute(
                "CREATE TRIGGER full_disk BEFORE INSERT ON audit_entry BEGIN SELECT RAISE(ABORT, 'disk full'); END"
            )


@pytest.mark.parametrize("url", PAGES)
def test_nothing_is_shown_while_the_journal_cannot_write(
    world: World, police: Client, broken_journal: None, url: str
) -> None:
    seen = get(world, police, url)

    assert seen.status == 503, seen.url
    assert seen.markers == ()


def test_the_same_page_shows_facts_once_the_journal_writes_again(world: World) -> None:
    assert get(world, sign_in(world.people["ruben"]), "/casus/MW-1/").markers


def test_nothing_is_kept_while_the_journal_cannot_write(police: Client, broken_journal: None) -> None:
    before = Contribution.objects.count()

    answer = police.post(
        "/casus/MW-1/bijdrage/",
        {"observed_on": "2026-01-05", "kind": "fact", "reliability": "2", "police_contacts_12m": "4711"},
    )

    assert answer.status_code == 503
    assert Contribution.objects.count() == before
    assert "4711" in answer.content.decode(), "what was typed must still be on the screen"
