"""The API of mediation: results that every party made public."""

from datetime import date
from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema

from foundation.routes import Shows, route
from programmes.mediation import queries

router = Router(tags=["programmes"])


class ResultOut(Schema):
    """A round with a public result. actions: what was done."""

    title: str
    question: str
    parties: list[str]
    diagnosis: str
    actions: list[str]
    agreed_on: date | None
    result: str


@router.get("/programmes/{code}/mediation", response=list[ResultOut], operation_id="programme_mediation")
@route("api:programme_mediation", shows=Shows.RULES, public=True)
def mediation(request: HttpRequest, code: str) -> list[dict[str, Any]]:
    """Results that every party made public; never positions."""
    return [
        {
            "title": one.title, "question": one.question, "parties": [party.name for party in one.parties.all()],
            "diagnosis": one.diagnosis, "actions": [action.words for action in one.actions.all()],
            "agreed_on": one.agreed_on, "result": one.result,
        }
        for one in queries.mediation_page(None, code).public
    ]  # fmt: skip
