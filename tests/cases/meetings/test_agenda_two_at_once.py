"""Two at the same agenda or invitation at the same moment: PostgreSQL lets one wait for the other."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection

from agreements.models import Professional
from cases.meetings.commands import agenda, invitations, planning
from cases.meetings.commands.invitations import Invitee
from cases.meetings.commands.planning import Sitting
from cases.meetings.models import AgendaItem, Invitation
from foundation.errors import Problem
from tests.audit.flushing import let_flush_through
from tests.cases.desk import make_case, reading
from tests.cases.meetings.sitting import planned, tomorrow
from tests.invariants.world import World, load_house

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        "connection.vendor == 'sqlite'", reason="the suite's SQLite store has one writer and no threads"
    ),
]
let_flush_through()


def _house() -> World:
    load_house()
    return World(people={person.demo_key: person for person in Professional.objects.exclude(demo_key=None)})


def _together(*acts: Callable[[], Any]) -> list[Any]:
    """What each act gave, or the problem it met, all begun at once."""
    gate = threading.Barrier(len(acts))

    def run(act: Callable[[], Any]) -> Any:
        try:
            gate.wait()
            return act()
        except Problem as problem:
            return problem
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return [future.result() for future in [pool.submit(run, act) for act in acts]]


def test_the_same_case_and_other_items_added_at_once_stand_once_each_in_one_order() -> None:
    world = _house()
    make_case("T-1", live=("ZVH-MD", "POL-MD"))
    meeting = planned(world)
    nadia = [reading(world, "nadia") for _ in range(4)]

    _together(
        lambda: agenda.add_cases(nadia[0], meeting.uid, ["T-1"]),
        lambda: agenda.add_cases(nadia[1], meeting.uid, ["T-1"]),
        lambda: agenda.add_point(nadia[2], meeting.uid, title="een"),
        lambda: agenda.add_point(nadia[3], meeting.uid, title="twee"),
    )

    positions = list(AgendaItem.objects.filter(meeting=meeting).values_list("position", flat=True))
    assert positions == [1, 2, 3]


def test_two_colleagues_answering_at_once_send_one_person() -> None:
    world = _house()
    meeting = planned(world, guests=("POL-MD",))
    mine = {name: reading(world, name) for name in ("ruben", "esra")}

    answers = _together(
        *(lambda name=name: invitations.answer(mine[name], meeting.uid, coming="room") for name in mine)
    )

    assert len([answer for answer in answers if isinstance(answer, Invitation)]) == 1
    assert Invitation.objects.get(meeting=meeting).professional.demo_key in mine


def test_the_same_invitation_and_the_same_plan_sent_at_once_stand_once() -> None:
    world = _house()
    meeting = planned(world)
    nadia = [reading(world, "nadia") for _ in range(4)]
    sitting = Sitting(title="Eens", starts_at=tomorrow())

    _together(
        *(lambda r=r: invitations.invite(r, meeting.uid, [Invitee(agency="POL-MD")]) for r in nadia[:2]),
    )
    made = _together(*(lambda r=r: planning.plan(r, sitting, uid=tomorrow_uid()) for r in nadia[2:]))

    assert Invitation.objects.filter(meeting=meeting).count() == 1
    assert len({found.pk for found in made}) == 1


def tomorrow_uid() -> Any:
    from uuid import UUID

    return UUID("00000000-0000-4000-8000-0000000000aa")
