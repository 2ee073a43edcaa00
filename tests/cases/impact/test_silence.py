"""Counts tell nobody what they may not know: exact where the agency knows, whole tens where it does not."""

from random import Random
from typing import Any

import pytest
import time_machine

from agreements.covenants.tabs import WITHOUT_CASES
from agreements.drafting.rights import READERS
from agreements.models import Agency
from agreements.parties.rules import Role
from agreements.policy.compile import compile_policy
from cases.disclosure.visibility import CASE_ROLES
from cases.impact.commands import start_run
from cases.impact.models import ImpactRun
from cases.impact.queries import impact
from cases.impact.scope import scope_of
from cases.impact.shown import Bound, PartnerLine, Shown, shown
from foundation import clock
from tests.cases.desk import give, make_case, page, visit
from tests.cases.impact.caseload import agencies
from tests.cases.impact.offered import KEY, offer
from tests.invariants.rewriting import rewrite
from tests.invariants.test_06_silence import VOLATILE
from tests.invariants.world import Marker, World
from tests.policy.strategies import AGENCIES, CATALOGUE, COVENANTS, MOMENTS, Dice

pytestmark = pytest.mark.django_db
PURPOSES = ("pga_youth", "pga_adult", "prevent_eviction", "aftercare_detention", "youth_school", "area_safety")


def partner(counts: Shown, code: str) -> PartnerLine:
    return next(line for line in counts.partners if line.code == code)


def counted(world: World, key: str, subject: str = KEY) -> Shown:
    ImpactRun.objects.all().delete()
    start_run(visit(world, key), subject, route="test")
    found = impact(visit(world, key), subject, route="test").counts
    assert found is not None
    return found


def many(
    world: World, number: int, *, first: int = 0, live: tuple[str, ...] = ("POL-MD", "SOC-WATERKANT", "ZVH-MD")
) -> None:
    """So many cases in which the police gave one incident, and the municipality takes no part."""
    for n in range(first, first + number):
        give(world, make_case(f"T-{n}", live=live), "POL-MD", police_incident="Ruzie")


def incident(counts: Shown, code: str, way: str = "gain") -> Bound:
    return next(line.facts for line in getattr(partner(counts, code), way).fields if line.code == "police_incident")


def test_what_an_agency_gave_itself_is_counted_exactly(world: World, db: None) -> None:
    offer(police="OM, GEM, ZVH, RCL, RVK, JB, VT, DJI, SOC")
    before = incident(counted(world, "hilde"), "SOC-WATERKANT")
    many(world, 3)

    after = incident(counted(world, "hilde"), "SOC-WATERKANT")

    assert not after.is_open
    assert after.at_least == before.at_least + 3


def test_what_an_agency_loses_itself_is_counted_exactly(world: World, db: None) -> None:
    offer(police="OM, ZVH, RCL, RVK, JB, VT, DJI")

    loss = partner(counted(world, "carla"), "GEM-MD").loss

    assert loss.facts.at_least > 10
    assert not loss.facts.is_open
    assert not loss.cases.is_open
    assert loss.articles == ("6.1",)


def test_what_an_agency_does_not_know_is_shown_in_tens_and_never_below_ten(world: World, db: None) -> None:
    offer(police="OM, GEM, ZVH, RCL, RVK, JB, VT, DJI, SOC")
    known = incident(counted(world, "carla"), "SOC-WATERKANT").at_least
    shown_at = {}
    for number in range(1, 13):
        many(world, 1, first=number)
        shown_at[number] = incident(counted(world, "carla"), "SOC-WATERKANT")

    assert {shown_at[n].at_least for n in range(1, 10)} == {known}
    assert {shown_at[n].at_least for n in range(10, 13)} == {known + 10}
    assert all(found.is_open for found in shown_at.values())


def test_what_an_agency_would_gain_itself_is_shown_in_tens(world: World, db: None) -> None:
    offer(support="ZVH, GEM, SOC, RCL, JB, RVK, VT, GGZ, POL")
    live = ("POL-MD", "SOC-WATERKANT", "ZVH-MD")
    for n in range(12):
        give(world, make_case(f"T-{n}", live=live), "SOC-WATERKANT", debt_problem="ja")

    gain = partner(counted(world, "hilde"), "POL-MD").gain
    debt = next(line for line in gain.fields if line.code == "debt_problem")

    assert debt.facts.is_open
    assert debt.facts.at_least % 10 == 0
    assert debt.facts.at_least >= 10


def test_a_partner_for_whom_no_rule_changes_surely_keeps_all(world: World, db: None) -> None:
    offer(police="OM, ZVH, RCL, RVK, JB, VT, DJI")

    line = partner(counted(world, "carla"), "OM-MD")

    assert line.loss.facts.is_nothing
    assert line.gain.facts.is_nothing


