"""The API of this room: the same queries and commands as the pages, under the same path of disclosure."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Field, Query, Router, Schema

from agreements.parties.api import bearer
from cases.attachments.api import BYTES
from cases.attachments.views import as_bytes
from cases.casework.schemas import PersonOut, SourceOut, whole_case
from cases.disclosure.answer import Answer
from cases.disclosure.reading import Reading
from cases.intake import answering, commands, photos, queries
from cases.intake.photos import Photos
from cases.intake.queries import SignalLine
from foundation.errors import Refused
from foundation.routes import Shows, route

router = Router(tags=["intake"], auth=bearer)


class SignalLineOut(Schema):
    """A signal without its words. about: person or area."""

    number: str
    about: str
    kind: str
    urgency: str
    state: str
    channel: str
    received_at: datetime
    handler: SourceOut
    reporter: SourceOut | None
    mine: bool


class SignalListOut(Schema):
    """A page of signals; `next` is the cursor for `after`, empty at the end."""

    items: list[SignalLineOut]
    next: str


class PhotoOut(Schema):
    """A photo that came with a signal and that the reader may see; its bytes are under `photos/{uid}`."""

    uid: UUID
    type: str
    size: int
    source: SourceOut
    article: str
    given_at: datetime


class SignalOut(SignalLineOut):
    """A signal with what this reader may know of it, and the steps they can take."""

    purpose: str
    at: datetime
    persons: list[PersonOut]
    photos: list[PhotoOut]
    steps: list[str]


class CaseSignalsOut(Schema):
    """The words of a case's signals, as the covenants of that case give them."""

    number: str
    purpose: str
    persons: list[PersonOut]
    photos: list[PhotoOut]


class SignalIn(Schema):
    """A signal to report. about: person or area; kind, reliability: choice codes of the catalogue."""

    about: str
    kind: str
    seen: str
    place: str = ""
    person: str = ""
    urgency: str = "normal"
    reliability: str
    neighbourhood: str = Field("", description="code of an area, for a signal about a place: only to count it by")
    submission: UUID | None = Field(None, description="made by the client: the same one again reports nothing new")


class NumberOut(Schema):
    """The number of the signal."""

    number: str


class StepIn(Schema):
    """What the step takes: text (add, dismiss), agency code (forward), number (merge, link), answer code (reply)."""

    value: str
    submission: UUID | None = None


def _reading(request: HttpRequest, name: str, event: str) -> Reading:
    return Reading.begin(request.visit, route=f"api:{name}", event=event)  # type: ignore[attr-defined]


@router.get("/signals", response=SignalListOut, operation_id="signal_list")
@route("api:signal_list", shows=Shows.CASE_DATA)
def signal_list(
    request: HttpRequest,
    show: Literal["open", "busy", "done", "all"] = "open",
    kind: str = "",
    after: str = "",
    size: int = Query(50, ge=1, le=100),
) -> dict[str, Any]:
    """The signals that exist for the reader, newest first, without their words."""
    reading = _reading(request, "signal_list", "signal.list")
    page = queries.signal_list(reading, show=show, kind=kind, after=after, size=size)
    return {"items": [_line(line) for line in page.lines], "next": page.cursor}


@router.post("/signals", response={201: NumberOut}, operation_id="signal_report")
@route("api:signal_report", shows=Shows.NOTHING)
def signal_report(request: HttpRequest, body: SignalIn) -> tuple[int, Any]:
    """Report a signal. The same `submission` twice reports once."""
    reading = _reading(request, "signal_report", "signal.reported")
    return 201, {"number": commands.report_signal(reading, commands.Reported(**body.dict()))}


@router.get("/signals/{number}", response=SignalOut, operation_id="signal_read")
@route("api:signal_read", shows=Shows.CASE_DATA)
def signal_read(request: HttpRequest, number: str) -> dict[str, Any]:
    """One signal as the reader may know it."""
    opened = queries.open_signal(_reading(request, "signal_read", "signal.read"), number, None)
    told = whole_case(opened.answer)
    return _line(opened.line) | {
        "purpose": opened.answer.purpose,
        "at": opened.answer.at,
        "persons": told["persons"],
        "photos": _photos(opened.photos),
        "steps": sorted(opened.may),
    }


