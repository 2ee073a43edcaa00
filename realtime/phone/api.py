"""The API of what a phone is told beside the log: what may be said, and how far one's own messages got."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router

from agreements.parties.api import bearer
from audit.journal.apart import append_apart
from cases.disclosure.reading import Reading
from foundation import clock
from foundation.routes import Shows, route
from realtime.channels.queries import Opened, opened
from realtime.phone import schemas
from realtime.phone.hearers import hearers_here
from realtime.phone.kinds import kinds_for
from realtime.phone.receipts import Who, receipts_frames, who_saw

router = Router(tags=["channels"], auth=bearer)
_CHANNEL = "/channels/{uid}"


def _opened(request: HttpRequest, uid: UUID, name: str) -> Opened:
    """The channel of the reader, journalled: who is in it and what they may say is told."""
    reading = Reading.begin(request.visit, route=f"api:{name}", event="channel.read")  # type: ignore[attr-defined]
    here = opened(reading, uid, session=None)
    append_apart([reading.entry(case_ref=here.channel.case.ref, detail={"channel": str(uid)})])
    return here


@router.get(_CHANNEL + "/kinds", response=schemas.KindsOut, operation_id="channel_kinds")
@route("api:channel_kinds", shows=Shows.RULES)
def channel_kinds(request: HttpRequest, uid: UUID) -> dict[str, Any]:
    """What the reader may say in this channel, with the fields by which it is sent and who will read each."""
    here = _opened(request, uid, "channel_kinds")
    return kinds_for(here.channel, here, hearers_here(here.channel, [here], at=clock.now()))


@router.get(_CHANNEL + "/receipts", response=list[schemas.ReceiptOut], operation_id="channel_receipts")
@route("api:channel_receipts", shows=Shows.NOTHING)
def channel_receipts(request: HttpRequest, uid: UUID) -> list[dict[str, Any]]:
    """How far the latest messages of the reader's agency got."""
    here = _opened(request, uid, "channel_receipts")
    return schemas.receipts_out(receipts_frames(here.channel, [here])[here.hearer.view]["events"])


@router.get(_CHANNEL + "/events/{event}/receipts", response=list[schemas.SeenByOut], operation_id="channel_seen_by")
@route("api:channel_seen_by", shows=Shows.NOTHING)
def channel_seen_by(request: HttpRequest, uid: UUID, event: UUID) -> list[dict[str, Any]]:
    """Whom a message of the reader themselves reached; of no other message."""
    here = _opened(request, uid, "channel_seen_by")
    found: list[dict[str, Any]] = who_saw(here, Who(type="who", event=event))["members"]
    return found
