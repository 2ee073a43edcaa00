"""The API of retention: the same queries and commands as the pages. Numbers of cases and dates, never a fact."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema

from agreements.parties.api import bearer
from cases.disclosure.reading import Reading
from cases.retention import commands, events, queries
from foundation.routes import Shows, route

router = Router(tags=["retention"], auth=bearer)


class LineOut(Schema):
    """subject: the person, for scope `person`. held: why it must wait. destruction: the one that was begun."""

    number: str
    scope: str
    subject: UUID | None
    ground: str
    article: str
    first: date
    due_on: date
    warning: str
    held: str
    destruction: UUID | None


class ProposalIn(Schema):
    scope: str = "case"
    subject: UUID | None = None


class DestructionOut(Schema):
    uid: UUID
    state: str


class CertificateOut(Schema):
    """certificate: what was destroyed, why and on whose word; hash: SHA-256 of its canonical form (RFC 8785)."""

    uid: UUID
    done_at: datetime
    certificate: dict[str, Any]
    hash: str


class HoldIn(Schema):
    reason: str
    review_on: date


class RenewalIn(Schema):
    subject: UUID


class RenewalOut(Schema):
    uid: UUID
    until: date


class AnswerIn(Schema):
    agrees: bool


def _reading(request: HttpRequest, name: str, event: str) -> Reading:
    return Reading.begin(request.visit, route=f"api:{name}", event=event)  # type: ignore[attr-defined]


@router.get("/retention", response=list[LineOut], operation_id="retention_calendar")
@route("api:retention_calendar", shows=Shows.RULES)
def retention_calendar(request: HttpRequest) -> list[LineOut]:
    """What must be gone within a year, soonest first."""
    found = queries.overview(_reading(request, "retention_calendar", events.READ))
    return [
        LineOut(
            number=line.case.number, scope=line.scope, subject=line.subject, ground=line.ground, article=line.article,
            first=line.first, due_on=line.due_on, warning=line.warning, held=line.held,
            destruction=line.running.uid if line.running else None,
        )
        for line in found.lines
    ]  # fmt: skip


@router.post("/retention/{number}/destructions", response={201: DestructionOut}, operation_id="destruction_propose")
@route("api:destruction_propose", shows=Shows.NOTHING)
def destruction_propose(request: HttpRequest, number: str, body: ProposalIn) -> tuple[int, DestructionOut]:
    """Propose what is due."""
    reading = _reading(request, "destruction_propose", events.PROPOSED)
    made = commands.propose(reading, number, scope=body.scope, subject=body.subject)
    return 201, DestructionOut(uid=made.uid, state=made.state)


@router.post("/retention/destructions/{uid}/approval", response=DestructionOut, operation_id="destruction_approve")
@route("api:destruction_approve", shows=Shows.NOTHING)
def destruction_approve(request: HttpRequest, uid: UUID) -> DestructionOut:
    """The second pair of eyes: another person than who proposed it."""
    found = commands.approve(_reading(request, "destruction_approve", events.APPROVED), uid)
    return DestructionOut(uid=found.uid, state=found.state)


@router.post("/retention/destructions/{uid}/stop", response={204: None}, operation_id="destruction_stop")
@route("api:destruction_stop", shows=Shows.NOTHING)
def destruction_stop(request: HttpRequest, uid: UUID) -> tuple[int, None]:
    """Stop a destruction that was not done yet."""
    commands.stop(_reading(request, "destruction_stop", events.STOPPED), uid)
    return 204, None


@router.get("/retention/destructions/{uid}", response=CertificateOut, operation_id="destruction_certificate")
@route("api:destruction_certificate", shows=Shows.RULES)
def destruction_certificate(request: HttpRequest, uid: UUID) -> Any:
    """The certificate of a destruction that was done."""
    return queries.certificate(_reading(request, "destruction_certificate", events.CERTIFICATE), uid)


@router.post("/retention/{number}/holds", response={204: None}, operation_id="retention_hold")
@route("api:retention_hold", shows=Shows.NOTHING)
def retention_hold(request: HttpRequest, number: str, body: HoldIn) -> tuple[int, None]:
    """Let destruction of a case wait."""
    reading = _reading(request, "retention_hold", events.HOLD_SET)
    commands.set_hold(reading, number, reason=body.reason, review_on=body.review_on)
    return 204, None


@router.delete("/retention/{number}/holds", response={204: None}, operation_id="retention_lift")
@route("api:retention_lift", shows=Shows.NOTHING)
def retention_lift(request: HttpRequest, number: str) -> tuple[int, None]:
    """Lift the holds on a case."""
    commands.lift_hold(_reading(request, "retention_lift", events.HOLD_LIFTED), number)
    return 204, None


@router.post("/retention/{number}/renewals", response={201: RenewalOut}, operation_id="renewal_ask")
@route("api:renewal_ask", shows=Shows.NOTHING)
def renewal_ask(request: HttpRequest, number: str, body: RenewalIn) -> tuple[int, RenewalOut]:
    """Ask every source whether the term of a person may be renewed."""
    made = commands.ask_renewal(_reading(request, "renewal_ask", events.RENEWAL_ASKED), number, body.subject)
    return 201, RenewalOut(uid=made.uid, until=made.until)


@router.post("/retention/renewals/{uid}/answer", response={204: None}, operation_id="renewal_answer")
@route("api:renewal_answer", shows=Shows.NOTHING)
def renewal_answer(request: HttpRequest, uid: UUID, body: AnswerIn) -> tuple[int, None]:
    """A source consents or refuses."""
    commands.answer_renewal(_reading(request, "renewal_answer", events.RENEWAL_ANSWERED), uid, agrees=body.agrees)
    return 204, None
