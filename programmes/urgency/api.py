"""The API of urgency: tranches and their outcome, for everybody."""

from datetime import date
from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema

from foundation.routes import Shows, route
from programmes.urgency import queries
from programmes.urgency.models import Tranche, UrgencyCase

router = Router(tags=["programmes"])


class TrancheLine(Schema):
    """A tranche in the list. board, assessor: codes of agencies."""

    code: str
    state: str
    places: int
    board: str
    assessor: str
    criteria_version: str
    closes_on: date
    decided_on: date | None


class OutcomeOut(Schema):
    """A neighbourhood with the outcome, its reason, the assessor's mark and who supported it."""

    area: str
    agency: str
    outcome: str
    reason: str
    score: int | None
    supporters: list[str]


class TrancheOut(TrancheLine):
    """One tranche; motivation and outcomes once it is decided."""

    criteria: list[str]
    motivation: str
    outcomes: list[OutcomeOut]


@router.get("/tranches", response=list[TrancheLine], operation_id="tranches")
@route("api:tranches", shows=Shows.NOTHING, public=True)
def tranches(request: HttpRequest) -> list[dict[str, Any]]:
    """All tranches, the newest first."""
    return [_line(one) for one in queries.tranches()]


@router.get("/tranches/{code}", response=TrancheOut, operation_id="tranche")
@route("api:tranche", shows=Shows.NOTHING, public=True)
def tranche(request: HttpRequest, code: str) -> dict[str, Any]:
    """One tranche with its outcome, as far as it is public."""
    page = queries.tranche_page(None, code)
    return _line(page.tranche) | {
        "criteria": list(page.tranche.criteria_list), "motivation": page.tranche.motivation,
        "outcomes": [_outcome(one) for one in (*page.chosen, *page.not_yet)],
    }  # fmt: skip


def _line(one: Tranche) -> dict[str, Any]:
    return {
        "code": one.code, "state": one.state, "places": one.places, "board": one.board.code,
        "assessor": one.assessor.code, "criteria_version": one.criteria_version, "closes_on": one.closes_on,
        "decided_on": one.decided_on,
    }  # fmt: skip


def _outcome(one: UrgencyCase) -> dict[str, Any]:
    return {
        "area": one.area.code, "agency": one.agency.code, "outcome": one.state, "reason": one.reason,
        "score": one.score, "supporters": [row.agency.code for row in one.supports.all() if row.given_on],
    }  # fmt: skip
