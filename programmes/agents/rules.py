"""Which state of a change agent follows. How many there are, is told in tens by pacts.rules.in_tens."""

from collections.abc import Mapping

from programmes.agents.models import AgentState as State

STEPS: Mapping[str, tuple[str, ...]] = {
    State.ASKED: (State.SCREENED, State.RESTING),
    State.SCREENED: (State.ACTIVE, State.RESTING),
    State.ACTIVE: (State.RESTING,),
    State.RESTING: (State.SCREENED, State.ACTIVE),
    State.WITHDRAWN: (),
}
"""From each state, where somebody can go; withdrawing consent is always possible and no step."""


def next_steps(state: str, *, screened: bool) -> tuple[str, ...]:
    """Where somebody can go from here: nobody is active without having been screened, nor is screened twice."""
    closed = State.SCREENED if screened else State.ACTIVE
    return tuple(one for one in STEPS[state] if one != closed)
