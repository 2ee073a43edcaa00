"""The API of meetings: the same queries and commands as the pages, under the same path of disclosure."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from ninja import Query, Router

from agreements.parties.api import bearer
from cases.disclosure.reading import Reading
from cases.meetings import mails, queries, queries_agenda, rights, schemas
from cases.meetings.api_room import router as room
from cases.meetings.calendar_file import calendar_file
from cases.meetings.commands import agenda, invitations, planning, secrecy
from cases.meetings.statement import statement
from foundation.clock import AMSTERDAM
from foundation.routes import Shows, route

router = Router(tags=["meetings"], auth=bearer)
# Before "/meetings/{uid}": "items" is no meeting.
router.add_router("", room)
_MEETING = "/meetings/{uid}"


def _reading(request: HttpRequest, name: str, event: str = "meeting.read") -> Reading:
    return Reading.begin(request.visit, route=f"api:{name}", event=event)  # type: ignore[attr-defined]


@router.get("/meetings", response=schemas.MeetingListOut, operation_id="meeting_list")
@route("api:meeting_list", shows=Shows.NOTHING)
def meeting_list(request: HttpRequest, page: int = Query(1, ge=1, le=10000)) -> dict[str, Any]:
    """The meetings of the reader: what is to come, and a page of what was."""
    found = queries.meeting_list(_reading(request, "meeting_list"), page=page)
    return {
        "coming": [schemas.meeting_line(line) for line in found.coming],
        "past": [schemas.meeting_line(line) for line in found.past],
        "older": found.older,
    }


@router.post("/meetings", response={201: schemas.MeetingOut}, operation_id="meeting_plan")
@route("api:meeting_plan", shows=Shows.CASE_DATA)
def meeting_plan(request: HttpRequest, body: schemas.PlanIn) -> tuple[int, dict[str, Any]]:
    """Plan a meeting. A moment without a time zone is one in the Netherlands."""
    reading = _reading(request, "meeting_plan")
    meeting = planning.plan(reading, _sitting(body), uid=body.uid)
    return 201, _whole(reading, meeting.uid)


@router.get(_MEETING, response=schemas.MeetingOut, operation_id="meeting_detail")
@route("api:meeting_detail", shows=Shows.CASE_DATA)
def meeting_detail(request: HttpRequest, uid: UUID) -> dict[str, Any]:
    """A meeting with the items that exist for the reader."""
    return _whole(_reading(request, "meeting_detail"), uid)


@router.put(_MEETING, response=schemas.MeetingOut, operation_id="meeting_change")
@route("api:meeting_change", shows=Shows.CASE_DATA)
def meeting_change(request: HttpRequest, uid: UUID, body: schemas.SittingIn) -> dict[str, Any]:
    """When and where anew; who was invited gets mail."""
    reading = _reading(request, "meeting_change")
    mails.tell_everybody(reading, planning.change(reading, uid, _sitting(body)))
    return _whole(reading, uid)


@router.delete(_MEETING, response={204: None}, operation_id="meeting_cancel")
@route("api:meeting_cancel", shows=Shows.NOTHING)
def meeting_cancel(request: HttpRequest, uid: UUID) -> tuple[int, None]:
    """Call the meeting off; who was invited gets mail. It stays in the list as cancelled."""
    reading = _reading(request, "meeting_cancel")
    mails.tell_everybody(reading, planning.cancel(reading, uid))
    return 204, None


@router.post(_MEETING + "/items", response={201: schemas.MeetingOut}, operation_id="meeting_items_add")
@route("api:meeting_items_add", shows=Shows.CASE_DATA)
def meeting_items_add(request: HttpRequest, uid: UUID, body: schemas.ItemsIn) -> tuple[int, dict[str, Any]]:
    """Put cases, or a point without a case, at the end of the agenda."""
    reading = _reading(request, "meeting_items_add", "meeting.agenda")
    if body.title:
        agenda.add_point(reading, uid, title=body.title, minutes=body.minutes)
    if body.cases or not body.title:
        agenda.add_cases(reading, uid, body.cases, minutes=body.minutes)
    return 201, _whole(reading, uid)


@router.put(_MEETING + "/items/{item}", response=schemas.MeetingOut, operation_id="meeting_item_change")
@route("api:meeting_item_change", shows=Shows.CASE_DATA)
def meeting_item_change(request: HttpRequest, uid: UUID, item: UUID, body: schemas.ItemIn) -> dict[str, Any]:
    """Give an item other minutes, or another place."""
    reading = _reading(request, "meeting_item_change", "meeting.agenda")
    if body.minutes is not None:
        agenda.set_minutes(reading, uid, {item: body.minutes})
    if body.place is not None:
        agenda.move(reading, uid, item, to=body.place)
    return _whole(reading, uid)


@router.delete(_MEETING + "/items/{item}", response={204: None}, operation_id="meeting_item_remove")
@route("api:meeting_item_remove", shows=Shows.NOTHING)
def meeting_item_remove(request: HttpRequest, uid: UUID, item: UUID) -> tuple[int, None]:
    """Take an item that still waits off the agenda."""
    agenda.remove(_reading(request, "meeting_item_remove"), uid, item)
    return 204, None


@router.put(_MEETING + "/preparation", response=schemas.MeetingOut, operation_id="meeting_ask")
@route("api:meeting_ask", shows=Shows.CASE_DATA)
def meeting_ask(request: HttpRequest, uid: UUID, body: schemas.AskIn) -> dict[str, Any]:
    """Ask the parties to prepare their view until a moment."""
    reading = _reading(request, "meeting_ask", "meeting.agenda")
    agenda.ask(reading, uid, until=_aware(body.until), items=body.items)
    return _whole(reading, uid)


@router.post(_MEETING + "/invitations", response={201: schemas.InvitedOut}, operation_id="meeting_invite")
@route("api:meeting_invite", shows=Shows.NOTHING)
def meeting_invite(request: HttpRequest, uid: UUID, body: schemas.InvitationsIn) -> tuple[int, dict[str, int]]:
    """Invite agencies and people; they get mail with a calendar file."""
    reading = _reading(request, "meeting_invite")
    asked = [invitations.Invitee(agency=row.agency, professional=row.professional) for row in body.invitees]
    new = invitations.invite(reading, uid, asked)
    if new:
        mails.send(reading, new[0].meeting, new)
    return 201, {"invited": len(new)}


@router.delete(_MEETING + "/invitations/{invitation}", response={204: None}, operation_id="meeting_uninvite")
@route("api:meeting_uninvite", shows=Shows.NOTHING)
def meeting_uninvite(request: HttpRequest, uid: UUID, invitation: int) -> tuple[int, None]:
    """Take an invitation back."""
    invitations.uninvite(_reading(request, "meeting_uninvite"), uid, invitation)
    return 204, None


@router.put(_MEETING + "/answer", response={204: None}, operation_id="meeting_answer")
@route("api:meeting_answer", shows=Shows.NOTHING)
def meeting_answer(request: HttpRequest, uid: UUID, body: schemas.AnswerIn) -> tuple[int, None]:
    """Answer one's invitation."""
    invitations.answer(_reading(request, "meeting_answer"), uid, coming=body.coming)
    return 204, None


