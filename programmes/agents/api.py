"""The API of change agents and experiments: a number for everybody, persons for who may know them."""

from datetime import date
from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema

from agreements.parties.api import bearer
from foundation.routes import Shows, route
from programmes.agents import events, queries
from programmes.plans.rights import programme_for

router = Router(tags=["programmes"])


class CountOut(Schema):
    """active: how many change agents are active, in whole tens; null for too few to tell."""

    active: int | None


class AgentOut(Schema):
    """A change agent, for the contact officer and who leads. pay: none, allowance, hours or job."""

    uid: str
    area: str
    state: str
    since: date
    consent_on: date
    officer: str
    name: str
    contact: str
    languages: str
    network: str
    training: str
    pay: str


class ExperimentOut(Schema):
    """An experiment, for partners; never whose it is. decision: go_on, stop, scale, or "" while it runs."""

    uid: str
    area: str
    niche: str
    hypothesis: str
    measure: str
    starts_on: date
    until_on: date
    ended_on: date | None
    outcome: str
    result: str
    learned: str
    decision: str
    reason: str


_OF_EXPERIMENT = (
    "niche", "hypothesis", "measure", "starts_on", "until_on", "ended_on", "outcome", "result", "learned", "decision",
    "reason",
)  # fmt: skip


@router.get("/programmes/{code}/agents", response=CountOut, operation_id="programme_agents")
@route("api:programme_agents", shows=Shows.RULES, public=True)
def agents(request: HttpRequest, code: str) -> dict[str, Any]:
    """How many change agents are active."""
    return {"active": queries.told_of(programme_for(None, code))}


@router.get(
    "/programmes/{code}/change-agents", response=list[AgentOut], operation_id="change_agents", auth=bearer
)  # fmt: skip
@route("api:change_agents", shows=Shows.RULES)
def change_agents(request: HttpRequest, code: str) -> list[dict[str, Any]]:
    """Those whom the reader may know; each is journalled."""
    visit = request.visit  # type: ignore[attr-defined]
    return [
        {
            "uid": str(one.agent.uid), "area": one.agent.area.code, "state": one.agent.state, "since": one.agent.since,
            "consent_on": one.agent.consent_on, "officer": one.officer,
        }
        | {name: getattr(one.person, name) for name in ("name", "contact", "languages", "network", "training", "pay")}
        for one in queries.known_agents(visit, code)
    ]  # fmt: skip


@router.get(
    "/programmes/{code}/experiments", response=list[ExperimentOut], operation_id="programme_experiments", auth=bearer
)  # fmt: skip
@route("api:programme_experiments", shows=Shows.RULES)
def experiments(request: HttpRequest, code: str) -> list[dict[str, Any]]:
    """The experiments of a programme, for partners."""
    visit = request.visit  # type: ignore[attr-defined]
    return [
        {"uid": str(one.uid), "area": one.area.code} | {name: getattr(one, name) for name in _OF_EXPERIMENT}
        for one in queries.experiments_of(visit, code, event=events.EXPERIMENT)
    ]
