"""The start page: the next meeting with who answers, and what waits, beside the reader's cases."""

import re
from datetime import timedelta

import pytest

from cases.meetings.models import Meeting
from foundation import clock
from tests.cases.desk import changing, page
from tests.cases.meetings.room.stage import sitting
from tests.invariants.world import World

pytestmark = pytest.mark.django_db

NEXT = re.compile(r'<section class="vb-next".*?</section>', re.S)
LINES = re.compile(r'<ul class="vb-wacht">.*?</ul>', re.S)


def _shown(world: World, key: str, path: str = "/") -> str:
    return page(world, key).get(path).content.decode()


def _links(shown: str) -> list[str]:
    return [link for lines in LINES.findall(shown) for link in re.findall(r'<a href="([^"]+)"', lines)]


def test_the_next_meeting_stands_on_top_for_who_takes_part_and_for_nobody_else(world: World) -> None:
    made = sitting(world, started=False).meeting
    with changing():
        Meeting.objects.filter(pk=made.pk).update(starts_at=clock.now() - timedelta(days=2))

    leads, invited, other = (NEXT.findall(_shown(world, key)) for key in ("nadia", "ruben", "wouter"))

    assert "Casusoverleg proef" in leads[0]
    assert "Start overleg" in leads[0]
    assert "Casusoverleg proef" in invited[0]
    assert "Start overleg" not in invited[0]
    assert not any("Casusoverleg proef" in found for found in other)


@pytest.mark.parametrize("key", ["ruben", "sanne", "nadia", "margot", "carla"])
def test_what_waits_is_what_the_inbox_has_first_and_the_rest_is_counted(world: World, key: str) -> None:
    start, inbox = _shown(world, key), _links(_shown(world, key, "/inbox/"))

    assert _links(start) == inbox[:6]
    more = re.search(r"Nog (\d+) in uw inbox", start)
    assert (int(more[1]) if more else 0) == max(len(inbox) - 6, 0)
