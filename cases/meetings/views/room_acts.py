"""What is done in a running meeting. htmx gets an empty answer and asks for what changed; a plain form goes back."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from cases.casework.purpose import declared
from cases.casework.views.frame import purpose_redirect, reading_of
from cases.disclosure.reading import Reading
from cases.meetings import room_pages, room_queries
from cases.meetings.commands import actions, attendance, decisions, joint_view, parking, pictures, running
from cases.meetings.commands.at_item import case_at, led_item
from cases.meetings.entry_line import read_line
from cases.meetings.rights import is_chair, item_for
from cases.meetings.room_queries import stage_of
from cases.meetings.views import room
from foundation import clock
from foundation.errors import Invalid, NotFound, Problem, Refused
from foundation.routes import Shows, route

_PAGES = {room.WALL: room.screen_page, room.CHAIR: room.chair_page, room.ALONG: room.along_page}


@route("meeting_run", shows=Shows.CASE_DATA)
@require_POST
def run(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Start, pause, resume, call an item, go on, put off, end."""
    reading = reading_of(request, route="meeting_run", event="meeting.run")
    acts: dict[str, Callable[[], Any]] = {
        "start": lambda: running.start_meeting(reading, uid),
        "next": lambda: running.next_item(reading, uid, after=_uuid(request, "after", optional=True)),
        "item": lambda: running.start_item(reading, uid, _needed(request, "item")),
        "pause": lambda: running.pause(reading, uid),
        "resume": lambda: running.resume(reading, uid),
        "move": lambda: running.move_on(reading, uid, _needed(request, "item")),
        "end": lambda: running.end_meeting(reading, uid),
    }
    return _done(request, reading, _act(request, acts), uid=uid)


@route("meeting_attendance", shows=Shows.CASE_DATA)
@require_POST
def attend(request: HttpRequest, item: UUID) -> HttpResponse:
    """Somebody comes in, leaves, is confirmed to have left, or is asked to step out."""
    reading = reading_of(request, route="meeting_attendance", event="meeting.attendance")
    agency = request.POST.get("agency", "")
    acts: dict[str, Callable[[], Any]] = {
        "arrive": lambda: attendance.arrive(reading, item, _arriving(request, agency)),
        "leave": lambda: attendance.leave(reading, item, _whole(request.POST.get("row", "")) or 0),
        "release": lambda: attendance.release(reading, item, agency),
        "step_out": lambda: attendance.step_out(reading, item, agency),
    }
    return _done(request, reading, _act(request, acts), item=item)


@route("meeting_line", shows=Shows.CASE_DATA)
@require_POST
def line(request: HttpRequest, item: UUID) -> HttpResponse:
    """One typed line becomes an action or a decision."""
    reading = reading_of(request, route="meeting_line", event="meeting.line")
    text, submission = request.POST.get("line", ""), _uuid(request, "submission", optional=True)
    return _done(request, reading, lambda: actions.enter_line(reading, item, text, submission=submission), item=item)


@route("meeting_line_read", shows=Shows.NOTHING)
@require_POST
def line_read(request: HttpRequest, item: UUID) -> HttpResponse:
    """What a line says so far, beneath the field; nothing of it is kept."""
    reading = reading_of(request, route="meeting_line_read", event="meeting.line")
    found = led_item(reading, item)
    text = request.POST.get("line", "")
    told = read_line(text, today=clock.today(), owners=actions.owners_at(reading, found)) if text.strip() else None
    return render(request, "cases/meetings/room_line_read.html", {"line": told})


@route("meeting_joint_view", shows=Shows.CASE_DATA)
@require_POST
def joint(request: HttpRequest, item: UUID) -> HttpResponse:
    """The joint view of a domain: saved where there is no socket, or read out to who came in."""
    reading = reading_of(request, route="meeting_joint_view", event="meeting.joint_view")
    domain = request.POST.get("domain", "")
    acts: dict[str, Callable[[], Any]] = {
        "save": lambda: joint_view.save_joint(reading, item, _typed(request, domain)),
        "read_out": lambda: joint_view.read_out(reading, item, domain),
    }
    return _done(request, reading, _act(request, acts, default="save"), item=item)


@route("meeting_position", shows=Shows.CASE_DATA)
@require_POST
def position(request: HttpRequest, item: UUID) -> HttpResponse:
    """Endorse, dissent with a reason, abstain."""
    reading = reading_of(request, route="meeting_position", event="meeting.position")
    return _done(
        request,
        reading,
        lambda: decisions.take_position(
            reading, item, stance=request.POST.get("stance", ""), reason=request.POST.get("reason", ""),
            picture=_uuid(request, "picture", optional=True), decision=_uuid(request, "decision", optional=True),
        ),
        item=item,
    )  # fmt: skip


@route("meeting_park", shows=Shows.CASE_DATA)
@require_POST
def park(request: HttpRequest, item: UUID) -> HttpResponse:
    """Keep a point for later, or take it away."""
    reading = reading_of(request, route="meeting_park", event="meeting.park")
    acts: dict[str, Callable[[], Any]] = {
        "park": lambda: parking.park(
            reading, item, text=request.POST.get("text", ""), submission=_uuid(request, "submission", optional=True)
        ),
        "resolve": lambda: parking.resolve(reading, item, _needed(request, "point")),
    }
    return _done(request, reading, _act(request, acts, default="park"), item=item)


