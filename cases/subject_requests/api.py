"""The API of requests of persons concerned: the same queries and commands as the pages."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Router

from agreements.parties.api import bearer
from cases.disclosure.reading import Reading
from cases.subject_requests import commands, events, packs, pages, queries, schemas
from foundation.routes import Shows, route

router = Router(tags=["subject requests"], auth=bearer)
_ONE = "/subject-requests/{uid}"
_SHEET = f"{_ONE}/sheet"


def _reading(request: HttpRequest, name: str, event: str) -> Reading:
    return Reading.begin(request.visit, route=f"api:{name}", event=event)  # type: ignore[attr-defined]


@router.get("/subject-requests", response=list[schemas.RequestLineOut], operation_id="subject_requests")
@route("api:subject_requests", shows=Shows.OWN_ACCOUNT)
def subject_requests(request: HttpRequest) -> list[schemas.RequestLineOut]:
    """Requests that the own agency took in or must decide on, by term."""
    found = queries.overview(_reading(request, "subject_requests", events.LISTED))
    return [schemas.line_out(line) for line in found]


@router.post("/subject-requests", response={201: schemas.StepOut}, operation_id="subject_receive")
@route("api:subject_receive", shows=Shows.NOTHING)
def subject_receive(request: HttpRequest, body: schemas.ReceiveIn) -> tuple[int, Any]:
    """Take a request in; the term runs from received_on."""
    made = commands.receive(_reading(request, "subject_receive", events.RECEIVED), **body.dict())
    return 201, schemas.step_out(made)


@router.get("/subject-requests/register", response=list[schemas.WithheldOut], operation_id="subject_register")
@route("api:subject_register", shows=Shows.OWN_ACCOUNT)
def subject_register(request: HttpRequest) -> list[schemas.WithheldOut]:
    """What the own agency withheld, and why."""
    found = queries.register(_reading(request, "subject_register", events.REGISTER))
    return [schemas.withheld_out(line) for line in found]


@router.get(_ONE, response=schemas.RequestOut, operation_id="subject_request")
@route("api:subject_request", shows=Shows.OWN_ACCOUNT)
def subject_request(request: HttpRequest, uid: UUID) -> schemas.RequestOut:
    """A request that the own agency took in."""
    return schemas.request_out(queries.read_request(_reading(request, "subject_request", events.READ), uid))


@router.post(f"{_ONE}/identity", response=schemas.StepOut, operation_id="subject_identify")
@route("api:subject_identify", shows=Shows.NOTHING)
def subject_identify(request: HttpRequest, uid: UUID, body: schemas.IdentityIn) -> Any:
    """Record how it was made sure who asks; every agency then gets a sheet."""
    reading = _reading(request, "subject_identify", events.IDENTIFIED)
    return schemas.step_out(commands.identify(reading, uid, how=body.how))


@router.post(f"{_ONE}/extension", response=schemas.StepOut, operation_id="subject_extend")
@route("api:subject_extend", shows=Shows.NOTHING)
def subject_extend(request: HttpRequest, uid: UUID, body: schemas.ReasonIn) -> Any:
    """Two months more, once; the person is told the reason."""
    reading = _reading(request, "subject_extend", events.EXTENDED)
    return schemas.step_out(commands.extend(reading, uid, reason=body.reason))


@router.post(f"{_ONE}/refusal", response=schemas.StepOut, operation_id="subject_refuse")
@route("api:subject_refuse", shows=Shows.NOTHING)
def subject_refuse(request: HttpRequest, uid: UUID, body: schemas.ReasonIn) -> Any:
    """Refuse the request as a whole, before any agency decided."""
    reading = _reading(request, "subject_refuse", events.REFUSED)
    return schemas.step_out(commands.refuse(reading, uid, reason=body.reason))


@router.get(f"{_ONE}/pack", response={200: schemas.PackOut, 204: None}, operation_id="subject_pack")
@route("api:subject_pack", shows=Shows.NOTHING)
def subject_pack(request: HttpRequest, uid: UUID) -> Any:
    """How far the pack is; 204 when there is none."""
    line = packs.status(_reading(request, "subject_pack", events.READ), uid)
    return (200, schemas.pack_out(line)) if line else (204, None)


@router.post(f"{_ONE}/pack", response={202: None}, operation_id="subject_pack_order")
@route("api:subject_pack_order", shows=Shows.NOTHING)
def subject_pack_order(request: HttpRequest, uid: UUID) -> tuple[int, None]:
    """Have the pack made; ask how far it is at the same address."""
    packs.order(_reading(request, "subject_pack_order", events.ORDERED), uid)
    return 202, None


# What each controller decided to give through the receiver; journalled per case and person.
@router.get(f"{_ONE}/pack/{{kind}}", operation_id="subject_pack_fetch")
@route("api:subject_pack_fetch", shows=Shows.CASE_DATA)
def subject_pack_fetch(request: HttpRequest, uid: UUID, kind: str) -> HttpResponse:
    """The pack, to hand to the person. kind: pdf or json."""
    return pages.file_answer(packs.fetch(_reading(request, "subject_pack_fetch", events.FETCHED), uid, kind))


@router.post(f"{_ONE}/handed-out", response=schemas.StepOut, operation_id="subject_hand_out")
@route("api:subject_hand_out", shows=Shows.NOTHING)
def subject_hand_out(request: HttpRequest, uid: UUID) -> Any:
    """The pack was given to the person; that closes the request."""
    return schemas.step_out(commands.hand_out(_reading(request, "subject_hand_out", events.HANDED_OUT), uid))


@router.get(_SHEET, response=schemas.SheetOut, operation_id="subject_sheet")
@route("api:subject_sheet", shows=Shows.CASE_DATA)
def subject_sheet(request: HttpRequest, uid: UUID) -> schemas.SheetOut:
    """What the own agency itself gave on the person, to decide on."""
    return schemas.sheet_out(queries.read_sheet(_reading(request, "subject_sheet", events.SHEET_READ), uid))


@router.post(f"{_SHEET}/persons", response={204: None}, operation_id="subject_place")
@route("api:subject_place", shows=Shows.NOTHING)
def subject_place(request: HttpRequest, uid: UUID, body: schemas.PlaceIn) -> tuple[int, None]:
    """Say whether a person is who asks; an objection or restriction holds the facts at once."""
    commands.place(_reading(request, "subject_place", events.PLACED), uid, **body.dict())
    return 204, None


@router.put(f"{_SHEET}/contributions/{{contribution}}", response={204: None}, operation_id="subject_decide")
@route("api:subject_decide", shows=Shows.NOTHING)
def subject_decide(
    request: HttpRequest, uid: UUID, contribution: UUID, body: schemas.DecisionIn
) -> tuple[int, None]:  # fmt: skip
    """Give or withhold one contribution of one's own; or erase or keep it."""
    commands.decide(_reading(request, "subject_decide", events.DECIDED), uid, contribution, **body.dict())
    return 204, None


