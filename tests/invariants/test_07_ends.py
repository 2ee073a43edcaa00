"""Invariant 7: from the moment a covenant, a party or a participation ends, no page or operation gives its facts."""

from datetime import timedelta

import pytest
import time_machine

from agreements.models import Covenant, Party
from audit.journal.appender import append
from audit.journal.scope import write_scope
from cases.models import Participation
from foundation import clock
from tests.cases.desk import changing_rules
from tests.invariants.crawl import get, sign_in
from tests.invariants.world import World, _entry

pytestmark = pytest.mark.django_db


def test_the_last_second_of_a_covenant_shows_and_the_next_does_not(world: World) -> None:
    from agreements.covenants.in_force import current_policy

    edges = sorted(current_policy().index.edges["HAV-GEBIED"])
    ends = next(edge for edge in edges if edge > clock.now())
    client = sign_in(world.people["ruben"])

    with time_machine.travel(ends - timedelta(seconds=1), tick=False):
        before = get(world, sign_in(world.people["ruben"]), "/casus/MW-3/")
    with time_machine.travel(ends, tick=False):
        after = get(world, sign_in(world.people["ruben"]), "/casus/MW-3/")

    assert [m for m in before.markers if m.source != "POL-MD"]
    assert [m for m in after.markers if m.source != "POL-MD"] == []
    assert client is not None


def test_a_school_that_withdrew_keeps_only_its_own_facts(world: World) -> None:
    with changing_rules():
        Party.objects.filter(covenant=Covenant.objects.get(code="JS-MD"), agency__code="OND-BAKEN").update(
            ends=clock.now() - timedelta(seconds=1)
        )
    seen = get(world, sign_in(world.people["peter"]), "/casus/MW-1/")

    assert {marker.source for marker in seen.markers} <= {"OND-BAKEN"}


def test_a_participation_that_ended_closes_the_case(world: World) -> None:
    with write_scope(reason="left"):
        Participation.objects.filter(case__number="MW-1", agency__code="GEM-MD").update(
            ends=clock.now() - timedelta(seconds=1)
        )
        append([_entry()])
    seen = get(world, sign_in(world.people["sanne"]), "/casus/MW-1/")

    assert seen.status == 404
    assert seen.markers == ()
