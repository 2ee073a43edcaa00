"""The invariant tests can fail: with a leak planted in the house, the crawl finds it; without one, it does not."""

from collections.abc import Iterator

import pytest
from django.db import transaction

from agreements.covenants.commands.loading import load_covenant
from agreements.covenants.rules import operator
from tests.invariants import test_01_api_crawl as over_the_api
from tests.invariants import test_01_marker_crawl as over_pages
from tests.invariants import world as worlds
from tests.invariants.planted import ON_PAGES, ON_THE_API, Leak
from tests.invariants.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

GIVEN = "id_core: [full_name, date_of_birth]"


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker) -> Iterator[World]:
    """The marker world with one grant more: JS-MD gives a school the BSN in article 7.1 and prohibits it in 11.2.

    In the demo's own covenants no prohibition meets a grant, so ignoring one would show nothing.
    """
    read = worlds._read.__wrapped__

    def with_one_grant_more(name: str) -> str:
        text = read(name)
        return text.replace(GIVEN, GIVEN.replace("]", ", bsn]")) if name == "covenants/js-md.v1.yaml" else text

    def load_house() -> None:
        worlds.load_parties(worlds._yaml("parties.yaml"))
        for name in ("pga-md.v1", "pga-md.v2", "js-md.v1", "hav-gebied.v1", "nazorg-md.v1"):
            text = with_one_grant_more(f"covenants/{name}.yaml")
            load_covenant(text, worlds._yaml(f"covenants/{name}.signatures.yaml"), by=operator("tests"))

    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(worlds, "load_house", load_house)
        outer = transaction.atomic()
        outer._from_testcase = True
        with outer:
            yield worlds.build()
            transaction.set_rollback(True)


def test_the_crawl_over_pages_finds_nothing_in_the_house_as_it_is(world: World) -> None:
    over_pages.test_no_page_shows_a_persona_more_than_the_oracle_grants(world, "peter")


@pytest.mark.parametrize(("key", "leak"), ON_PAGES, ids=[leak.__name__ for _key, leak in ON_PAGES])
def test_the_crawl_over_pages_finds(world: World, monkeypatch: pytest.MonkeyPatch, key: str, leak: Leak) -> None:
    leak(monkeypatch)

    with pytest.raises(AssertionError, match=r"was shown|not journalled"):
        over_pages.test_no_page_shows_a_persona_more_than_the_oracle_grants(world, key)


def test_the_crawl_over_the_api_finds_nothing_in_the_house_as_it_is(world: World) -> None:
    over_the_api.test_no_operation_shows_a_persona_more_than_the_oracle_grants(world, "peter")


@pytest.mark.parametrize(("key", "leak"), ON_THE_API, ids=[leak.__name__ for _key, leak in ON_THE_API])
def test_the_crawl_over_the_api_finds(world: World, monkeypatch: pytest.MonkeyPatch, key: str, leak: Leak) -> None:
    leak(monkeypatch)

    with pytest.raises(AssertionError, match=r" on /api|not journalled"):
        over_the_api.test_no_operation_shows_a_persona_more_than_the_oracle_grants(world, key)
