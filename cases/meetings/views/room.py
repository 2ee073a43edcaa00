"""The screens of a running meeting: the wall, the chair's own device, everybody's own device; and their parts."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from cases.casework.views.frame import reading_of
from cases.disclosure.reading import Reading
from cases.disclosure.visibility import live_participations
from cases.meetings import room_pages, room_queries, room_seats
from cases.meetings.rights import check_chair, is_chair, may_attend, meeting_for
from cases.meetings.room_answers import Stage
from cases.meetings.room_queries import stage_of
from foundation.errors import Problem
from foundation.routes import Shows, route

WALL, CHAIR, ALONG = room_pages.WALL, room_pages.CHAIR, room_pages.ALONG
PARTS = {"kop", "feiten", "woorden"}


@route("meeting_screen", shows=Shows.CASE_DATA)
@require_safe
def screen(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The shared screen: what everybody present may see, and nothing more. Opened by who leads."""
    reading = reading_of(request, route="meeting_screen", event="meeting.screen")
    meeting = meeting_for(reading, uid)
    check_chair(reading, meeting)
    return screen_page(request, reading, stage_of(reading, meeting, shared=True))


@route("meeting_room", shows=Shows.CASE_DATA)
@require_safe
def chair(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The chair's own device, from which the meeting is run. Who does not lead goes to their own device."""
    reading = reading_of(request, route="meeting_room", event="meeting.chaired")
    meeting = meeting_for(reading, uid)
    if not is_chair(reading, meeting):
        return HttpResponseRedirect(reverse("meeting_along", args=[uid]))
    return chair_page(request, reading, stage_of(reading, meeting))


@route("meeting_along", shows=Shows.CASE_DATA)
@require_safe
def along(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Everybody's own device: the item that is on, under one's own mask."""
    reading = reading_of(request, route="meeting_along", event="meeting.followed")
    meeting = meeting_for(reading, uid)
    return along_page(request, reading, stage_of(reading, meeting))


@route("meeting_state", shows=Shows.NOTHING)
@require_safe
def state(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The number that goes up with every change, for a page whose socket is not there."""
    reading = reading_of(request, route="meeting_state", event="meeting.watched")
    return JsonResponse({"revision": meeting_for(reading, uid).revision})


def screen_page(
    request: HttpRequest, reading: Reading, stage: Stage, *, problem: Problem | None = None
) -> HttpResponse:
    """The wall, whole or the part that was asked for."""
    part = _part(request)
    context = room_pages.frame(reading, stage, kind=WALL) | {"present": room_pages.present(stage, reading)}
    item = stage.item
    if item is not None and part in ("", "kop"):
        context["sitting"] = room_pages.sitting(room_seats.sitting_at(reading, item))
        # Who takes part in a case is not for somebody who takes no part in it.
        here = {of.code for of in stage.present}
        empty = room_seats.empty_chairs(reading, item) if stage.all_take_part else ()
        context["chairs"] = room_pages.chairs(one for one in empty if one.agency.code not in here)
    if item is not None and part in ("", "feiten"):
        context["case"] = room_pages.facts(reading, room_queries.shared_facts(reading, item), wall=True)
    if item is not None and part in ("", "woorden"):
        context["words"] = room_pages.words(reading, room_queries.shared_words(reading, item), stage)
    return _answer(request, "screen", part, context, problem)


def chair_page(request: HttpRequest, reading: Reading, stage: Stage, *, problem: Problem | None = None) -> HttpResponse:
    """The chair's device, whole or the part that was asked for."""
    part = _part(request)
    context = room_pages.frame(reading, stage, kind=CHAIR) | {"present": room_pages.present(stage, reading)}
    item = stage.item
    if item is not None and part in ("", "kop"):
        context["sitting"] = room_pages.sitting(room_seats.sitting_at(reading, item))
        context["chairs"] = room_pages.chairs(room_seats.empty_chairs(reading, item))
    if item is not None and _reads(reading, stage):
        context |= _of_the_chair(request, reading, stage, part)
    return _answer(request, "chair", part, context, problem)


def _of_the_chair(request: HttpRequest, reading: Reading, stage: Stage, part: str) -> dict[str, Any]:
    context: dict[str, Any] = {}
    item = stage.item
    if item is None:
        return context
    if part in ("", "feiten"):
        shown = room_queries.wall_for_chair(reading, item)
        context["wall"] = room_pages.facts(reading, shown, wall=True)
        context["withheld"] = room_pages.withheld(shown.withheld if shown else (), stage)
        head = room_queries.own_facts(reading, item, request.session, names_only=True)
        context["case"] = room_pages.facts(reading, head, wall=False)
    if part in ("", "woorden"):
        context["words"] = room_pages.words(reading, room_queries.own_words(reading, item, request.session), stage)
    return context


def along_page(request: HttpRequest, reading: Reading, stage: Stage, *, problem: Problem | None = None) -> HttpResponse:
    """One's own device, whole or the part that was asked for. A third party finds only that the item is on."""
    part = _part(request)
    item = stage.item
    reads = _reads(reading, stage)
    context = room_pages.frame(reading, stage, kind=ALONG) | {
        "present": room_pages.present(stage, reading),
        "reads": reads,
        "third": item is not None and item.case_id is not None and not reads,
        "mine": [row for row in room_pages.sitting(room_seats.sitting_at(reading, item)) if row["is_mine"]]
        if item is not None
        else [],
    }
    if item is not None and reads:
        if part in ("", "feiten"):
            own = room_queries.own_facts(reading, item, request.session)
            context["case"] = room_pages.facts(reading, own, wall=False)
        if part in ("", "woorden"):
            found = room_queries.own_words(reading, item, request.session)
            context["words"] = room_pages.words(reading, found, stage)
            context["forms"] = room_pages.own_forms(reading.policy.catalogue, found, own=reading.visit.agency.code)
    return _answer(request, "along", part, context, problem)


def _reads(reading: Reading, stage: Stage) -> bool:
    """Whether the reader takes part in the case that is on, live, and may sit at it."""
    item = stage.item
    if item is None or item.case_id is None or not may_attend(reading, item):
        return False
    return live_participations(reading.visit, at=reading.at).filter(case_id=item.case_id).exists()


def _part(request: HttpRequest) -> str:
    asked = request.GET.get("deel", "")
    return asked if asked in PARTS else ""


def _answer(
    request: HttpRequest, name: str, part: str, context: dict[str, Any], problem: Problem | None
) -> HttpResponse:
    template = f"cases/meetings/room_{name}{f'_{part}' if part else ''}.html"
    context |= {"problem": problem, "typed": request.POST if problem else {}}
    return render(request, template, context, status=problem.status if problem else 200)
