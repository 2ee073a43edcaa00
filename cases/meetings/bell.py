"""Rings in the open screens of a meeting when something changed. It carries no content: screens ask for theirs."""

import logging
from uuid import UUID

from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer
from django.db import transaction
from django.db.models import F

from cases.meetings.models import Meeting

log = logging.getLogger("verbond.meetings")


def group_of(uid: UUID) -> str:
    """The channel group of the screens of one meeting."""
    return f"meeting.{uid.hex}"


def changed(meeting: Meeting, *, what: str = "changed") -> None:
    """Raise the meeting's revision in the caller's transaction, and ring when it is committed.

    A ring that is lost costs a second: screens compare revisions themselves as well.
    """
    Meeting.objects.filter(pk=meeting.pk).update(revision=F("revision") + 1)
    transaction.on_commit(lambda: ring(meeting.uid, what=what))


def ring(uid: UUID, *, what: str) -> None:
    """Ring now."""
    layer = get_channel_layer()
    if layer is None:
        return
    try:
        async_to_sync(layer.group_send)(group_of(uid), {"type": "meeting.ring", "what": what})
    except Exception:
        # The change is stored; a bell that is out of order must not undo it.
        log.exception("the bell did not ring", extra={"event": "meeting_bell"})