@pytest.mark.parametrize("key", ["hilde", "dirk", "ruben"])
def test_facts_that_an_agency_may_not_know_of_leave_no_trace_on_the_page(world: World, db: None, key: str) -> None:
    """Two stores that differ only in facts withheld from the police: the same bytes."""
    offer(police="OM, ZVH, RVK, JB, DJI, SOC, GGZ", support="ZVH, SOC, JB, RVK, VT, GGZ, POL, OM")
    police = Agency.objects.get(code="POL-MD")
    withheld = _withheld(world, police)
    assert len(withheld) > 50

    with time_machine.travel(clock.now(), tick=False):
        before, raw = _page(world, key)
        rewrite(world, withheld, "absent", reader=police)
        after, other = _page(world, key)

    assert raw != other, "a change that no count would notice tests nothing"
    assert before == after


def _withheld(world: World, agency: Agency) -> set[Marker]:
    """The markers that nobody of the agency may see or hear of in any role for any purpose, and it did not give."""
    found = set()
    involved = {number: world.involved(number, agency) for number in world.cases}
    for marker in world.markers:
        if str(marker.value).startswith("extract:") or marker.source == agency.code or marker.in_room:
            continue
        grades = {
            world.expected(marker, agency=agency, roles=frozenset({role}), purpose=purpose, involved=True)
            for role in (CASE_ROLES if involved[marker.case] else ())
            for purpose in PURPOSES
        }
        if grades <= {"silent"}:
            found.add(marker)
    return found


def _page(world: World, key: str) -> tuple[str, Any]:
    ImpactRun.objects.all().delete()
    run = start_run(visit(world, "hilde"), KEY, route="test")
    text = page(world, key).get(f"/convenanten/bekijk/{KEY}/gevolgen/").content.decode()
    assert "Per partner" in text
    for volatile in VOLATILE:
        text = volatile.sub("", text)
    return text, run.result


# --- the rule by itself, on random rules and numbers -----------------------------------------------------------


@pytest.mark.parametrize("seed", range(12))
def test_numbers_that_differ_within_the_same_ten_look_the_same(db: None, seed: int) -> None:
    agencies()
    dice = Dice(seed)
    versions = dice.world(4).versions
    after = [t if t.document.code != COVENANTS[0] else dice.terms(COVENANTS[0], 2, 4) for t in versions]
    policies = [compile_policy(CATALOGUE, terms) for terms in (versions, after)]
    scope = scope_of(*policies, code=COVENANTS[0], at=MOMENTS[2], agencies=AGENCIES)
    one = _numbers(Random(seed), scope)
    other = _shaken(Random(seed + 1), one)

    looks = [shown(n, scope, observer="GEM-A", partners=(), catalogue=CATALOGUE) for n in (one, other)]

    assert looks[0] == looks[1]
    for line in looks[0].partners:
        for way in (line.loss, line.gain):
            assert way.facts.at_least == sum(field.facts.at_least for field in way.fields)


def _numbers(dice: Random, scope: Any) -> dict[str, Any]:
    """Any counts that the rules allow; where all is known by rule, nothing is unknown."""
    found: dict[str, Any] = {}
    for code, ways in scope.reaches.items():
        for way, reach in ways.items():
            cells = {}
            for bit in reach.articles:
                sure = (code == "GEM-A" and way == "loss") or reach.givers[bit] <= {"GEM-A"}
                others = 0 if sure else dice.randint(0, 40)
                cells[CATALOGUE.by_bit[bit].code] = [dice.randint(0, 30), dice.randint(0, 9), others, others // 2]
            if cells:
                known = max(cell[1] for cell in cells.values())
                found.setdefault(code, {})[way] = {"known_cases": known, "fields": cells}
    return {"n_cases": 25, "n_known": 3, "recipients": found}


def _shaken(dice: Random, numbers: dict[str, Any]) -> dict[str, Any]:
    """Other counts of what is not known, each within its ten; what has none may have some and the other way round."""
    shaken = {
        code: {
            way: {
                **part,
                "fields": {
                    field: [
                        *cell[:2],
                        *(10 * (n // 10) + (dice.randint(0, 9) if any(cell[2:]) else 0) for n in cell[2:]),
                    ]
                    for field, cell in part["fields"].items()
                },
            }
            for way, part in ways.items()
        }
        for code, ways in numbers["recipients"].items()
    }
    return {**numbers, "n_cases": 29, "recipients": shaken}


def test_the_tab_is_there_for_exactly_the_roles_that_may_read_it() -> None:
    assert frozenset(Role.values) - WITHOUT_CASES == READERS | CASE_ROLES
