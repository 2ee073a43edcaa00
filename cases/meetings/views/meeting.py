"""The page of one meeting before and after it runs, its calendar file, and answering the invitation."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cases.casework.views.frame import reading_of
from cases.meetings import mails, pages, queries, queries_agenda
from cases.meetings.calendar_file import calendar_file
from cases.meetings.commands import invitations
from cases.meetings.views.frame import attempt, back_to, bar, status_of
from foundation.errors import Problem
from foundation.routes import Shows, route


@route("meeting", shows=Shows.CASE_DATA)
def meeting(request: HttpRequest, uid: UUID) -> HttpResponse:
    """What is discussed with me, who comes, and what I can prepare."""
    return _page(request, uid)


def _page(request: HttpRequest, uid: UUID, problem: Problem | None = None) -> HttpResponse:
    reading = reading_of(request, route="meeting", event="meeting.read")
    page = queries_agenda.meeting_page(reading, uid, request.session)
    line = page.line
    context: dict[str, Any] = {
        "meeting": pages.meeting(line),
        "items": pages.items(page),
        "guests": pages.guests(line),
        "balance": pages.balance(page) if line.leads else None,
        "problem": problem,
        "open": line.state in ("planned", "running"),
        "calendar_url": reverse("meeting_calendar", args=[uid]),
        "secrecy_url": reverse("meeting_secrecy", args=[uid]),
        "colleagues": queries.colleagues(reading) if line.my_answer is not None else (),
        "bar": bar([item.answer for item in page.items if item.answer is not None]),
    }
    if line.leads:
        context |= {
            "agenda_url": reverse("meeting_agenda", args=[uid]),
            "invite_url": reverse("meeting_invitations", args=[uid]),
            "change_url": reverse("meeting_change", args=[uid]),
            "stop_url": reverse("meeting_cancel", args=[uid]),
        }
    return render(request, "cases/meetings/meeting.html", context, status=status_of(problem))


@route("meeting_calendar", shows=Shows.NOTHING)
def calendar(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The meeting for one's own calendar program; no names, no cases."""
    reading = reading_of(request, route="meeting_calendar", event="meeting.read")
    response = HttpResponse(
        calendar_file(mails.event_for_reader(reading, uid)), content_type="text/calendar; charset=utf-8"
    )
    response["Content-Disposition"] = 'attachment; filename="casusoverleg.ics"'
    response["Cache-Control"] = "no-store"
    return response


@route("meeting_answer", shows=Shows.NOTHING)
@require_POST
def answer(request: HttpRequest, uid: UUID) -> HttpResponse:
    """I come, I call in, or I do not come: one tap."""
    reading = reading_of(request, route="meeting_answer", event="invitation.answered")
    problem = attempt(None, lambda: invitations.answer(reading, uid, coming=request.POST.get("coming", "")))
    if problem is not None:
        return _page(request, uid, problem)
    messages.success(request, _("Uw antwoord is doorgegeven aan de voorzitter."))
    return back_to("meeting", uid)


@route("meeting_hand_over", shows=Shows.NOTHING)
@require_POST
def hand_over(request: HttpRequest, uid: UUID) -> HttpResponse:
    """A colleague of my agency goes instead of me."""
    reading = reading_of(request, route="meeting_hand_over", event="invitation.handed_over")
    made: list[Any] = []

    def send() -> None:
        made.append(invitations.hand_over(reading, uid, professional=invitations.person_uid(request.POST)))

    problem = attempt(None, send)
    if problem is not None:
        return _page(request, uid, problem)
    mails.send(reading, made[0].meeting, made)
    messages.success(request, _("Uw collega is uitgenodigd in uw plaats."))
    return HttpResponse(status=302, headers={"Location": reverse("meeting_list")})
