"""The API of this room: the same queries and commands as the pages, under the same path of disclosure."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import File, Form, Router
from ninja.files import UploadedFile

from agreements.parties.api import bearer
from cases.attachments import commands, events, queries, schemas
from cases.attachments.views import as_bytes
from cases.disclosure.reading import Reading
from foundation.routes import Shows, route

router = Router(tags=["attachments"], auth=bearer)
BYTES = {"responses": {200: {"description": "De bytes van het bestand", "content": {"*/*": {}}}}}
"""How the OpenAPI document tells of an answer that is a file."""


def _reading(request: HttpRequest, name: str, event: str) -> Reading:
    return Reading.begin(request.visit, route=f"api:{name}", event=event)  # type: ignore[attr-defined]


@router.get("/cases/{number}/attachments", response=schemas.AttachmentListOut, operation_id="attachment_list")
@route("api:attachment_list", shows=Shows.CASE_DATA)
def attachment_list(request: HttpRequest, number: str) -> dict[str, Any]:
    """The files of a case that the reader may know of."""
    shown = queries.case_attachments(_reading(request, "attachment_list", events.READ), number, None)
    return schemas.list_out(shown.held)


@router.post("/cases/{number}/attachments", response={201: schemas.MadeOut}, operation_id="attachment_add")
@route("api:attachment_add", shows=Shows.NOTHING)
def attachment_add(
    request: HttpRequest,
    number: str,
    body: Form[schemas.AttachmentIn],
    file: File[UploadedFile],
) -> tuple[int, Any]:
    """Give a file (multipart/form-data) as a value of one field. The same `submission` twice adds once."""
    giving = commands.Giving(
        name=file.name or "", data=file.read(), size=file.size or 0, field=body.field, caption=body.caption,
        person=body.person, submission=body.submission,
    )  # fmt: skip
    return 201, {"uid": commands.add_attachment(_reading(request, "attachment_add", events.ADDED), number, giving)}


@router.get("/cases/{number}/attachments/{uid}", response=schemas.AttachmentOut, operation_id="attachment_detail")
@route("api:attachment_detail", shows=Shows.CASE_DATA)
def attachment_detail(request: HttpRequest, number: str, uid: UUID) -> dict[str, Any]:
    """One file: what it is, without its bytes."""
    reading = _reading(request, "attachment_detail", events.OPENED)
    return schemas.attachment_out(queries.one_attachment(reading, number, uid, None).held)


@router.get("/cases/{number}/attachments/{uid}/content", operation_id="attachment_content", openapi_extra=BYTES)
@route("api:attachment_content", shows=Shows.CASE_DATA)
def attachment_content(request: HttpRequest, number: str, uid: UUID) -> HttpResponse:
    """The bytes of one file."""
    reading = _reading(request, "attachment_content", events.DOWNLOADED)
    return as_bytes(queries.content(reading, number, uid, None)[1], save=True)


@router.post(
    "/cases/{number}/attachments/{uid}/withdrawal", response={204: None}, operation_id="attachment_withdraw"
)  # fmt: skip
@route("api:attachment_withdraw", shows=Shows.NOTHING)
def attachment_withdraw(request: HttpRequest, number: str, uid: UUID, body: schemas.WithdrawalIn) -> tuple[int, None]:
    """Take a file of the reader's own agency back; its bytes are erased at once."""
    reading = _reading(request, "attachment_withdraw", events.WITHDRAWN)
    commands.withdraw_attachment(reading, number, uid, reason=body.reason)
    return 204, None
