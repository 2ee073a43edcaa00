"""The table of steps is complete, and says in words who may take each and what to do otherwise."""

import re
from itertools import product
from pathlib import Path

import pytest

from agreements.joining.events import EVENT_TYPES
from agreements.joining.steps import RULES, Place, Step, why_not

ROOM = Path(__file__).resolve().parents[3] / "agreements" / "joining"
SIGNS = frozenset({"signatory"})
PARTY = Place(roles=SIGNS, capacity="controller", offered="controller", rules=True)


def _links() -> set[tuple[str, str, str]]:
    return {(link.code, str(link.sentence), str(link.remedy)) for rule in RULES.values() for link in rule.links}


def test_every_step_has_a_rule_with_who_and_why() -> None:
    assert set(RULES) == set(Step)
    assert all(str(rule.who) and rule.links for rule in RULES.values())
    assert all(sentence.endswith(".") and remedy.endswith(".") for _code, sentence, remedy in _links())
    codes = [code for code, _sentence, _remedy in _links()]
    assert len(codes) == len(set(codes))


@pytest.mark.parametrize("step", Step)
def test_who_has_no_role_takes_no_step(step: Step) -> None:
    for capacity, more in product(("", "controller", "participant", "bureau"), (False, True)):
        place = Place(
            roles=frozenset({"professional", "legal_counsel"} if step is not Step.REMIND else {"professional"}),
            capacity=capacity, offered="controller", rules=True, suspended=more, suspender=more, contact_point=more,
            leaves=more, motion_open=True, asker=True, needed=True, complete=True,
        )  # fmt: skip
        assert why_not(step, place) is not None


@pytest.mark.parametrize("step", [step for step in Step if step is not Step.REMIND])
def test_every_step_but_a_reminder_asks_for_a_strong_sign_in(step: Step) -> None:
    assert RULES[step].strong
    assert not RULES[Step.REMIND].strong


@pytest.mark.parametrize("capacity", ["participant", "third_party", "bureau"])
@pytest.mark.parametrize("step", [Step.SUSPEND, Step.END])
def test_only_a_controller_suspends_or_proposes_to_end(step: Step, capacity: str) -> None:
    place = Place(roles=SIGNS, capacity=capacity, rules=True)

    assert why_not(step, place).code == "not_a_controller"
    assert why_not(step, PARTY) is None


def test_what_is_said_is_the_first_condition_that_does_not_hold() -> None:
    assert why_not(Step.WITHDRAW, Place(roles=frozenset())).code == "not_a_signatory"
    assert why_not(Step.WITHDRAW, Place(roles=SIGNS)).code == "not_in_force"
    assert why_not(Step.WITHDRAW, Place(roles=SIGNS, rules=True)).code == "not_a_party"


def test_every_event_that_this_room_journals_has_a_name_and_no_other() -> None:
    texts = [path.read_text() for path in [*(ROOM / "commands").glob("*.py"), ROOM / "reminders.py"]]
    written = {code for text in texts for code in re.findall(r'"((?:motion|step|reminder)\.[a-z_]+)"', text)}

    assert written == set(EVENT_TYPES)
