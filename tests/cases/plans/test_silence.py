"""The pages of plans give no more than the oracle grants, journal just that, and keep silent about the rest."""

import re
from typing import Any

import pytest
import time_machine
from django.test import Client

from agreements.models import Membership
from audit.journal.appender import append
from audit.journal.scope import write_scope
from cases.plans.models import Action, ActionResult, Closing, Goal, Measurement, ReviewNote
from cases.records.sealed import SealedFacts
from foundation import clock
from tests.invariants.crawl import get, sign_in
from tests.invariants.test_01_marker_crawl import PERSONAS, _assert_journalled, _granted, _purpose
from tests.invariants.world import Marker, World, _entry

pytestmark = pytest.mark.django_db

WORDS = {"goal_text", "action_text", "action_result", "effect_score", "case_note", "evaluation_text"}
VOLATILE = (
    re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"'),
    re.compile(r'name="submission" value="[^"]+"'),
    re.compile(r"Kenmerk [0-9a-f]+"),
)


def pages_of(world: World) -> list[str]:
    found = ["/acties/", "/casussen/gesloten/"]
    for number in world.cases:
        found += [f"/casus/{number}/plan/{page}" for page in ("", "doel/", "meting/", "meting/?moment=start")]
        found += [f"/casus/{number}/plan/fase/", f"/casus/{number}/plan/afsluiten/", f"/casussen/gesloten/{number}/"]
    return found


@pytest.mark.parametrize("key", PERSONAS)
def test_the_pages_show_what_is_granted_and_journal_it(world: World, key: str) -> None:
    for hat in Membership.objects.filter(professional=world.people[key]).select_related("agency"):
        client = sign_in(world.people[key], hat)
        purposes = {number: _purpose(world, hat, number) for number in world.cases}
        for url in pages_of(world):
            seen = get(world, client, url)
            assert seen.status in (200, 302, 403, 404, 422), f"{url} answered {seen.status}"
            for marker in seen.markers:
                granted = _granted(world, marker, hat, purposes[marker.case], url)
                assert granted, f"{key} was shown {marker} on {url}"
            _assert_journalled(world, seen)


@pytest.mark.parametrize("key", ["nadia", "sanne", "ruben", "ilse", "peter"])
def test_a_plan_page_shows_everything_that_is_granted(world: World, key: str) -> None:
    hat = _hat(world, key)
    for number in world.cases:
        seen = get(world, sign_in(world.people[key], hat), f"/casus/{number}/plan/")
        if seen.status != 200:
            continue
        expected = {marker for marker in _words(world, number) if _visible(world, marker, hat)}
        assert {marker for marker in seen.markers if marker.code in WORDS} & _words(world, number) == expected


@pytest.mark.parametrize("key", ["sanne", "ruben", "ilse", "peter", "joost"])
@pytest.mark.parametrize("change", ["other", "absent"])
def test_silent_words_leave_no_trace_on_the_pages(world: World, key: str, change: str) -> None:
    hat = _hat(world, key)
    silent = {marker.texts[0] for number in world.cases for marker in _words(world, number)} - {
        marker.texts[0] for number in world.cases for marker in _words(world, number) if _visible(world, marker, hat)
    }
    assert silent

    with time_machine.travel(clock.now(), tick=False):
        before = _texts(world, hat, key)
        _change(world, silent, hat, change)
        after = _texts(world, hat, key)

    for url, text in before.items():
        assert text == after[url], f"{url} betrays silent words to {key}"


def _hat(world: World, key: str) -> Membership:
    return Membership.objects.filter(professional=world.people[key]).select_related("agency").first()


def _words(world: World, number: str) -> set[Marker]:
    """The markers that stand in tables of this room."""
    planted = _planted()
    return {marker for marker in world.markers if marker.case == number and marker.texts[0] in planted}


def _planted() -> dict[str, Any]:
    """Marker text → the row that holds it; read from the column by the test itself."""
    from django.db import connection

    found = {}
    with connection.cursor() as cursor:
        for model in (ActionResult, Action, Goal, Closing, ReviewNote, Measurement):
            cursor.execute(f'SELECT id, "values" FROM {model._meta.db_table}')
            for pk, text in cursor.fetchall():
                for marker in re.findall(r"zqx\d{5}qzx|\b70\d{5}\b", text):
                    found[marker] = (model, pk)
    return found


def _visible(world: World, marker: Marker, hat: Membership) -> bool:
    if not world.involved(marker.case, hat.agency):
        return False
    if marker.source == hat.agency.code:
        return True
    purpose = _purpose(world, hat, marker.case)
    return world.expected(marker, agency=hat.agency, roles=frozenset(hat.roles), purpose=purpose) == "visible"


def _change(world: World, silent: set[str], hat: Membership, change: str) -> None:
    rows = [row for text, row in _planted().items() if text in silent]
    with write_scope(reason="two worlds"):
        for model, pk in rows:
            row = model.objects.filter(pk=pk)
            if change == "other":
                row.update(values=SealedFacts.seal({"goal_text": "iets heel anders, en veel langer dan eerst"}))
            # What somebody has to do is no secret to them, even where its words are.
            elif model is not Action or row.get().owner_agency_id != hat.agency_id:
                row.update(withdrawn_at=clock.now())
        append([_entry()])


def _texts(world: World, hat: Membership, key: str) -> dict[str, str]:
    client: Client = sign_in(world.people[key], hat)
    found = {}
    for url in pages_of(world):
        text = get(world, client, url).text
        for volatile in VOLATILE:
            text = volatile.sub("", text)
        found[url] = text
    return found
