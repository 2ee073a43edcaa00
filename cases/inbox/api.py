"""The API of this room: the same queries and commands as the pages, under the same path of disclosure."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Router

from agreements.parties.api import bearer
from cases.disclosure.reading import Reading
from cases.inbox import commands, events, queries, schemas
from foundation.errors import Invalid
from foundation.routes import Shows, route

router = Router(tags=["inbox"], auth=bearer)


def _reading(request: HttpRequest, name: str, event: str) -> Reading:
    return Reading.begin(request.visit, route=f"api:{name}", event=event)  # type: ignore[attr-defined]


@router.get("/inbox", response=schemas.InboxOut, operation_id="inbox")
@route("api:inbox", shows=Shows.CASE_DATA)
def inbox(request: HttpRequest, after: str = "") -> dict[str, Any]:
    """What waits for the reader, and what changed in their cases since they last looked, as counts."""
    return schemas.inbox_out(queries.inbox(_reading(request, "inbox", events.READ), None, after=after))


@router.post("/inbox/read", response={204: None}, operation_id="inbox_read")
@route("api:inbox_read", shows=Shows.NOTHING)
def inbox_read(request: HttpRequest, body: schemas.ReadIn) -> tuple[int, None]:
    """Mark what changed in these cases as read."""
    reading = _reading(request, "inbox_read", events.MARKED)
    until = _aware(body.until)
    for number in body.cases[:100]:
        commands.mark_read(reading, number, until=until)
    return 204, None


@router.get("/escalations", response=list[schemas.EscalationOut], operation_id="escalation_list")
@route("api:escalation_list", shows=Shows.CASE_DATA)
def escalation_list(request: HttpRequest) -> list[dict[str, Any]]:
    """The escalations of the reader's own agency that they asked or answer, newest first."""
    reading = _reading(request, "escalation_list", events.OPENED)
    return [schemas.escalation_out(found) for found in queries.my_escalations(reading)]


@router.get("/escalations/{uid}", response=schemas.EscalationOut, operation_id="escalation_detail")
@route("api:escalation_detail", shows=Shows.CASE_DATA)
def escalation_detail(request: HttpRequest, uid: UUID) -> dict[str, Any]:
    """One escalation; the look of the leadership, or of the asker at a decision, is noted."""
    reading = _reading(request, "escalation_detail", events.OPENED)
    commands.mark_seen(reading, uid)
    return schemas.escalation_out(queries.one_escalation(reading, uid))


@router.post("/cases/{number}/escalations", response={201: schemas.MadeOut}, operation_id="escalation_add")
@route("api:escalation_add", shows=Shows.NOTHING)
def escalation_add(request: HttpRequest, number: str, body: schemas.EscalationIn) -> tuple[int, Any]:
    """Ask the own leadership for a decision. The same `submission` twice asks once."""
    reading = _reading(request, "escalation_add", events.ASKED)
    made = commands.escalate(
        reading, number, question=body.question, blocked_by=body.blocked_by, submission=body.submission
    )
    return 201, {"uid": made}


@router.post("/escalations/{uid}/decision", response={204: None}, operation_id="escalation_decide")
@route("api:escalation_decide", shows=Shows.NOTHING)
def escalation_decide(request: HttpRequest, uid: UUID, body: schemas.DecisionIn) -> tuple[int, None]:
    """The leadership decides."""
    commands.decide(_reading(request, "escalation_decide", events.DECIDED), uid, words=body.words)
    return 204, None


def _aware(until: datetime | None) -> datetime | None:
    if until is not None and until.tzinfo is None:
        raise Invalid(
            _("Het moment heeft geen tijdzone."), field="until", remedy=_("Schrijf bijvoorbeeld 2026-03-03T14:00:00Z.")
        )
    return until