@router.post(f"{_SHEET}/rest", response={204: None}, operation_id="subject_give_rest")
@route("api:subject_give_rest", shows=Shows.NOTHING)
def subject_give_rest(request: HttpRequest, uid: UUID) -> tuple[int, None]:
    """Give all that was not decided on yet; or erase it, but for what must be kept."""
    commands.give_rest(_reading(request, "subject_give_rest", events.DECIDED), uid)
    return 204, None


@router.put(f"{_SHEET}/lookups", response={204: None}, operation_id="subject_lookups")
@route("api:subject_lookups", shows=Shows.NOTHING)
def subject_lookups(request: HttpRequest, uid: UUID, body: schemas.LookupsIn) -> tuple[int, None]:
    """Give or withhold the look-ups by one's own agency."""
    commands.decide_lookups(_reading(request, "subject_lookups", events.DECIDED), uid, **body.dict())
    return 204, None


@router.post(f"{_SHEET}/contributions/{{contribution}}/hold", response={204: None}, operation_id="subject_hold")
@route("api:subject_hold", shows=Shows.NOTHING)
def subject_hold(request: HttpRequest, uid: UUID, contribution: UUID) -> tuple[int, None]:
    """Hold one disputed contribution."""
    commands.hold(_reading(request, "subject_hold", events.HOLD_SET), uid, contribution)
    return 204, None


@router.post(f"{_SHEET}/holds/{{hold}}/lift", response={204: None}, operation_id="subject_lift")
@route("api:subject_lift", shows=Shows.NOTHING)
def subject_lift(request: HttpRequest, uid: UUID, hold: UUID, body: schemas.ReasonIn) -> tuple[int, None]:
    """Lift a hold of one's own agency."""
    commands.lift(_reading(request, "subject_lift", events.HOLD_LIFTED), uid, hold, reason=body.reason)
    return 204, None


@router.post(f"{_SHEET}/erasure", response={204: None}, operation_id="subject_erasure_propose")
@route("api:subject_erasure_propose", shows=Shows.NOTHING)
def subject_erasure_propose(request: HttpRequest, uid: UUID) -> tuple[int, None]:
    """Put what the sheet erases before a second person of the agency."""
    commands.propose_erasure(_reading(request, "subject_erasure_propose", events.PROPOSED), uid)
    return 204, None


@router.delete(f"{_SHEET}/erasure", response={204: None}, operation_id="subject_erasure_stop")
@route("api:subject_erasure_stop", shows=Shows.NOTHING)
def subject_erasure_stop(request: HttpRequest, uid: UUID) -> tuple[int, None]:
    """Take the proposal back, while nothing was erased."""
    commands.stop_erasure(_reading(request, "subject_erasure_stop", events.STOPPED), uid)
    return 204, None


@router.get("/subject-erasures/{sheet}", response=schemas.ErasureOut, operation_id="subject_erasure")
@route("api:subject_erasure", shows=Shows.RULES)
def subject_erasure(request: HttpRequest, sheet: UUID) -> schemas.ErasureOut:
    """What a colleague proposes to erase, for the second person: how much, never what."""
    return schemas.erasure_out(queries.read_erasure(_reading(request, "subject_erasure", events.ERASURE_READ), sheet))


@router.post("/subject-erasures/{sheet}/approval", response={204: None}, operation_id="subject_erasure_approve")
@route("api:subject_erasure_approve", shows=Shows.NOTHING)
def subject_erasure_approve(request: HttpRequest, sheet: UUID) -> tuple[int, None]:
    """The second pair of eyes; it is erased the next night, with a certificate."""
    commands.approve_erasure(_reading(request, "subject_erasure_approve", events.APPROVED), sheet)
    return 204, None


@router.post(f"{_SHEET}/close", response={204: None}, operation_id="subject_close")
@route("api:subject_close", shows=Shows.NOTHING)
def subject_close(request: HttpRequest, uid: UUID, body: schemas.CloseIn) -> tuple[int, None]:
    """The own agency has decided."""
    commands.close(_reading(request, "subject_close", events.CLOSED), uid, **body.dict())
    return 204, None


@router.post(f"{_SHEET}/reopen", response={204: None}, operation_id="subject_reopen")
@route("api:subject_reopen", shows=Shows.NOTHING)
def subject_reopen(request: HttpRequest, uid: UUID) -> tuple[int, None]:
    """Decide anew, while nothing was handed out."""
    commands.reopen(_reading(request, "subject_reopen", events.REOPENED), uid)
    return 204, None
