"""The background task that wakes phones, and what queues it: every event that is stored, after its commit."""

from functools import partial

from django.db import transaction
from django_tasks import task

from foundation.prepared import Question
from realtime.channels.models import Event
from realtime.push.sending import is_urgent, ring_for


@task()
def ring(pk: int) -> int:
    """Wake whoever may know of this event; returns how many devices."""
    event = Event.objects.filter(pk=pk).first()
    return ring_for(event) if event is not None else 0


def asks(event: Event, *, membership: int) -> Question:
    """Whether anybody else in the channel has a device that can be woken."""
    return _DEVICE, [event.channel_id, membership]


def takes(event: Event, is_wanted: bool) -> None:
    """An event was stored: once that is committed, phones are woken; the message stands whatever comes of it."""
    if is_wanted:
        transaction.on_commit(partial(_queue, event), robust=True)


def _queue(event: Event) -> None:
    ring.using(priority=100 if is_urgent(event) else 0).enqueue(event.pk)


_DEVICE = """EXISTS (
    SELECT 1 FROM realtime_channelmember m JOIN realtime_pushsubscription s ON s.membership_id = m.membership_id
    WHERE m.channel_id = %s AND m.left_at IS NULL AND m.membership_id <> %s
)"""
