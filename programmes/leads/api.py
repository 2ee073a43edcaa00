"""The API about who leads: open to everybody, as the page is."""

from datetime import date
from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema

from foundation.routes import Shows, route
from programmes.leads import queries

router = Router(tags=["programmes"])


class LeadOut(Schema):
    """An agency as lead. state: accepted, replaced or proposed; since: null while proposed."""

    agency: str
    why: str
    state: str
    since: date | None
    until: date | None


@router.get("/programmes/{code}/lead", response=list[LeadOut], operation_id="programme_lead")
@route("api:programme_lead", shows=Shows.RULES, public=True)
def lead(request: HttpRequest, code: str) -> list[dict[str, Any]]:
    """Who leads now, who led before, and who is proposed."""
    page = queries.lead_page(None, code)
    now = page.programme
    rows = [*page.former, *([page.proposed] if page.proposed else [])]
    return [
        {"agency": now.lead.code, "why": now.lead_why, "state": "accepted", "since": now.lead_since, "until": None},
        *(
            {"agency": one.agency.code, "why": one.why, "state": one.state, "since": one.since, "until": one.until}
            for one in rows
        ),
    ]