@route("meeting_views", shows=Shows.CASE_DATA)
@require_http_methods(["GET", "POST"])
def views(request: HttpRequest, item: UUID) -> HttpResponse:
    """One's own view per life domain: prepared before the item, or said at it."""
    reading = reading_of(request, route="meeting_views", event="meeting.views")
    problem: Problem | None = None
    if request.method == "POST":
        try:
            pictures.save_view(
                reading, item, request.POST.get("domain", ""), text=request.POST.get("text", ""),
                score=_whole(request.POST.get("score", "")),
            )  # fmt: skip
        except NotFound:
            raise
        except Refused as refused:
            if not request.htmx:  # type: ignore[attr-defined]
                raise
            problem = refused
        except Problem as wrong:
            problem = wrong
        if problem is None:
            return _settled(request, reverse("meeting_views", args=[item]))
        if request.htmx:  # type: ignore[attr-defined]
            return _said(request, problem)
    return _views_page(request, reading, item, problem)


def _views_page(request: HttpRequest, reading: Reading, uid: UUID, problem: Problem | None) -> HttpResponse:
    item = item_for(reading, uid)
    case = case_at(reading, item)
    if not declared(reading, case, request.session):
        return purpose_redirect(case.number)
    head = room_queries.own_facts(reading, item, request.session, names_only=True)
    found = room_queries.own_words(reading, item, request.session, views_only=True)
    meeting = item.meeting
    back = "meeting_along" if item.pk == meeting.current_id else "meeting"
    context = {
        "case": room_pages.facts(reading, head, wall=False),
        "forms": room_pages.own_forms(reading.policy.catalogue, found, own=reading.visit.agency.code),
        "meeting": {"title": meeting.title, "chair": meeting.chair.name, "url": reverse(back, args=[meeting.uid])},
        "views_url": reverse("meeting_views", args=[uid]), "asked_by": item.asked_by, "item_uid": str(uid),
        "problem": problem, "typed": request.POST if problem else {},
    }  # fmt: skip
    return render(request, "cases/meetings/room_views.html", context, status=problem.status if problem else 200)


def _act(request: HttpRequest, acts: dict[str, Callable[[], Any]], *, default: str = "") -> Callable[[], Any]:
    """The act that was asked for; one that does not exist is refused like any other fault."""
    return acts.get(request.POST.get("act", default), _unknown)


def _unknown() -> None:
    raise running.unknown_act()


def _done(
    request: HttpRequest, reading: Reading, act: Callable[[], Any], *, uid: UUID | None = None, item: UUID | None = None
) -> HttpResponse:
    """Do it. On a fault the page comes back with what was typed; htmx gets only what is wrong."""
    try:
        act()
    except NotFound:
        raise
    except Problem as problem:
        if request.htmx:  # type: ignore[attr-defined]
            return _said(request, problem)
        if isinstance(problem, Refused):
            # A rule said no: the page of a refusal, without anything of the case.
            raise
        return _page_again(request, reading, problem, uid=uid, item=item)
    meeting = uid or item_for(reading, item).meeting.uid  # type: ignore[arg-type]
    return _settled(request, reverse(room_pages.ADDRESSES[_kind(request)], args=[meeting]))


def _settled(request: HttpRequest, back: str) -> HttpResponse:
    if request.htmx:  # type: ignore[attr-defined]
        return HttpResponse(status=204, headers={"HX-Trigger": "verbond:gedaan"})
    return HttpResponseRedirect(back)


def _said(request: HttpRequest, problem: Problem) -> HttpResponse:
    return render(request, "cases/meetings/room_problem.html", {"problem": problem}, status=problem.status)


def _page_again(
    request: HttpRequest, reading: Reading, problem: Problem, *, uid: UUID | None, item: UUID | None
) -> HttpResponse:
    meeting = item_for(reading, item).meeting if item is not None else None
    if meeting is None:
        from cases.meetings.rights import meeting_for

        meeting = meeting_for(reading, uid)  # type: ignore[arg-type]
    kind = _kind(request) if is_chair(reading, meeting) else room.ALONG
    return _PAGES[kind](request, reading, stage_of(reading, meeting, shared=kind == room.WALL), problem=problem)


def _kind(request: HttpRequest) -> str:
    asked = request.POST.get("kind", "")
    return asked if asked in _PAGES else room.ALONG


def _arriving(request: HttpRequest, agency: str) -> attendance.Arriving:
    """Who comes in, from one field: "p:<uuid>" somebody with an account, "g:<name>" a guest."""
    sort, _colon, who = request.POST.get("who", "").partition(":")
    person = _as_uuid(who) if sort == "p" else None
    place = request.POST.get("place") or "room"
    return attendance.Arriving(agency=agency, professional=person, guest=who if sort == "g" else "", place=place)


def _typed(request: HttpRequest, domain: str) -> joint_view.Typed:
    client = _as_uuid(request.POST.get("client", "")) or UUID(int=0)
    return joint_view.Typed(
        domain=domain, text=request.POST.get("text", ""), client=client, base=_whole(request.POST.get("base", "")) or 0
    )


def _whole(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else None


def _as_uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _uuid(request: HttpRequest, name: str, *, optional: bool = False) -> UUID | None:
    found = _as_uuid(request.POST.get(name, ""))
    if found is None and not optional:
        raise Invalid(_("Dit bestaat niet meer."), field=name, remedy=_("Ververs het scherm."))
    return found


def _needed(request: HttpRequest, name: str) -> UUID:
    found = _uuid(request, name)
    if found is None:
        raise LookupError(name)
    return found
