"""Puts events at the end of a channel's log, within the caller's transaction and write scope."""

from datetime import datetime
from typing import Any

from django.db import connection

from cases.disclosure.reading import Reading
from cases.records.sealed import SealedFacts
from foundation.prepared import answers
from realtime.channels import bell
from realtime.channels.models import Channel, Event, Kind


def next_number(channel: Channel) -> int:
    """The number of the next event. From here to the end of the transaction others wait, so that there are no gaps."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE realtime_channel SET head = head + 1 WHERE id = %s RETURNING head", [channel.pk])
        return int(cursor.fetchone()[0])


def next_number_of(channel: Channel, *, membership: int, at: datetime) -> tuple[int, int] | None:
    """As `next_number`, with the row of this member; None when they are no member now or the channel is not open.

    One statement, since it is the busiest of all: a message costs no look beside it.
    """
    moment = connection.ops.adapt_datetimefield_value(at)
    (found,) = answers(connection, [(_NEXT_OF, [channel.pk, moment, membership, membership])])
    return (int(found[0][0]), int(found[0][1])) if found else None


# SQLite returns columns of the changed table alone, so that the member is asked for by itself.
_MINE = """
SELECT m.id FROM realtime_channelmember m
WHERE m.channel_id = realtime_channel.id AND m.membership_id = %s AND m.left_at IS NULL
"""
_NEXT_OF = f"""
UPDATE realtime_channel SET head = head + 1
WHERE id = %s AND closed_at IS NULL AND ends_at > %s AND EXISTS ({_MINE}) RETURNING head, ({_MINE})
"""  # noqa: S608


def store(channel: Channel, reading: Reading, *, seq: int | None = None, **columns: Any) -> Event:
    """Store one event of the reader's agency at the end of the log, and ring when it is committed.

    seq: its number, where the caller took one.
    """
    event = Event(
        channel=channel, seq=next_number(channel) if seq is None else seq, case_id=channel.case_id,
        source_id=reading.visit.agency.id, under=channel.under, given_at=reading.at, **columns,
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
