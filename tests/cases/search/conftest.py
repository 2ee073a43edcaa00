"""The marker world with its facts in the search index: the world makes its rows without a command."""

from typing import Any

import pytest
from django.core.cache import cache

from cases.search.building import rebuild
from cases.search.queries import Asked, Hits
from cases.search.queries import search as search_for
from tests.cases.desk import reading
from tests.invariants.conftest import world as bare_world
from tests.invariants.world import World

__all__ = ["bare_world"]


@pytest.fixture(scope="module")
def world(bare_world: World) -> World:
    rebuild(by="operator:tests")
    return bare_world


class Desk:
    """A persona who searches, without the limit of so many a minute."""

    def __init__(self, world: World, key: str, purpose: str, **pinned: Any) -> None:
        self.world, self.key, self.purpose, self.pinned = world, key, purpose, pinned

    def search(self, text: str, **more: Any) -> Hits:
        cache.clear()
        seat = reading(self.world, self.key, event="search.hit", **self.pinned)
        return search_for(seat, Asked(text=text, purpose=self.purpose), **more)

    def numbers(self, text: str, **more: Any) -> list[str]:
        """The numbers of the cases that are found."""
        return [hit.answer.head.number for hit in self.search(text, **more).hits]

    def facts(self, text: str) -> set[tuple[str, str, str]]:
        """(case, source, field) of every fact that is found."""
        return {
            (hit.answer.head.number, fact.source.code, fact.code)
            for hit in self.search(text).hits
            for _person, fact in hit.facts
        }
