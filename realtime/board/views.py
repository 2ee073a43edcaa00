"""The page of the board. It stands as the server made it; the same socket as the phone's keeps it up to date."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from cases.casework.views.frame import reading_of
from foundation.routes import Shows, route
from realtime.board import queries
from realtime.channels.queries import opened


@require_GET
@route("channel_board", shows=Shows.CASE_DATA)
def channel_board(request: HttpRequest, uid: UUID) -> HttpResponse:
    """What goes on in the channel, for who leads it."""
    reading = reading_of(request, route="channel_board", event="channel.read")
    here = opened(reading, uid, session=request.session)
    found = queries.board(reading, here)
    # The socket says within a second that rights changed: like the phone, this page does not ask by itself.
    return render(request, "realtime/board/board.html", {"channel": here.channel, "board": found, "pulse": ""})
