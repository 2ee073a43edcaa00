"""One case from a resident's signal to aftercare, as nine people, through the pages alone.

A resident reports on a phone; the municipality passes it on; the director brings it through triage and opens it; six
agencies work and meet, the school joins halfway and leaves again; the plan runs into aftercare; the privacy officer
reads back who did what. On an installation of its own: a whole case comes into being here.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser import walk_intake, walk_meeting, walk_plan, walk_together
from tests.browser.conftest import Visitor, flawless
from tests.browser.installation import Installation
from tests.browser.test_faces import PHONE
from tests.browser.walk import RESIDENT, WALL, Walk

pytestmark = pytest.mark.browser
expect.set_options(timeout=20_000)


@pytest.fixture(scope="module")
def installation(new_folder: Callable[[], Path]) -> Iterator[Installation]:
    with flawless(new_folder()) as running:
        yield running


@pytest.fixture
def walk(visit: Callable[..., Visitor]) -> Walk:
    return Walk(visit=visit, sizes={RESIDENT: PHONE, "anouk": PHONE, "nadia:muur": WALL})


def test_a_case_goes_from_a_residents_signal_to_aftercare(walk: Walk) -> None:
    walk_intake.reports(walk)
    signal = walk_intake.takes_over(walk)
    walk_intake.starts_triage(walk, signal)
    walk_intake.asks_who_knows(walk)
    walk_intake.answers_blind(walk)
    walk_intake.weighs(walk)
    walk_intake.admits(walk)
    walk_intake.opens(walk)

    walk_together.give_what_they_know(walk)
    walk_together.asks_the_police(walk)
    walk_together.leave_a_note(walk)
    walk_together.escalates(walk)

    walk_meeting.plans_and_invites(walk)
    walk_meeting.answer_and_prepare(walk)
    walk_meeting.begins(walk)
    walk_meeting.comes_and_goes(walk)
    walk_meeting.decide_and_dissent(walk)
    walk_meeting.leaves_and_ends(walk)
    walk_meeting.read_the_minutes(walk)

    walk_plan.makes_a_plan(walk)
    walk_plan.measures(walk, "Start", 2)
    walk_plan.the_school_settles(walk)
    walk_plan.goes_to_monitoring(walk)
    walk_plan.measures(walk, "Einde", 4)
    walk_plan.goes_to_aftercare(walk)
    walk_plan.the_officer_reads_the_journal(walk)
