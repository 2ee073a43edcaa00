"""Invariant 2: every route is listed, says what it shows, and refuses the wrong reader. A new one fails here."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from agreements.parties.doors import ALLAUTH_ROUTES
from foundation.routes import REGISTER
from tests.architecture.denials import DENIALS, PUBLIC
from tests.invariants.crawl import sign_in
from tests.invariants.world import World

NINJA_OWN = {"openapi-json", "openapi-view", "api-root"}
METHODS = ("get", "post", "put", "patch", "delete")


def _patterns(resolver: URLResolver, namespace: str = "") -> Iterator[tuple[str, str]]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from _patterns(pattern, pattern.namespace or namespace)
        elif isinstance(pattern, URLPattern):
            yield namespace, pattern.name or str(pattern.pattern)


def _pages() -> set[str]:
    return {name for namespace, name in _patterns(get_resolver()) if namespace != "api"}


def _operations() -> set[str]:
    from deploy.api import api

    schema = api.get_openapi_schema()
    return {f"api:{op['operationId']}" for path in schema["paths"].values() for m, op in path.items() if m in METHODS}


def test_every_page_is_in_the_register_or_among_those_of_the_sign_in_library() -> None:
    assert _pages() - NINJA_OWN == {name for name in REGISTER if not name.startswith("api:")} | {
        name for name, _public in ALLAUTH_ROUTES
    }


def test_every_api_operation_is_in_the_register() -> None:
    assert _operations() == {name for name in REGISTER if name.startswith("api:")}


def test_every_route_has_its_denial_or_is_public_with_a_reason() -> None:
    placed = {denial.route for denial in DENIALS} | set(PUBLIC)
    assert placed == set(REGISTER) | {name for name, _public in ALLAUTH_ROUTES}


def test_no_route_is_both_refused_and_public() -> None:
    assert not {denial.route for denial in DENIALS} & set(PUBLIC)


@dataclass(frozen=True)
class _Asked:
    status: int
    text: str


def _ask(world: World, denial: Any) -> _Asked:
    url = denial.url(world)
    client = sign_in(world.people[denial.wrong]) if denial.wrong else Client(HTTP_HOST="localhost")
    headers = denial.headers(world) if denial.headers else {}
    answer = client.generic(denial.method, url, denial.body, content_type=denial.content_type, headers=headers)
    return _Asked(status=answer.status_code, text=answer.content.decode(errors="replace"))


@pytest.mark.django_db
@pytest.mark.parametrize("denial", DENIALS, ids=lambda denial: f"{denial.route}-{denial.wrong or 'nobody'}")
def test_the_wrong_reader_is_refused(world: World, denial: Any) -> None:
    asked = _ask(world, denial)

    assert asked.status in denial.refusals, f"{denial.route} answered {asked.status}: {asked.text[:200]}"
    assert not [marker for marker in world.markers for text in marker.texts if text in asked.text]
