"""Rings in the processes that serve a channel when something happened in it. It carries no content.

A ring that is lost costs a moment: each process looks for itself several times a second.
"""

import asyncio
import logging
from collections.abc import Callable, Iterable
from uuid import UUID

from asgiref.sync import async_to_sync
from channels.layers import BaseChannelLayer, get_channel_layer
from django.db import transaction

from realtime.channels.models import Channel

log = logging.getLogger("verbond.realtime")

GROUP = "street"
"""The group of the channel layer in which all processes with sockets listen."""

LONGEST = 2.0
"""Seconds that ringing may take."""

Ringer = Callable[[UUID], bool]
_ringers: list[Ringer] = []


def supply_ringer(ringer: Ringer) -> None:
    """Who rings for this process, from any thread and without waiting; returns whether it was heard."""
    if ringer not in _ringers:
        _ringers.append(ringer)


def withdraw_ringer(ringer: Ringer) -> None:
    """It rings no more."""
    if ringer in _ringers:
        _ringers.remove(ringer)


def message(channels: Iterable[UUID], *, by: str = "") -> dict[str, str]:
    """What travels: in which channels something happened, and a name of the process that says so."""
    return {"type": "street.ring", "channels": " ".join(uid.hex for uid in channels), "by": by}


def ring_after_commit(channel: Channel) -> None:
    """Ring when the open transaction is committed."""
    uid = channel.uid
    transaction.on_commit(lambda: ring(uid))


def ring(uid: UUID) -> None:
    """Ring now."""
    heard = [ringer(uid) for ringer in list(_ringers)]
    if any(heard):
        return
    layer = get_channel_layer()
    if layer is None:
        return
    try:
        async_to_sync(_send)(layer, message([uid]))
    except Exception:
        # The event is stored; a bell that is out of order must not undo it.
        log.exception("the bell of a channel did not ring", extra={"event": "channel_bell"})


async def _send(layer: BaseChannelLayer, rung: dict[str, str]) -> None:
    # A Redis that takes the connection and does not answer must not hold up who spoke.
    async with asyncio.timeout(LONGEST):
        await layer.group_send(GROUP, rung)
