"""The API of notices: the same queries and commands as the page. Codes of fields, never a value."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema

from agreements.parties.api import bearer
from cases.disclosure.reading import Reading
from cases.notices import commands, events, queries
from foundation.routes import Shows, route

router = Router(tags=["notices"], auth=bearer)


class NoticeOut(Schema):
    """kind: corrected, withdrawn, erased, restricted, released. fields: what the reader had. done_at: dealt with."""

    uid: UUID
    number: str
    kind: str
    source: str
    fields: list[str]
    at: datetime
    done_at: datetime | None


def _reading(request: HttpRequest, name: str, event: str) -> Reading:
    return Reading.begin(request.visit, route=f"api:{name}", event=event)  # type: ignore[attr-defined]


@router.get("/notices", response=list[NoticeOut], operation_id="fact_notices")
@route("api:fact_notices", shows=Shows.CASE_DATA)
def fact_notices(request: HttpRequest) -> Any:
    """What became of facts that the reader had, newest first."""
    return [_out(found) for found in queries.overview(_reading(request, "fact_notices", events.LISTED))]


@router.get("/notices/{uid}", response=NoticeOut, operation_id="fact_notice")
@route("api:fact_notice", shows=Shows.CASE_DATA)
def fact_notice(request: HttpRequest, uid: UUID) -> Any:
    """One notice."""
    return _out(queries.one_notice(_reading(request, "fact_notice", events.READ), uid))


@router.post("/notices/{uid}/done", response={204: None}, operation_id="fact_notice_done")
@route("api:fact_notice_done", shows=Shows.NOTHING)
def fact_notice_done(request: HttpRequest, uid: UUID) -> tuple[int, None]:
    """The own administration was brought in line with it."""
    commands.deal_with(_reading(request, "fact_notice_done", events.SEEN), uid)
    return 204, None


def _out(found: queries.Notice) -> dict[str, Any]:
    names = ("uid", "number", "kind", "source", "at", "done_at")
    return {**{name: getattr(found, name) for name in names}, "fields": list(found.fields)}
