"""The page of a channel on the phone. What is said in it comes by the socket alone."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from audit.journal.apart import append_apart
from cases.casework.views.frame import reading_of
from foundation.routes import Shows, route
from realtime.channels import queries
from realtime.phone.app import PAGE, parts


@route("channel", shows=Shows.CASE_DATA)
def channel(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One channel: its title and its members; messages follow by the socket, each journalled as it is told."""
    reading = reading_of(request, route="channel", event="channel.read")
    here = queries.opened(reading, uid, session=request.session)
    append_apart([reading.entry(case_ref=here.channel.case.ref, detail={"channel": str(uid)})])
    # The socket says within a second that rights changed, and does not ask: this page has no pulse of its own.
    return render(request, PAGE, {"channel": here.channel, "pulse": "", **parts()})
