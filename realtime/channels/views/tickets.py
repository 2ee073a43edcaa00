"""Tickets for the socket of a channel."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_POST

from cases.casework.views.frame import reading_of
from foundation.routes import Shows, route
from realtime.channels import queries
from realtime.channels.tickets import SECONDS, path_of, ticket_for


@require_POST
@route("channel_ticket", shows=Shows.NOTHING)
def channel_ticket(request: HttpRequest, uid: UUID) -> HttpResponse:
    """A ticket for the socket, for the page that stands on this session."""
    reading = reading_of(request, route="channel_ticket", event="channel.read")
    here = queries.opened(reading, uid, session=request.session)
    ticket = ticket_for(reading, here.channel, session=request.session, session_key=request.session.session_key or "")
    return JsonResponse({"ticket": ticket, "path": path_of(here.channel), "seconds": SECONDS})
