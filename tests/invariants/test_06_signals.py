"""Invariant 6 for signals: what others reported leaves no trace for who may not know of it."""

import re

import pytest
import time_machine

from cases.intake import commands
from cases.intake.commands import Reported
from foundation import clock
from tests.cases.desk import page, reading
from tests.invariants.world import World

pytestmark = pytest.mark.django_db

PAGES = ("/signalen/", "/signalen/?toon=all", "/signalen/?soort=violence", "/signalen/nieuw/", "/casus/MW-1/signalen/")
VOLATILE = (
    re.compile(r'name="(csrfmiddlewaretoken|submission)" value="[^"]+"'),
    re.compile(r"Kenmerk [0-9a-f]+"),
)


@pytest.mark.parametrize("key", ["peter", "sanne", "joost", "esra", "margot"])
def test_a_signal_of_another_leaves_no_trace(world: World, key: str) -> None:
    with time_machine.travel(clock.now(), tick=False):
        before = _texts(world, key)
        hidden = commands.report_signal(
            reading(world, "ruben"),
            Reported(about="person", kind="violence", seen="Gevecht", person="Henk", reliability="seen"),
        )
        after = _texts(world, key)

    assert before == after
    assert _refusal(world, key, hidden) == _refusal(world, key, "S-1999-0001").replace("S-1999-0001", hidden)


def _texts(world: World, key: str) -> list[str]:
    client = page(world, key)
    return [_plain(client.get(url).content.decode()) for url in PAGES]


def _refusal(world: World, key: str, number: str) -> str:
    answer = page(world, key).get(f"/signalen/{number}/")
    assert answer.status_code == 404
    return _plain(answer.content.decode())


def _plain(text: str) -> str:
    for volatile in VOLATILE:
        text = volatile.sub("", text)
    return text
