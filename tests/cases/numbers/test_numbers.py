"""Numbers for the manager: exact for one's own cases, tens for all others, never a difference that tells more."""

from datetime import timedelta
from typing import Any

import pytest

from audit.journal.models import Entry
from cases.models import Case, PhaseChange
from cases.numbers import queries
from cases.plans.models import Action
from cases.records.sealed import SealedFacts
from foundation import clock
from foundation.errors import Refused
from foundation.masks import to_hex
from tests.cases.desk import Api, changing, hat_of, make_case, page, reading
from tests.invariants.world import World

pytestmark = pytest.mark.django_db


def _table(found: queries.Numbers, name: str) -> queries.Table:
    return next(table for table in found.tables if table.name == name)


def _others(n: int, *, phase: str = "plan", first: int = 0) -> None:
    """Cases of which the bureau knows nothing."""
    for number in range(first, first + n):
        make_case(f"N-{number}", live=("POL-MD", "GEM-MD"), phase=phase)


def _numbers(world: World, key: str = "nadia") -> queries.Numbers:
    return queries.numbers(reading(world, key))


def _shown(found: queries.Numbers) -> list[tuple[str, str]]:
    return [(line.code, str(line.whole)) for table in found.tables for line in table.lines]


def test_own_cases_are_counted_exactly_and_only_those(world: World) -> None:
    before = _table(_numbers(world), "phase").own
    make_case("N-own", live=("ZVH-MD", "GEM-MD"), phase="plan")
    _others(3)

    assert _table(_numbers(world), "phase").own == before + 1


def test_fewer_than_ten_cases_of_others_change_nothing_at_all(world: World) -> None:
    _others(1)
    with_one = _shown(_numbers(world))
    _others(8, first=1)

    assert _shown(_numbers(world)) == with_one


def test_the_tenth_case_of_others_shows_as_ten_more_and_the_total_adds_what_is_shown(world: World) -> None:
    _others(9)
    before = _table(_numbers(world), "phase")
    _others(1, first=9)
    after = _table(_numbers(world), "phase")

    def at_least(table: queries.Table) -> list[int]:
        return [line.whole.at_least for line in table.lines if line.whole]

    assert sum(at_least(after)) - sum(at_least(before)) == 10
    assert after.whole is not None
    assert after.whole.at_least == sum(at_least(after))
    assert all(line.whole and line.whole.is_open for line in after.lines)


def test_a_team_leader_sees_her_own_and_nothing_of_the_house(world: World) -> None:
    found = _numbers(world, "anouk")

    assert all(line.whole is None for table in found.tables for line in table.lines)
    assert found.actions.whole is None


@pytest.mark.parametrize("key", ["sanne", "peter", "ineke", "bas", "carla"])
def test_who_manages_nothing_reads_no_numbers(world: World, key: str) -> None:
    with pytest.raises(Refused):
        _numbers(world, key)


def test_a_token_for_one_case_reads_no_numbers(world: World) -> None:
    with pytest.raises(Refused):
        queries.numbers(reading(world, "nadia", case="MW-1"))


def _action(case: Case, world: World, owner: str, *, number: int, state: str = "open", **more: Any) -> None:
    from agreements.models import Agency

    agencies = {agency.code: agency for agency in Agency.objects.filter(code__in=[owner, "ZVH-MD"])}
    Action.objects.create(
        case=case, source=agencies["ZVH-MD"], under=case.covenants, values=SealedFacts.seal({"action_text": "x"}),
        present=to_hex(0), given_at=clock.now(), entered_by=world.people["nadia"], number=number,
        owner_agency=agencies[owner], due_on=clock.today(), state=state, **more,
    )  # fmt: skip


def test_an_agency_counts_the_actions_it_must_do_and_not_those_of_others(world: World) -> None:
    before, house = _numbers(world, "anouk"), _numbers(world).actions.lines[0].whole
    case = make_case("N-act", live=("GEM-MD", "POL-MD", "ZVH-MD"), phase="plan")
    with changing():
        _action(case, world, "GEM-MD", number=1)
        _action(case, world, "GEM-MD", number=2, state="done", settled_at=clock.now())
        _action(case, world, "GEM-MD", number=3, state="partly", settled_at=clock.now() + timedelta(days=3))
        for number in range(4, 9):
            _action(case, world, "POL-MD", number=number)

    after = _numbers(world, "anouk")

    assert after.actions.own == before.actions.own + 3
    assert (after.settled - before.settled, after.on_time - before.on_time) == (2, 1)
    after_all = _numbers(world).actions.lines[0].whole
    assert house is not None
    assert after_all is not None
    assert after_all.is_open
    assert (after_all.at_least - house.at_least) % 10 == 0, "of others only tens are told"


def test_lead_times_are_medians_and_need_ten_cases_of_others(world: World) -> None:
    now = clock.now()

    def went_on(case: Case, days: int) -> None:
        with changing():
            PhaseChange.objects.filter(case=case).delete()
            for phase, starts in (("triage", now - timedelta(days=days)), ("meeting", now)):
                PhaseChange.objects.create(case=case, phase=phase, starts=starts, by=case.lead)

    went_on(make_case("N-mine", live=("ZVH-MD", "GEM-MD"), phase="meeting"), 12)
    for number in range(9):
        went_on(make_case(f"N-t{number}", live=("POL-MD",), phase="meeting"), 28)
    nine = {line.phase: line for line in _numbers(world).lead_times}["triage"]
    went_on(make_case("N-t9", live=("POL-MD",), phase="meeting"), 28)
    ten = {line.phase: line for line in _numbers(world).lead_times}["triage"]

    assert (nine.own_days, nine.n_own, nine.weeks) == (12, 1, None)
    assert ten.weeks == 4


def test_looking_at_the_numbers_is_recorded(world: World) -> None:
    _numbers(world)

    assert Entry.objects.latest("id").event_type == "numbers.read"


def test_the_page_and_the_api_say_the_same(world: World) -> None:
    _others(12)
    text = page(world, "nadia").get("/cijfers/").content.decode()
    answer = Api(world, "nadia", "pga_youth").get("/numbers").json()

    assert answer["caseload"][0]["whole"]["is_open"]
    assert f"minstens {answer['caseload'][0]['whole']['at_least']}" in text
    assert hat_of(world, "nadia").agency.code not in text
