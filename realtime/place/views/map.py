"""The map of a channel: shapes of the installation's own map. It holds no position; those come by the socket."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from cases.casework.views.frame import reading_of
from foundation.routes import Shows, route
from realtime.channels import queries
from realtime.place.sketch import sketch


@route("channel_map", shows=Shows.CASE_DATA)
def channel_map(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The shapes around the district of the case, as a fragment with the numbers by which a script places people."""
    reading = reading_of(request, route="channel_map", event="channel.read")
    here = queries.opened(reading, uid, session=request.session)
    return render(request, "realtime/place/map.html", {"map": sketch(here.channel.case.district)})
