"""The API of this room: the same queries and commands as the pages, under the same path of disclosure."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router

from agreements.parties.api import bearer
from cases.disclosure.reading import Reading
from cases.requests import commands, events, queries, schemas
from foundation.routes import Shows, route

router = Router(tags=["requests"], auth=bearer)


def _reading(request: HttpRequest, name: str, event: str) -> Reading:
    return Reading.begin(request.visit, route=f"api:{name}", event=event)  # type: ignore[attr-defined]


@router.get("/cases/{number}/requests", response=schemas.RequestListOut, operation_id="request_list")
@route("api:request_list", shows=Shows.CASE_DATA)
def request_list(request: HttpRequest, number: str) -> dict[str, Any]:
    """The questions between partners and the notes of a case, as far as the reader may know them."""
    shown = queries.case_requests(_reading(request, "request_list", events.READ), number, None)
    return {
        "requests": [schemas.request_out(found) for found in shown.requests],
        "notes": [schemas.note_out(found) for found in shown.notes],
    }


@router.get("/cases/{number}/requests/fields", response=list[schemas.ForeseenOut], operation_id="request_fields")
@route("api:request_fields", shows=Shows.RULES)
def request_fields(request: HttpRequest, number: str, agency: str, person: UUID | None = None) -> list[dict[str, Any]]:
    """The fields that may be asked of `agency`, with who would read the answer: rules, whatever it holds."""
    reading = _reading(request, "request_fields", events.FORM)
    found = queries.fields_to_ask(reading, number, None, agency=agency, person=person)
    return [schemas.foreseen_out(item) for item in found]


@router.post("/cases/{number}/requests", response={201: schemas.MadeOut}, operation_id="request_add")
@route("api:request_add", shows=Shows.NOTHING)
def request_add(request: HttpRequest, number: str, body: schemas.RequestIn) -> tuple[int, Any]:
    """Ask a partner for fields. The same `submission` twice asks once."""
    asking = commands.Asking(
        agency=body.agency, fields=tuple(body.fields), why=body.why, due_on=body.due_on, person=body.person,
        submission=body.submission,
    )  # fmt: skip
    return 201, {"uid": commands.ask(_reading(request, "request_add", events.ASKED), number, asking)}


@router.get("/cases/{number}/requests/{uid}", response=schemas.RequestOut, operation_id="request_detail")
@route("api:request_detail", shows=Shows.CASE_DATA)
def request_detail(request: HttpRequest, number: str, uid: UUID) -> dict[str, Any]:
    """One question, also for a third party that is asked."""
    reading = _reading(request, "request_detail", events.ANSWER_FORM)
    return schemas.request_out(queries.one_request(reading, number, uid, None).request)


@router.post(
    "/cases/{number}/requests/{uid}/settlement", response=schemas.SettledOut, operation_id="request_settle"
)  # fmt: skip
@route("api:request_settle", shows=Shows.NOTHING)
def request_settle(request: HttpRequest, number: str, uid: UUID, body: schemas.SettlementIn) -> dict[str, Any]:
    """Round a question to the reader's agency off; the state follows from what it gave since."""
    reading = _reading(request, "request_settle", events.SETTLED)
    return {"state": commands.settle(reading, number, uid, ground=body.ground, words=body.words)}


@router.post("/cases/{number}/requests/{uid}/withdrawal", response={204: None}, operation_id="request_withdraw")
@route("api:request_withdraw", shows=Shows.NOTHING)
def request_withdraw(request: HttpRequest, number: str, uid: UUID) -> tuple[int, None]:
    """Take an own question back."""
    commands.withdraw(_reading(request, "request_withdraw", events.WITHDRAWN), number, uid)
    return 204, None


@router.post("/cases/{number}/notes", response={201: schemas.MadeOut}, operation_id="note_add")
@route("api:note_add", shows=Shows.NOTHING)
def note_add(request: HttpRequest, number: str, body: schemas.NoteIn) -> tuple[int, Any]:
    """Write a note. The same `submission` twice adds once."""
    reading = _reading(request, "note_add", events.NOTE_ADDED)
    made = commands.add_note(reading, number, words=body.words, own_only=body.own_only, submission=body.submission)
    return 201, {"uid": made}


@router.post("/cases/{number}/notes/{uid}/withdrawal", response={204: None}, operation_id="note_withdraw")
@route("api:note_withdraw", shows=Shows.NOTHING)
def note_withdraw(request: HttpRequest, number: str, uid: UUID) -> tuple[int, None]:
    """Take a note of the reader's own agency back."""
    commands.withdraw_note(_reading(request, "note_withdraw", events.NOTE_WITHDRAWN), number, uid)
    return 204, None
