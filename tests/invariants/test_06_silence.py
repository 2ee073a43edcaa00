"""Invariant 6: two stores that differ only in withheld values give the same bytes to the one they are withheld from."""

import io
import re
from collections.abc import Callable, Iterable
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection, transaction
from pypdf import PdfReader

from agreements.models import Agency, Membership
from cases.search.building import rebuild
from cases.search.queries import purpose_options
from foundation import clock
from tests.cases.desk import hat_of, reading
from tests.invariants.crawl import WHOLE, sign_in, walk
from tests.invariants.rewriting import rewrite, withheld
from tests.invariants.test_01_api_crawl import ASKED, _client
from tests.invariants.test_01_minutes_pdf import _paper
from tests.invariants.world import Marker, World

pytestmark = pytest.mark.django_db

VOLATILE = (
    re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"'),
    re.compile(r'name="submission" value="[^"]+"'),
    re.compile(r"Kenmerk [0-9a-f]+"),
)
# Pages without case data, some with fresh secrets on them.
ELSEWHERE = ("/account/", "/organisatie/", "/convenanten/", "/inloggen/")
NO_CASES = ("/api/v1/covenants", "/api/v1/registers", "/api/v1/journal", "/api/v1/me")
EVERYBODY, BY_TURNS = (
    (("peter", "ruben"), ("ruben", "peter", "ruben")) if connection.vendor == "sqlite" else
    (("sanne", "joost"), ("joost", "joost", "joost"))
)  # fmt: skip
ON_PAGES, IN_SEARCH, IN_API = (EVERYBODY if WHOLE else (key,) for key in BY_TURNS)
"""Few on each database, for the time it takes: what is compared are pages, the same on both; `make soak` asks more."""
SAMPLED = 60
"""Of so many withheld fields one is looked for."""
Answers = dict[str, str]


@pytest.mark.parametrize("key", ON_PAGES)
def test_withheld_values_leave_no_trace(world: World, key: str) -> None:
    _compare(world, key, _pages, enough=1, purposes=())


@pytest.mark.parametrize("key", IN_SEARCH)
def test_withheld_values_leave_no_trace_in_what_is_found_or_printed(world: World, key: str) -> None:
    words = _to_search(world, key)

    def ask(world: World, key: str) -> Answers:
        return _found(world, key, words) | {"minutes": _printed(world, key)}

    _compare(world, key, ask, enough=len(words), purposes=_purposes(world, key))


@pytest.mark.slow
@pytest.mark.parametrize("key", IN_API)
def test_withheld_values_leave_no_trace_in_the_api(world: World, key: str) -> None:
    # Made once: what is withheld is asked for in both stores, whether it is there or not.
    urls = [url for path, make in ASKED.items() if not path.startswith(NO_CASES) for url in make(world)]

    purposes = _purposes(world, key)
    if not WHOLE:
        purposes = sorted({purposes[0], purposes[-1]})

    def ask(world: World, key: str) -> Answers:
        found = {}
        for purpose in purposes:
            client = _client(hat_of(world, key), purpose)
            for url in urls:
                answer = client.get(url)
                found[f"{purpose} {url}"] = f"{answer.status_code} {_plain(answer.content.decode(errors='replace'))}"
        return found

    _compare(world, key, ask, enough=len(urls), purposes=purposes)


def _compare(
    world: World, key: str, ask: Callable[[World, str], Answers], *, enough: int, purposes: Iterable[str]
) -> None:
    """Ask everything of two stores for these purposes (none: as pages choose), and leave the world as it was."""
    hat = Membership.objects.filter(professional=world.people[key]).select_related("agency").first()
    silent = withheld(world, hat, purposes)
    assert silent, "a persona from whom nothing is withheld tests nothing"

    with time_machine.travel(clock.now(), tick=False):
        rebuild(by="operator:tests")
        before = _undone(lambda: ask(world, key))
        after = {}
        for change in ("other", "absent"):
            after[change] = _undone(lambda change=change: _asked_after(world, key, silent, change, hat.agency, ask))

    assert len(before) >= enough
    for change, told in after.items():
        assert before.keys() == told.keys(), f"{change} values show in what there is to open for {key}"
        for url, text in before.items():
            assert text == told[url], f"{url} betrays to {key} that a withheld value is {change}"


def _asked_after(
    world: World, key: str, silent: set[Marker], change: str, reader: Agency, ask: Callable[[World, str], Answers]
) -> Answers:
    changed = rewrite(world, silent, change, reader=reader)
    assert changed > 0, "a persona from whom no words of a room are withheld tests none of those"
    return ask(world, key)


def _undone(make: Callable[[], Answers]) -> Answers:
    """What `make` answers, with all that it changed (new values, what is new since the last visit) taken back."""
    around = transaction.atomic()
    around._from_testcase = True  # as Django's own test case marks its transaction: what is durable may lie in it
    with around:
        found = make()
        transaction.set_rollback(True)
    return found


def _pages(world: World, key: str) -> Answers:
    return {
        seen.url: _plain(seen.text)
        for seen in walk(world, sign_in(world.people[key]), leave=ELSEWHERE)
        if not seen.url.startswith(ELSEWHERE)
    }


def _plain(text: str) -> str:
    for volatile in VOLATILE:
        text = volatile.sub("", text)
    return text


def _purposes(world: World, key: str) -> list[str]:
    return [option.code for option in purpose_options(reading(world, key))]


def _to_search(world: World, key: str) -> list[str]:
    """What may be looked for: the beginning of everything, withheld words of every source, and what comes instead."""
    silent = withheld(world, hat_of(world, key), _purposes(world, key))
    first: dict[tuple[str, str], Marker] = {}
    for marker in sorted(silent, key=lambda marker: marker.texts):
        first.setdefault((marker.source, marker.code), marker)
    return ["zqx", "heel anders", "zqx 2-1-1001", *(marker.texts[0] for marker in list(first.values())[::SAMPLED])]


def _found(world: World, key: str, words: list[str]) -> Answers:
    found: Answers = {}
    for purpose in _purposes(world, key):
        page, api = sign_in(world.people[key]), _client(hat_of(world, key), purpose)
        for text in words:
            cache.clear()
            html = page.post("/zoeken/", {"q": text, "doel": purpose}, follow=True).content.decode()
            found[f"page {purpose} {text}"] = _plain(html)
            answer: Any = api.post("/api/v1/search", {"q": text, "size": 50}, content_type="application/json")
            found[f"api {purpose} {text}"] = answer.content.decode()
    return found


def _printed(world: World, key: str) -> str:
    """The minutes on paper, as text; "" for who gets none."""
    paper = _paper(world, key)
    if paper is None:
        return ""
    return _plain(" ".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(paper)).pages))
