"""The background task that wakes phones, and what queues it: every event that is stored, after its commit."""

from functools import partial
from typing import Any

from django.db import connection, transaction
from django_tasks import task

from foundation.prepared import answers
from realtime.channels.models import Event
from realtime.push.sending import is_urgent, ring_for


@task()
def ring(pk: int) -> int:
    """Wake whoever may know of this event; returns how many devices."""
    event = Event.objects.filter(pk=pk).first()
    return ring_for(event) if event is not None else 0


def on_event(sender: type[Event], instance: Event, created: bool, raw: bool = False, **_more: Any) -> None:
    """An event was stored: once that is committed, phones are woken; the message stands whatever comes of it."""
    if created and not raw:
        transaction.on_commit(partial(_queue, instance), robust=True)


def _queue(event: Event) -> None:
    # Plain SQL: after every message, before its sender hears that it is stored.
    (wanted,) = answers(connection, [(_DEVICE, [event.channel_id, event.author_id or 0])])
    if wanted:
        ring.using(priority=100 if is_urgent(event) else 0).enqueue(event.pk)


_DEVICE = """
SELECT 1 FROM realtime_channelmember m JOIN realtime_pushsubscription s ON s.membership_id = m.membership_id
WHERE m.channel_id = %s AND m.left_at IS NULL AND m.id <> %s LIMIT 1
"""
