"""The API of the pulse, for partners with a token: what the page shows."""

from datetime import date
from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema

from agreements.parties.api import bearer
from foundation.routes import Shows, route
from programmes.pulse import commands, events, queries

router = Router(tags=["programmes"])


class ScoreOut(Schema):
    """A mean score. partner: "" for all that is shown together; mean, n: null where too few people answered."""

    quarter: str
    criterion: str
    partner: str
    mean: float | None
    n: int | None


class PointOut(Schema):
    """A point of the agenda. how: empty until it is settled."""

    uid: str
    quarter: str
    criterion: str
    where: str
    owner: str
    how: str
    settled_on: date | None


class PulseOut(Schema):
    """The pulse of a programme over the quarters that ended."""

    scores: list[ScoreOut]
    agenda: list[PointOut]


@router.get("/programmes/{code}/pulse", response=PulseOut, operation_id="programme_pulse", auth=bearer)
@route("api:programme_pulse", shows=Shows.NOTHING)
def pulse(request: HttpRequest, code: str) -> dict[str, Any]:
    """The scores and the agenda, for partners."""
    visit = request.visit  # type: ignore[attr-defined]
    page = queries.pulse_page(visit, commands.partner_in(visit, code, event=events.READ))
    lines = [*page.totals, *(line for _name, lines in page.partners for line in lines)]
    return {
        "scores": [
            {
                "quarter": one.quarter.code, "criterion": line.criterion, "partner": line.name, "mean": one.mean,
                "n": one.n,
            }
            for line in lines for one in line.scores
        ],
        "agenda": [
            {
                "uid": str(one.uid), "quarter": f"{one.year}-{one.quarter}", "criterion": one.criterion,
                "where": one.where, "owner": one.owner, "how": one.how, "settled_on": one.settled_on,
            }
            for one in page.points
        ],
    }  # fmt: skip
