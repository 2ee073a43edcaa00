"""The API of cards: open to everybody, as the pages are."""

from datetime import date
from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema

from foundation.routes import Shows, route
from programmes.learning.queries import published
from programmes.learning.signed import FIELDS

router = Router(tags=["programmes"])


class LessonOut(Schema):
    """A published card. source: whose card it was made from; "" for one of its own."""

    uid: str
    agency: str
    title: str
    tried: str
    place: str
    area_kind: str
    pillar: str
    costs: str
    effects: str
    outcome: str
    evidence: str
    contact_role: str
    source: str
    published_on: date


@router.get("/lessons", response=list[LessonOut], operation_id="lessons")
@route("api:lessons", shows=Shows.NOTHING, public=True)
def lessons(
    request: HttpRequest, q: str = "", pillar: str = "", evidence: str = "", outcome: str = ""
) -> list[dict[str, Any]]:
    """The published cards with all words of q, the newest first."""
    return [
        {name: getattr(one, name) for name in FIELDS}
        | {"uid": str(one.uid), "agency": one.agency.code, "source": one.source, "published_on": one.published_on}
        for one in published(q=q, pillar=pillar, evidence=evidence, outcome=outcome)
    ]
