"""How states of change agents and decisions about experiments are coloured on pages."""

from programmes.agents.models import AgentState, Decision

STATE_TONES: dict[str, str] = {
    AgentState.ASKED: "",
    AgentState.SCREENED: "info",
    AgentState.ACTIVE: "ok",
    AgentState.RESTING: "warn",
}
DECISION_TONES: dict[str, str] = {Decision.GO_ON: "ok", Decision.STOP: "danger", Decision.SCALE: "ok"}
