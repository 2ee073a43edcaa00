"""The one alarm for who was called without being a member: its page, what keeps it up to date, answering, ending."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from cases.casework.views.frame import reading_of
from cases.disclosure.reading import Reading
from foundation.errors import Invalid
from foundation.routes import Shows, route
from realtime.alarms import called, commands
from realtime.alarms.call_page import call_page, standing_of
from realtime.alarms.called import Called
from realtime.alarms.states import RUNNING

MINUTES = (2, 5, 10, 20)


@require_GET
@route("alarm_called", shows=Shows.CASE_DATA)
def alarm_called(request: HttpRequest) -> HttpResponse:
    """Where a phone that was woken leads to: {to}, the newest running alarm for which one was called, or the list."""
    calls = called.calls_of(reading_of(request, route="alarm_called", event="alarm.calls"))
    to = next((called.address(one) for one in calls if one.alarm.state in RUNNING), reverse("channel_list"))
    return JsonResponse({"to": to}, headers={"Cache-Control": "no-store"})


@require_GET
@route("alarm_call", shows=Shows.CASE_DATA)
def alarm_call(request: HttpRequest, uid: UUID, alarm: UUID) -> HttpResponse:
    """The alarm, who comes, where it is if that is shared, and what one can do."""
    reading, found = _found(request, uid, alarm, name="alarm_call")
    return _shown(request, reading, found, whole=True)


@require_GET
@route("alarm_call_now", shows=Shows.CASE_DATA)
def alarm_call_now(request: HttpRequest, uid: UUID, alarm: UUID) -> HttpResponse:
    """The same as a fragment, when it changed since `stand`; nothing (204) while it stands."""
    reading, found = _found(request, uid, alarm, name="alarm_call_now")
    if request.GET.get("stand") == standing_of(reading, found):
        return HttpResponse(status=204, headers={"Cache-Control": "no-store"})
    return _shown(request, reading, found, whole=False)


@require_POST
@route("alarm_call_answer", shows=Shows.NOTHING)
def alarm_call_answer(request: HttpRequest, uid: UUID, alarm: UUID) -> HttpResponse:
    """I come, in so many minutes."""
    text = request.POST.get("minutes", "")
    if not text.isdecimal() or len(text) > 3:
        raise Invalid(
            _("Kies over hoeveel minuten u er bent."), field="minutes", remedy=_("Vul een heel getal in, zoals 5.")
        )
    _reading, found = _found(request, uid, alarm, name="alarm_call_answer", event="alarm.acknowledged")
    commands.acknowledge(found.here, alarm=alarm, minutes=int(text))
    return redirect("alarm_call", uid=uid, alarm=alarm)


@require_POST
@route("alarm_call_end", shows=Shows.NOTHING)
def alarm_call_end(request: HttpRequest, uid: UUID, alarm: UUID) -> HttpResponse:
    """It is over, or it was false: for who also leads the channel."""
    _reading, found = _found(request, uid, alarm, name="alarm_call_end", event="alarm.ended")
    commands.end(found.here, alarm=alarm, how=request.POST.get("how", ""))
    return redirect("alarm_call", uid=uid, alarm=alarm)


def _found(
    request: HttpRequest, uid: UUID, alarm: UUID, *, name: str, event: str = "alarm.read"
) -> tuple[Reading, Called]:
    reading = reading_of(request, route=name, event=event)
    return reading, called.called(reading, uid, alarm)


def _shown(request: HttpRequest, reading: Reading, found: Called, *, whole: bool) -> HttpResponse:
    page = call_page(reading, found)
    mine = next((one.minutes for one in page.coming if one.is_me), None)
    bar = {"purpose_label": page.purpose, "covenant_lines": [page.article], "change_url": ""}
    context = {"channel": found.here.channel, "page": page, "mine": mine, "choices": MINUTES, "bar": bar}
    template = "realtime/alarms/call.html" if whole else "realtime/alarms/_call.html"
    answer = render(request, template, context)
    answer.headers["Cache-Control"] = "no-store"
    return answer
