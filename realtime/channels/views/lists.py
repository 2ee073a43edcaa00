"""The channels of a reader."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from cases.casework.views.frame import reading_of
from foundation.routes import Shows, route
from realtime.channels import queries


@route("channel_list", shows=Shows.CASE_DATA)
def channel_list(request: HttpRequest) -> HttpResponse:
    """My open channels."""
    reading = reading_of(request, route="channel_list", event="channel.list")
    return render(request, "realtime/channels/list.html", {"channels": queries.channel_list(reading)})
