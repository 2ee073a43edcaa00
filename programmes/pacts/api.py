"""The API of pacts: for everybody what was released, for parties with a token how each pledge stands today."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema

from agreements.parties.api import bearer
from foundation.routes import Shows, route
from programmes.pacts import queries
from programmes.pacts.queries import PledgeLine
from programmes.pacts.rights import party_of

router = Router(tags=["programmes"])


class PledgeOut(Schema):
    """A pledge as everybody may know it. standing: "" until the board released it; delivered: null likewise, and for a
    number about too few people."""

    agency: str
    article: str
    kind: str
    promise: str
    quantity: Decimal
    unit: str
    measure: str
    starts_on: date
    due_on: date
    standing: str
    delivered: Decimal | None


class OwnPledgeOut(PledgeOut):
    """A pledge as parties know it, today. owner: who answers for it."""

    uid: str
    owner: str
    reason: str
    days_late: int


class PactOut(Schema):
    """The pact in force: its covenant and version; parties by code."""

    covenant: str
    version: int
    evaluation_on: date | None
    parties: list[str]
    pledges: list[PledgeOut]


@router.get("/programmes/{code}/pact", response=PactOut, operation_id="programme_pact")
@route("api:programme_pact", shows=Shows.RULES, public=True)
def pact(request: HttpRequest, code: str) -> dict[str, Any]:
    """The pact with its pledges, as far as the board released them."""
    page = queries.pact_page(None, code)
    found = page.pact
    return {
        "covenant": found.covenant.code if found else "", "version": found.version.number if found else 0,
        "evaluation_on": page.programme.evaluation_on,
        "parties": [one.agency.code for one in found.parties] if found else [],
        "pledges": [_line(one) for one in page.pledges],
    }  # fmt: skip


@router.get("/programmes/{code}/pledges", response=list[OwnPledgeOut], operation_id="pledges", auth=bearer)
@route("api:pledges", shows=Shows.RULES)
def pledges(request: HttpRequest, code: str) -> list[dict[str, Any]]:
    """All pledges as they stand today, for parties to the pact."""
    visit = request.visit  # type: ignore[attr-defined]
    party_of(visit, code)
    return [
        _line(one) | {"uid": one.uid, "owner": one.owner, "reason": one.reason, "days_late": one.days_late}
        for one in queries.pact_page(visit, code).pledges
    ]


def _line(one: PledgeLine) -> dict[str, Any]:
    return {
        "agency": one.agency_code, "article": one.article, "kind": one.kind, "promise": one.promise,
        "quantity": one.quantity, "unit": one.unit, "measure": one.measure, "starts_on": one.starts_on,
        "due_on": one.due_on, "standing": one.standing, "delivered": one.delivered if one.standing else None,
    }  # fmt: skip
