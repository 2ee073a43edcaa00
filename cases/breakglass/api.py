"""The API of this room: what stands and what it opens. Taking break-glass asks for a person with a fresh second factor,
which no access token proves, so it has no operation here.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema

from agreements.parties.api import bearer
from cases.breakglass import events, queries
from cases.casework.schemas import FactOut, fact_out
from cases.disclosure.reading import Reading
from foundation.routes import Shows, route

router = Router(tags=["break-glass"], auth=bearer)


class AllowedOut(Schema):
    """An article that this reader may open: for how many minutes, which fields, of which agencies at most."""

    article: str
    minutes: int
    fields: list[str]
    sources: list[str]


class StandingOut(Schema):
    """An act of this reader that stands, and what it opens now."""

    uid: UUID
    article: str
    since: datetime
    until: datetime
    facts: list[FactOut]


class BreakGlassOut(Schema):
    """Break-glass in a case, for this reader."""

    allowed: list[AllowedOut]
    standing: list[StandingOut]


@router.get("/cases/{number}/break-glass", response=BreakGlassOut, operation_id="case_break_glass")
@route("api:case_break_glass", shows=Shows.CASE_DATA)
def case_break_glass(request: HttpRequest, number: str) -> dict[str, Any]:
    """The articles that allow an act, and what the standing acts of this person open. Taking one is done in Verbond."""
    reading = Reading.begin(request.visit, route="api:case_break_glass", event=events.READ)  # type: ignore[attr-defined]
    found = queries.emergencies(reading, number, None)
    catalogue = reading.policy.catalogue
    return {
        "allowed": [
            {
                "article": item.key, "minutes": item.article.minutes,
                "fields": [field.code for field in catalogue.fields if item.fields >> field.bit & 1],
                "sources": [agency.code for agency in item.sources],
            }
            for item in found.allowed
        ],
        "standing": [
            {
                "uid": shown.standing.uid, "article": str(shown.standing.article.ref), "since": shown.standing.since,
                "until": shown.standing.until,
                "facts": [fact_out(fact) for person in shown.answer.disclosures for fact in person.facts],
            }
            for shown in found.shown
        ],
    }  # fmt: skip
