"""Invariants 1, 3 and 6 for who was called for an alarm: its page, and the list that leads there, by the oracle."""

import re

import pytest
import time_machine
from django.db import connection

from audit.journal.entry import mask_of_columns
from cases.disclosure.visibility import CASE_ROLES
from foundation import clock
from realtime.alarms.models import AlarmCall
from tests.cases.desk import hat_of
from tests.invariants.crawl import get, sign_in
from tests.invariants.rewriting import rewrite, withheld
from tests.invariants.test_01_marker_crawl import _purpose
from tests.invariants.test_06_silence import _undone
from tests.invariants.world import Marker, World

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
_CHANCE = re.compile(r'Kenmerk [0-9a-f]+|csrfmiddlewaretoken" value="\w+|data-pulse="[^"]*')


def _called(world: World) -> list[str]:
    """The personas who were called somewhere."""
    keys = [key for key in world.people if (hat := hat_of(world, key)) and _calls(world, key) and hat]
    assert len(keys) > 2
    return keys


def _calls(world: World, key: str) -> list[AlarmCall]:
    found = AlarmCall.objects.filter(membership=hat_of(world, key)).order_by("pk")
    return list(found.select_related("alarm__event__source", "alarm__channel__case"))


def _address(call: AlarmCall) -> str:
    return f"/straat/{call.alarm.channel.uid}/alarm/{call.alarm.event.uid}/"


def _words(world: World, call: AlarmCall) -> Marker:
    """The marker in the words of the alarm, as they are stored."""
    with connection.cursor() as cursor:
        cursor.execute('SELECT "values" FROM realtime_event WHERE id = %s', [call.alarm.event_id])
        (stored,) = cursor.fetchone()
    (found,) = [one for one in world.markers if one.in_street and str(one.value) in str(stored)]
    return found


def test_the_page_of_a_call_shows_its_words_if_the_oracle_grants_them_and_else_is_not_there(world: World) -> None:
    answers = set()
    for key in _called(world):
        hat, client = hat_of(world, key), sign_in(world.people[key], hat_of(world, key))
        listed = get(world, client, "/straat/").text
        for call in _calls(world, key):
            words = _words(world, call)
            number = words.case
            grade = world.expected(
                words, agency=hat.agency, roles=frozenset(hat.roles), purpose=_purpose(world, hat, number)
            )
            if words.source == hat.agency.code:
                grade = "visible"
            if not CASE_ROLES & set(hat.roles):
                grade = "silent"
            seen = get(world, client, _address(call))
            answers.add(grade)
            assert seen.status == (404 if grade == "silent" else 200), (key, words)
            assert seen.markers == ((words,) if grade == "visible" else ()), (key, words)
            assert (_address(call) in listed) == (grade != "silent"), (key, words)
            _check_journal(seen.entries, shown=grade == "visible")
    assert {"visible", "silent"} <= answers, "from whom nothing is withheld tests nothing"


def _check_journal(entries: object, *, shown: bool) -> None:
    """What was shown is in the journal, with the call as its reason."""
    read = [row for row in entries if row.event_type == "alarm.read"]  # type: ignore[attr-defined]
    masks = [mask_of_columns((row.fields_0, row.fields_1, row.fields_2)) for row in read]
    assert bool(any(masks)) == shown
    assert all(row.reason_ref.startswith("call:") for row in read)


def test_withheld_words_leave_no_trace_on_the_page_of_a_call(world: World) -> None:
    tried = 0
    for key in _called(world):
        hat = hat_of(world, key)
        purposes = {_purpose(world, hat, number) for number in world.cases} - {""}
        silent = {one for one in withheld(world, hat, purposes) if one.in_street}
        if not silent:
            continue
        tried += 1
        places = ["/straat/", "/straat/oproep/", *(_address(call) for call in _calls(world, key))]
        with time_machine.travel(clock.now(), tick=False):
            before = _undone(lambda key=key, places=places: _pages(world, key, places))
            for change in ("other", "absent"):
                after = _undone(
                    lambda key=key, places=places, silent=silent, change=change: _changed(
                        world, key, places, silent, change
                    )
                )
                assert after == before, f"pages betray to {key} that withheld words are {change}"
    assert tried, "from whom nothing is withheld tests nothing"


def _changed(world: World, key: str, places: list[str], silent: set[Marker], change: str) -> dict[str, str]:
    assert rewrite(world, silent, change, reader=hat_of(world, key).agency) > 0
    return _pages(world, key, places)


def _pages(world: World, key: str, places: list[str]) -> dict[str, str]:
    client = sign_in(world.people[key], hat_of(world, key))
    return {place: _CHANCE.sub("", get(world, client, place).text) for place in places}
