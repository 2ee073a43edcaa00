"""The API of channels: the same queries and commands as the pages and the sockets."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Router

from agreements.parties.api import bearer
from cases.disclosure.reading import Reading
from foundation import clock
from foundation.errors import NotFound
from foundation.routes import Shows, route
from realtime.channels import queries, schemas
from realtime.channels.commands import members, opening, saying
from realtime.channels.tickets import SECONDS, path_of, ticket_for

router = Router(tags=["channels"], auth=bearer)
_CHANNEL = "/channels/{uid}"
_TOKEN_SECONDS = 600
"""How long a socket stands that was opened with an access token; then its holder asks for another ticket."""


def _reading(request: HttpRequest, name: str, event: str = "channel.read") -> Reading:
    return Reading.begin(request.visit, route=f"api:{name}", event=event)  # type: ignore[attr-defined]


def _opened(reading: Reading, uid: UUID) -> queries.Opened:
    return queries.opened(reading, uid, session=None)


@router.get("/channels", response=list[schemas.ChannelLine], operation_id="channel_list")
@route("api:channel_list", shows=Shows.CASE_DATA)
def channel_list(request: HttpRequest, ended: bool = False) -> list[dict[str, Any]]:
    """The open channels of the reader; with `ended` those that ended and that they led, whose log they still read."""
    reading = _reading(request, "channel_list", "channel.list")
    if ended:
        return [schemas.ended_line(one) for one in queries.ended_list(reading)]
    return [schemas.channel_line(one) for one in queries.channel_list(reading)]


@router.post("/channels", response={201: schemas.ChannelOut}, operation_id="channel_open")
@route("api:channel_open", shows=Shows.CASE_DATA)
def channel_open(request: HttpRequest, body: schemas.PlanIn) -> tuple[int, dict[str, Any]]:
    """Open a channel in a case in which the reader's agency takes part; the reader leads it."""
    reading = _reading(request, "channel_open")
    case = queries.case_for(reading, body.case)
    if case is None:
        raise NotFound(_("Deze casus bestaat niet voor u."), remedy=_("Kies een casus uit uw werkvoorraad."))
    plan = opening.Plan(
        title=body.title, scope=body.scope, under=body.under, ends_at=body.ends_at, members=body.members,
        submission=body.submission,
    )  # fmt: skip
    made = opening.open_channel(reading, case, plan)
    return 201, schemas.channel_out(_opened(_reading(request, "channel_open"), made.uid))


@router.get(_CHANNEL, response=schemas.ChannelOut, operation_id="channel_detail")
@route("api:channel_detail", shows=Shows.CASE_DATA)
def channel_detail(request: HttpRequest, uid: UUID) -> dict[str, Any]:
    """A channel with its members."""
    return schemas.channel_out(_opened(_reading(request, "channel_detail"), uid))


@router.patch(_CHANNEL, response=schemas.ChannelOut, operation_id="channel_prolong")
@route("api:channel_prolong", shows=Shows.CASE_DATA)
def channel_prolong(request: HttpRequest, uid: UUID, body: schemas.ChangeIn) -> dict[str, Any]:
    """Set another end of its term."""
    opening.prolong(_reading(request, "channel_prolong"), uid, ends_at=body.ends_at)
    return schemas.channel_out(_opened(_reading(request, "channel_prolong"), uid))


@router.delete(_CHANNEL, response={204: None}, operation_id="channel_close")
@route("api:channel_close", shows=Shows.NOTHING)
def channel_close(request: HttpRequest, uid: UUID) -> tuple[int, None]:
    """End the channel now."""
    opening.close(_reading(request, "channel_close"), uid)
    return 204, None


@router.post(_CHANNEL + "/members", response={201: schemas.ChannelOut}, operation_id="channel_invite")
@route("api:channel_invite", shows=Shows.CASE_DATA)
def channel_invite(request: HttpRequest, uid: UUID, body: schemas.MemberIn) -> tuple[int, dict[str, Any]]:
    """Let somebody in."""
    members.invite(_reading(request, "channel_invite"), uid, membership=body.membership)
    return 201, schemas.channel_out(_opened(_reading(request, "channel_invite"), uid))


@router.delete(_CHANNEL + "/members/{member}", response={204: None}, operation_id="channel_put_out")
@route("api:channel_put_out", shows=Shows.NOTHING)
def channel_put_out(request: HttpRequest, uid: UUID, member: UUID) -> tuple[int, None]:
    """End somebody's membership of the channel; their sockets are cut within a second."""
    members.put_out(_reading(request, "channel_put_out"), uid, member=member)
    return 204, None


@router.delete(_CHANNEL + "/me", response={204: None}, operation_id="channel_leave")
@route("api:channel_leave", shows=Shows.NOTHING)
def channel_leave(request: HttpRequest, uid: UUID) -> tuple[int, None]:
    """Leave it oneself."""
    members.leave(_reading(request, "channel_leave"), uid)
    return 204, None


@router.get(_CHANNEL + "/events", response=schemas.LogOut, operation_id="channel_events")
@route("api:channel_events", shows=Shows.CASE_DATA)
def channel_events(request: HttpRequest, uid: UUID, after: UUID | None = None) -> dict[str, Any]:
    """A page of the log, from the oldest event or after the event `after`."""
    reading = _reading(request, "channel_events")
    here = queries.opened(reading, uid, session=None, afterwards=True)
    page = queries.log_page(reading, here, after=after)
    return {"events": [schemas.event_out(one) for one in page.told], "after": page.after}


@router.post(_CHANNEL + "/events", response={201: schemas.StoredOut}, operation_id="channel_say")
@route("api:channel_say", shows=Shows.NOTHING)
def channel_say(request: HttpRequest, uid: UUID, body: schemas.SayIn) -> tuple[int, dict[str, Any]]:
    """Say something; the same `client` again is stored once."""
    reading = _reading(request, "channel_say", "channel.said")
    here = _opened(reading, uid)
    said = saying.Said(
        client=body.client, kind=body.kind, pieces=tuple((one.field, one.text) for one in body.pieces),
        target=body.target, to=body.to, fact=(body.fact.contribution, body.fact.field) if body.fact else None,
    )  # fmt: skip
    event = saying.say(reading, here.channel, said, hearer=here.hearer)
    return 201, {"client": body.client, "event": event.uid}


@router.post(_CHANNEL + "/ticket", response={201: schemas.TicketOut}, operation_id="channel_ticket")
@route("api:channel_ticket", shows=Shows.NOTHING)
def channel_ticket(request: HttpRequest, uid: UUID) -> tuple[int, dict[str, Any]]:
    """A ticket for the socket of this channel; it goes into the first frame, never into an address."""
    reading = _reading(request, "channel_ticket")
    here = _opened(reading, uid)
    until = clock.now().timestamp() + _TOKEN_SECONDS
    ticket = ticket_for(reading, here.channel, session=None, session_key="", until=until)
    return 201, {"ticket": ticket, "path": path_of(here.channel), "seconds": SECONDS}