@router.post("/signals/{number}/steps/{step}", response={204: None}, operation_id="signal_step")
@route("api:signal_step", shows=Shows.NOTHING)
def signal_step(
    request: HttpRequest,
    number: str,
    step: Literal["add", "dismiss", "forward", "merge", "link", "reply"],
    body: StepIn,
) -> tuple[int, None]:
    """Take a step with a signal."""
    reading = _reading(request, "signal_step", "signal.form")
    match step:
        case "add":
            commands.add_to_signal(reading, number, seen=body.value, submission=body.submission)
        case "dismiss":
            commands.dismiss_signal(reading, number, reason=body.value)
        case "forward":
            commands.forward_signal(reading, number, to=body.value)
        case "merge":
            commands.merge_signal(reading, number, into=body.value)
        case "link":
            commands.link_signal(reading, number, case=body.value)
        case "reply":
            commands.reply_to_resident(reading, number, reply=body.value)
    return 204, None


class JudgedOut(Schema):
    """That a signal was judged in triage, for who reported it; never what came out.

    case: its number, if the reader's agency takes part in it. heard: whether the reporter said to have read this.
    """

    number: str
    kind: str
    received_at: datetime
    judged_at: datetime
    heard: bool
    case: str


@router.get("/signals/{number}/answer", response=JudgedOut, operation_id="signal_answer")
@route("api:signal_answer", shows=Shows.CASE_DATA)
def signal_answer(request: HttpRequest, number: str) -> answering.Judged:
    """What the reporter of a signal hears once it was judged."""
    return answering.judged(_reading(request, "signal_answer", "signal.answer"), number)


@router.post("/signals/{number}/answer", response={204: None}, operation_id="signal_heard")
@route("api:signal_heard", shows=Shows.NOTHING)
def signal_heard(request: HttpRequest, number: str) -> tuple[int, None]:
    """The reporter has read it: it no longer waits in their inbox."""
    answering.note_heard(_reading(request, "signal_heard", "signal.heard"), number)
    return 204, None


@router.get("/cases/{number}/signals", response=CaseSignalsOut, operation_id="case_signals")
@route("api:case_signals", shows=Shows.CASE_DATA)
def case_signals(request: HttpRequest, number: str) -> dict[str, Any]:
    """What the signals of a case say to this reader, under the rules of that case."""
    found = queries.case_signals(_reading(request, "case_signals", "signal.of_case"), number, None)
    if found.answer is None:
        raise Refused(
            "Het token leest voor een doel dat de convenanten van deze casus uw rol niet geven.",
            remedy="Vraag een token voor een doel dat in het convenant van deze casus staat.",
        )
    return {
        "number": number,
        "purpose": found.answer.purpose,
        "persons": _persons(found.answer),
        "photos": _photos(found.photos),
    }


@router.get("/signals/{number}/photos/{uid}", operation_id="signal_photo", openapi_extra=BYTES)
@route("api:signal_photo", shows=Shows.CASE_DATA)
def signal_photo(request: HttpRequest, number: str, uid: UUID) -> HttpResponse:
    """The bytes of a photo of a signal."""
    return as_bytes(photos.photo_of_signal(_reading(request, "signal_photo", "signal.photo"), number, uid, None))


@router.get("/cases/{number}/signals/photos/{uid}", operation_id="case_signal_photo", openapi_extra=BYTES)
@route("api:case_signal_photo", shows=Shows.CASE_DATA)
def case_signal_photo(request: HttpRequest, number: str, uid: UUID) -> HttpResponse:
    """The bytes of a photo of a signal of a case, under the rules of that case."""
    return as_bytes(photos.photo_of_case(_reading(request, "case_signal_photo", "signal.photo"), number, uid, None))


def _photos(found: Photos) -> list[dict[str, Any]]:
    return [
        {
            "uid": fact.contribution, "type": fact.value["type"], "size": fact.value["size"], "source": fact.source,
            "article": str(fact.article), "given_at": fact.given_at,
        }
        for facts in found.values()
        for fact in facts
    ]  # fmt: skip


def _persons(answer: Answer) -> Any:
    return whole_case(answer)["persons"]


def _line(line: SignalLine) -> dict[str, Any]:
    return {
        "number": line.number, "about": line.about, "kind": line.kind, "urgency": line.urgency, "state": line.state,
        "channel": line.channel, "received_at": line.received_at, "handler": line.handler,
        "reporter": line.reporter, "mine": line.mine,
    }  # fmt: skip