@router.put(_MEETING + "/substitute", response={204: None}, operation_id="meeting_hand_over")
@route("api:meeting_hand_over", shows=Shows.NOTHING)
def meeting_hand_over(request: HttpRequest, uid: UUID, body: schemas.HandOverIn) -> tuple[int, None]:
    """Send a colleague instead, who gets mail."""
    reading = _reading(request, "meeting_hand_over")
    row = invitations.hand_over(reading, uid, professional=body.professional)
    mails.send(reading, row.meeting, [row])
    return 204, None


@router.get(_MEETING + "/secrecy", response=schemas.StatementOut, operation_id="meeting_secrecy")
@route("api:meeting_secrecy", shows=Shows.NOTHING)
def meeting_secrecy(request: HttpRequest, uid: UUID) -> Any:
    """The statement of secrecy that goes with the meeting."""
    rights.meeting_for(_reading(request, "meeting_secrecy"), uid)
    return statement((get_language() or "nl")[:2])


@router.post(_MEETING + "/secrecy", response={204: None}, operation_id="meeting_secrecy_accept")
@route("api:meeting_secrecy_accept", shows=Shows.NOTHING)
def meeting_secrecy_accept(request: HttpRequest, uid: UUID, body: schemas.SecrecyIn) -> tuple[int, None]:
    """Accept the statement for oneself; a second time changes nothing."""
    secrecy.accept(_reading(request, "meeting_secrecy_accept"), uid, version=body.version)
    return 204, None


@router.get(_MEETING + "/calendar", operation_id="meeting_calendar")
@route("api:meeting_calendar", shows=Shows.NOTHING)
def meeting_calendar(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The meeting as a calendar file (RFC 5545), without names and cases."""
    event = mails.event_for_reader(_reading(request, "meeting_calendar"), uid)
    return HttpResponse(calendar_file(event), content_type="text/calendar; charset=utf-8")


def _whole(reading: Reading, uid: UUID) -> dict[str, Any]:
    return schemas.whole_meeting(queries_agenda.meeting_page(reading, uid, None))


def _sitting(body: schemas.SittingIn) -> planning.Sitting:
    return planning.Sitting(
        title=body.title, starts_at=_aware(body.starts_at) or body.starts_at, minutes=body.minutes, place=body.place,
        link=body.link,
    )  # fmt: skip


def _aware(moment: datetime | None) -> datetime | None:
    return moment.replace(tzinfo=AMSTERDAM) if moment is not None and moment.tzinfo is None else moment
