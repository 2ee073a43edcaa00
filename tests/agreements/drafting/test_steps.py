"""Every step by every role from every state: who may, from where, to where. And that the table itself is whole."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from agreements.drafting import commands, queries
from agreements.drafting.errors import StepRefused
from agreements.drafting.models import Draft, DraftState
from agreements.drafting.steps import ENDS, MOVES, Step, moves_from
from agreements.parties.rules import Role
from foundation.errors import Invalid, NotFound, Refused
from tests.agreements.drafting import world
from tests.agreements.drafting.world import visit

COMMANDS: dict[Step, Callable[..., Draft]] = {
    Step.OPEN_CONSULTATION: commands.open_consultation,
    Step.BACK_TO_DRAFT: commands.back_to_draft,
    Step.PUT_UP: commands.put_up_for_signature,
    Step.TAKE_BACK: commands.take_back,
    Step.DROP: commands.drop,
}
WITH_REASON = {Step.TAKE_BACK, Step.DROP}
# The law of this room, written out once more: from, step, to, roles of the owner.
LAW = {
    ("draft", "open_consultation"): ("consultation", {"legal_counsel"}),
    ("draft", "drop"): ("dropped", {"legal_counsel"}),
    ("consultation", "back_to_draft"): ("draft", {"legal_counsel"}),
    ("consultation", "put_up_for_signature"): ("for_signature", {"legal_counsel"}),
    ("consultation", "drop"): ("dropped", {"legal_counsel"}),
    ("for_signature", "take_back"): ("consultation", {"legal_counsel", "signatory"}),
}


@dataclass(frozen=True)
class Who:
    """Somebody with one role at the owner, at another party, or at an agency that is none."""

    where: str
    role: str

    def visit(self) -> Any:
        return visit({"owner": "lieke", "party": "hilde", "stranger": "karin"}[self.where], self.role)


WHO = [Who(where, role) for where in ("owner", "party", "stranger") for role in Role.values]
READERS = {"legal_counsel", "signatory", "privacy_officer"}
SHARED = {"consultation", "for_signature", "adopted"}


def _reads(who: Who, state: str) -> bool:
    at_home = who.where == "owner" or (who.where == "party" and state in SHARED)
    return who.role in READERS and at_home


def test_the_table_of_steps_is_the_law() -> None:
    made = {(at.value, step.value): (move.to.value, set(move.roles)) for (at, step), move in MOVES.items()}

    assert made == LAW


def test_from_every_state_a_step_leads_on_except_from_the_two_ends() -> None:
    assert {state for state in DraftState if not moves_from(state)} == ENDS
    assert {step for _at, step in MOVES} == set(Step)
    assert {move.to for move in MOVES.values()} | {DraftState.DRAFT, DraftState.ADOPTED} == set(DraftState)


def test_no_step_leads_where_it_began() -> None:
    assert not [at for (at, _step), move in MOVES.items() if move.to == at]


@pytest.mark.parametrize("state", DraftState.values)
def test_every_step_by_every_role_from_this_state(state: str) -> None:
    draft = world.in_state(state)
    for step in Step:
        for who in WHO:
            if (state, step.value) in LAW and who.where == "owner" and who.role in LAW[state, step.value][1]:
                continue
            _is_refused(draft, state, step, who)
    assert world.reread(draft).revision == draft.revision
    assert world.state(draft) == state


def _is_refused(draft: Draft, state: str, step: Step, who: Who) -> None:
    reason = {"reason": "omdat het kan"} if step in WITH_REASON else {}
    somewhere = {role for (_at, name), (_to, roles) in LAW.items() if name == step.value for role in roles}
    expected: type[Exception] = StepRefused
    if not _reads(who, state):
        expected = NotFound
    elif who.where != "owner" or who.role not in somewhere:
        expected = Refused
    with pytest.raises(expected) as refused:
        COMMANDS[step](who.visit(), draft.uid, **reason)
    assert type(refused.value) is expected, f"{step} from {state} by {who}"
    assert refused.value.sentence
    assert refused.value.remedy


_MAY = sorted((at, step, role) for (at, step), (_to, roles) in LAW.items() for role in roles)


@pytest.mark.parametrize(("state", "step", "role"), _MAY)
def test_who_may_takes_the_step_and_it_leads_where_the_law_says(state: str, step: str, role: str) -> None:
    draft = world.in_state(state)
    reason = {"reason": "omdat het kan"} if Step(step) in WITH_REASON else {}

    done = COMMANDS[Step(step)](visit("lieke", role), draft.uid, **reason)

    assert done.state == world.state(draft) == LAW[state, step][0]


@pytest.mark.parametrize("step", [Step.TAKE_BACK, Step.DROP])
def test_what_others_are_told_has_a_reason(step: Step) -> None:
    draft = world.in_state("for_signature" if step is Step.TAKE_BACK else "consultation")

    with pytest.raises(Invalid, match="reden") as refused:
        COMMANDS[step](world.lieke(), draft.uid, reason="  ")

    assert refused.value.field == "reason"


def test_pages_show_the_steps_of_the_state_and_who_may_take_them() -> None:
    draft = world.in_state("for_signature")

    steps = {key: queries.draft_page(visit(key, role), draft.uid).steps for key, role in _SEEN_BY.items()}

    assert [(step.code, step.by_role, step.allowed) for step in steps["lieke"]] == [("take_back", True, True)]
    assert [(step.code, step.by_role, step.allowed) for step in steps["hilde"]] == [("take_back", False, False)]


_SEEN_BY = {"lieke": "signatory", "hilde": "signatory"}


def test_nobody_is_consulted_before_there_are_parties() -> None:
    draft = world.start(parties={"GEM-MD": "controller"})

    with pytest.raises(StepRefused, match="kies eerst de andere partijen"):
        commands.open_consultation(world.lieke(), draft.uid)


def test_a_dropped_draft_is_read_by_its_owner_only() -> None:
    draft = world.in_state("dropped")

    assert queries.draft_page(world.lieke(), draft.uid).state == "dropped"
    with pytest.raises(NotFound):
        queries.draft_page(visit("hilde"), draft.uid)
