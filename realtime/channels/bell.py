"""Rings in the processes that serve a channel when something happened in it. It carries no content.

A ring that is lost costs a moment: each hub looks for itself several times a second.
"""

import logging
from uuid import UUID

from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer
from django.db import transaction

from realtime.channels.models import Channel

log = logging.getLogger("verbond.realtime")


def group_of(uid: UUID) -> str:
    """The group of the channel layer in which the hubs of one channel listen."""
    return f"street.{uid.hex}"


def ring_after_commit(channel: Channel) -> None:
    """Ring when the open transaction is committed."""
    uid = channel.uid
    transaction.on_commit(lambda: ring(uid))


def ring(uid: UUID) -> None:
    """Ring now."""
    layer = get_channel_layer()
    if layer is None:
        return
    try:
        async_to_sync(layer.group_send)(group_of(uid), {"type": "street.ring"})
    except Exception:
        # The event is stored; a bell that is out of order must not undo it.
        log.exception("the bell of a channel did not ring", extra={"event": "channel_bell"})
