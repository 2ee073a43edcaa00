"""The channels of a reader."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from cases.casework.views.frame import reading_of
from foundation.routes import Shows, route
from realtime.channels import queries
from realtime.channels.calls import calls_for
from realtime.channels.rights import is_leader


@route("channel_list", shows=Shows.CASE_DATA)
def channel_list(request: HttpRequest) -> HttpResponse:
    """My open channels, and those that ended and that I led."""
    reading = reading_of(request, route="channel_list", event="channel.list")
    channels = queries.channel_list(reading)
    context = {
        "channels": [{"row": one, "leads": is_leader(reading, one)} for one in channels],
        "ended": queries.ended_list(reading),
        "calls": calls_for(reading),
        "openable": queries.openable(reading),
    }
    return render(request, "realtime/channels/list.html", context)
