"""Planning a meeting, changing it, calling it off. What was typed is kept whatever goes wrong."""

from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cases.casework.views.frame import reading_of
from cases.meetings import mails, queries, rights
from cases.meetings.commands import planning
from cases.meetings.forms import SittingForm
from cases.meetings.views.frame import attempt, back_to, status_of
from foundation import clock
from foundation.routes import Shows, route


@route("meeting_plan", shows=Shows.NOTHING)
@require_http_methods(["GET", "POST"])
def plan(request: HttpRequest) -> HttpResponse:
    """A new meeting; its agenda comes next."""
    reading = reading_of(request, route="meeting_plan", event="meeting.planned")
    planning.check_may_plan(reading)
    form = SittingForm(request.POST or None, initial={"uid": uuid4()})
    problem = None
    if request.method == "POST" and form.is_valid():
        made: list[Any] = []
        uid = form.cleaned_data["uid"]
        problem = attempt(form, lambda: made.append(planning.plan(reading, form.sitting(), uid=uid)))
        if made:
            messages.success(request, _("Het overleg staat gepland. Zet nu de casussen op de agenda."))
            return back_to("meeting_agenda", made[0].uid)
    context = {
        "title": _("Overleg plannen"), "form": form, "problem": problem, "save_label": _("Plan overleg"),
        "cancel_url": reverse("meeting_list"), "draft_key": "overleg:nieuw", "draft_minutes": settings.DRAFT_MINUTES,
        "done_url": reverse("meeting_agenda", args=[UUID(int=0)]).replace(str(UUID(int=0)), "{uid}"),
    }  # fmt: skip
    return render(request, "cases/meetings/plan_form.html", context, status=status_of(problem, form))


@route("meeting_change", shows=Shows.NOTHING)
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Another moment, place or length; who was invited hears of it."""
    reading = reading_of(request, route="meeting_change", event="meeting.changed")
    meeting = rights.meeting_for(reading, uid)
    rights.check_chair(reading, meeting)
    initial = {
        "title": meeting.title, "starts_at": meeting.starts_at.astimezone(clock.AMSTERDAM), "minutes": meeting.minutes,
        "place": meeting.place, "link": meeting.link,
    }  # fmt: skip
    form = SittingForm(request.POST or None, initial=initial)
    problem = None
    if request.method == "POST" and form.is_valid():
        made: list[Any] = []
        problem = attempt(form, lambda: made.append(planning.change(reading, uid, form.sitting())))
        if made:
            _told(request, mails.tell_everybody(reading, made[0]), _("Het overleg is gewijzigd."))
            return back_to("meeting", uid)
    context = {
        "title": _("Overleg wijzigen"), "form": form, "problem": problem, "save_label": _("Wijzig overleg"),
        "cancel_url": reverse("meeting", args=[uid]), "draft_key": f"overleg:{uid}",
        "draft_minutes": settings.DRAFT_MINUTES, "done_url": reverse("meeting", args=[uid]),
    }  # fmt: skip
    return render(request, "cases/meetings/plan_form.html", context, status=status_of(problem, form))


@route("meeting_cancel", shows=Shows.NOTHING)
@require_http_methods(["GET", "POST"])
def cancel(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The meeting does not take place, after a second look."""
    reading = reading_of(request, route="meeting_cancel", event="meeting.cancelled")
    line = queries.meeting_line(reading, uid)
    rights.check_chair(reading, rights.meeting_for(reading, uid))
    problem = None
    if request.method == "POST":
        made: list[Any] = []
        problem = attempt(None, lambda: made.append(planning.cancel(reading, uid)))
        if made:
            _told(request, mails.tell_everybody(reading, made[0]), _("Het overleg is afgezegd."))
            return back_to("meeting", uid)
    context = {"meeting": line, "problem": problem, "cancel_url": reverse("meeting", args=[uid])}
    return render(request, "cases/meetings/cancel.html", context, status=status_of(problem))


def _told(request: HttpRequest, sent: int, sentence: str) -> None:
    by_mail = _("Bericht gestuurd: %(n)d.") % {"n": sent} if sent else ""
    messages.success(request, f"{sentence} {by_mail}".strip())
