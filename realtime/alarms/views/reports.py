"""The alarms of a channel and the report of one, for who leads it."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from cases.casework.views.frame import reading_of
from cases.disclosure.visibility import readers_of
from foundation.routes import Shows, route
from realtime.alarms import commands, queries
from realtime.channels.queries import opened
from realtime.channels.rights import channel_for


@require_GET
@route("alarm_list", shows=Shows.CASE_DATA)
def alarm_list(request: HttpRequest, uid: UUID) -> HttpResponse:
    """All alarms of the channel, and who is called when nobody answers."""
    reading = reading_of(request, route="alarm_list", event="alarm.report")
    here = opened(reading, uid, session=request.session, afterwards=True)
    alarms = queries.alarms_of(reading, here)
    desk = commands.control_room_of(here.channel)
    context = {
        "channel": here.channel, "is_over": here.channel.has_ended(reading.at), "alarms": alarms, "desk": desk,
        "agencies": [one.agency for one in readers_of(here.channel.case, at=reading.at)],
    }  # fmt: skip
    return render(request, "realtime/alarms/list.html", context)


@require_GET
@route("alarm_report", shows=Shows.CASE_DATA)
def alarm_report(request: HttpRequest, uid: UUID, alarm: UUID) -> HttpResponse:
    """One alarm afterwards."""
    reading = reading_of(request, route="alarm_report", event="alarm.report")
    here = opened(reading, uid, session=request.session, afterwards=True)
    found = queries.report(reading, here, alarm)
    return render(request, "realtime/alarms/report.html", {"channel": here.channel, "report": found})


@require_POST
@route("alarm_desk", shows=Shows.NOTHING)
def alarm_desk(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Choose the control room of the channel."""
    reading = reading_of(request, route="alarm_desk", event="alarm.desk")
    commands.choose_control_room(reading, channel_for(reading, uid), agency=request.POST.get("agency", ""))
    return redirect("alarm_list", uid=uid)
