"""Puts events at the end of a channel's log, within the caller's transaction and write scope."""

from typing import Any

from django.db import connection

from cases.disclosure.reading import Reading
from cases.records.sealed import SealedFacts
from realtime.channels import bell
from realtime.channels.models import Channel, Event, Kind


def next_number(channel: Channel) -> int:
    """The number of the next event. From here to the end of the transaction others wait, so that there are no gaps."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE realtime_channel SET head = head + 1 WHERE id = %s RETURNING head", [channel.pk])
        return int(cursor.fetchone()[0])


def store(channel: Channel, reading: Reading, **columns: Any) -> Event:
    """Store one event of the reader's agency at the end of the log, and ring when it is committed."""
    event = Event(
        channel=channel, seq=next_number(channel), case_id=channel.case_id, source_id=reading.visit.agency.id,
        under=channel.under, given_at=reading.at, **columns,
    )  # fmt: skip
    event.save(force_insert=True)
    bell.ring_after_commit(channel)
    return event


def note(channel: Channel, reading: Reading, what: str, *, by: str, **columns: Any) -> Event:
    """Store a notice: what happened to the channel itself (code), and to whom (name). Every member may know it."""
    return store(
        channel,
        reading,
        kind=Kind.NOTICE,
        values=SealedFacts.seal({}),
        present="0",
        notice=what,
        notice_by=by,
        **columns,
    )
