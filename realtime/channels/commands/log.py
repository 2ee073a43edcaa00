"""Puts events at the end of a channel's log.

What is said by members goes in one statement with its entry where that can be (`put_at_once`); else it takes its
number and its place in the trip that opens the write scope (`next_of`, `stored`). What a command notes beside its other
changes is stored by itself (`note`).
"""

from collections.abc import Callable, Sequence
from functools import cache, partial
from typing import Any
from uuid import uuid4

from django.db import connection
from django.db.models.signals import post_save

from audit.journal.apart import SCOPED, Change, can_change_apart, change_apart
from audit.journal.entry import Entry
from cases.disclosure.reading import Reading
from cases.records.sealed import SealedFacts, SealedField
from foundation.prepared import Question, answers, untyped
from realtime.channels import bell
from realtime.channels.followers import hand_over, questions
from realtime.channels.models import Channel, Event, Kind


def put_at_once(event: Event, entry: Entry, *, membership: int) -> bool:
    """Store this event at the end of its channel's log as said by this membership, with its entry: one trip.

    False, and nothing is stored, where they are no member now, the channel is not open, or it changed since it was
    read: then `next_of` finds out what is so. Also for an alarm, which is more than an event, and on SQLite.
    Raises IntegrityError for what they said before, JournalUnavailable.
    """
    if event.kind == Kind.ALARM or not can_change_apart():
        return False
    moment = connection.ops.adapt_datetimefield_value(event.given_at)
    # A statement that waited for another sees the newest row of the channel, but the members of before. Whoever changes
    # those changes the revision too.
    here = [membership, event.channel_id, moment, event.channel.revision]
    change = Change([("taken", _TAKEN, here), ("said", _insert("taken.head, taken.author FROM taken"), _values(event))])
    return _stands(event, change_apart(change, [entry], beside=questions(event, membership=membership)))


def next_of(event: Event, *, membership: int) -> list[Question]:
    """What stores this event at the end of its channel's log as said by this membership; ask it with the scope.

    Nothing is stored when they are no member now or the channel is not open. From here to the end of the transaction
    others wait, so that there are no gaps. The same statements at every message, since they are the busiest of all.
    """
    moment = connection.ops.adapt_datetimefield_value(event.given_at)
    here = [event.channel_id, moment, membership]
    insert = _insert(f"c.head, m.id {_OF_CHANNEL}"), [*_values(event), *here]
    return [(_NEXT, here), insert, *_asking(event, membership)]


def stored(event: Event, found: Sequence[Sequence[Any]]) -> bool:
    """Whether it was stored, by what came of `next_of`; then it has its number and author, and rings when committed."""
    if not _stands(event, [[*row, *_answers(found[2:])] for row in found[1]]):
        return False
    post_save.send(Event, instance=event, created=True, update_fields=None, raw=False, using=connection.alias)
    return True


def _stands(event: Event, rows: Sequence[Sequence[Any]]) -> bool:
    if not rows:
        return False
    ((event.pk, event.seq, event.author_id, *asked),) = rows
    event._state.adding, event._state.db = False, connection.alias
    hand_over(event, asked)
    bell.ring_after_commit(event.channel)
    return True


_NUMBER = "UPDATE realtime_channel SET head = head + 1 WHERE id = %s RETURNING head"
_NEXT = """
UPDATE realtime_channel SET head = head + 1 WHERE id = %s AND closed_at IS NULL AND ends_at > %s AND EXISTS (
    SELECT 1 FROM realtime_channelmember m
    WHERE m.channel_id = realtime_channel.id AND m.membership_id = %s AND m.left_at IS NULL
)
"""
_TAKEN = f"""
UPDATE realtime_channel c SET head = c.head + 1 FROM realtime_channelmember m
WHERE m.channel_id = c.id AND m.membership_id = %s AND m.left_at IS NULL
AND c.id = %s AND c.closed_at IS NULL AND c.ends_at > %s AND c.revision = %s AND {SCOPED}
RETURNING c.head, m.id AS author
"""  # noqa: S608
# Asked anew: who waited for others learns here of a member who was put out meanwhile.
_OF_CHANNEL = """
FROM realtime_channel c JOIN realtime_channelmember m ON m.channel_id = c.id AND m.left_at IS NULL
WHERE c.id = %s AND c.closed_at IS NULL AND c.ends_at > %s AND m.membership_id = %s
"""


@cache
def _fields() -> tuple[Any, ...]:
    """All columns but the row number and the two that the log gives."""
    return tuple(field for field in Event._meta.concrete_fields if field.name not in {"id", "seq", "author"})


def _values(event: Event) -> list[Any]:
    return [put(getattr(event, name)) for name, put in _puts()]


@cache
def _puts() -> tuple[tuple[str, Callable[[Any], Any]], ...]:
    """Of each field its attribute, and what makes that a parameter. No field of an event changes as it is stored."""
    return tuple((field.attname, _put_of(field)) for field in _fields())


def _put_of(field: Any) -> Callable[[Any], Any]:
    if isinstance(field, SealedField):
        return field.get_prep_value
    if connection.vendor == "postgresql":
        return untyped
    return partial(field.get_db_prep_save, connection=connection)


@cache
def _insert(numbered: str) -> str:
    """numbered: SQL for the number and the author of the event, and where those come from."""
    names = ", ".join(f'"{field.column}"' for field in _fields())
    marks = ", ".join(_mark(field) for field in _fields())
    return (
        f'INSERT INTO realtime_event ({names}, "seq", "author_id") SELECT {marks}, {numbered} '
        'RETURNING "id", "seq", "author_id"'
    )


def _mark(field: Any) -> str:
    # In a SELECT PostgreSQL does not ask the column what a parameter is. Without a length, which would cut off.
    return f"%s::{field.db_type(connection).partition('(')[0]}" if connection.vendor == "postgresql" else "%s"


def note(channel: Channel, reading: Reading, what: str, *, by: str, **columns: Any) -> Event:
    """Store a notice: what happened to the channel itself (code), and to whom (name). Every member may know it."""
    event = event_of(
        channel,
        reading,
        kind=Kind.NOTICE,
        values=SealedFacts.seal({}),
        present="0",
        notice=what,
        notice_by=by,
        **columns,
    )
    event.seq = _next_number(channel)
    event.save(force_insert=True)
    hand_over(event, _answers(answers(connection, _asking(event, 0))))
    bell.ring_after_commit(channel)
    return event


def event_of(channel: Channel, reading: Reading, *, target: Event | None = None, **columns: Any) -> Event:
    """An event of the reader's agency, not stored yet. columns: by their attributes, foreign keys as row numbers."""
    columns |= {
        "uid": uuid4(), "case_id": channel.case_id, "source_id": reading.visit.agency.id, "under": channel.under,
        "given_at": reading.at,
    }  # fmt: skip
    # In the order of the columns, as Django makes it from a row: by name takes several times as long.
    event = Event(*[columns.get(name, blank) for name, blank in _blank()])  # type: ignore[misc]
    event.channel, event.target = channel, target
    return event


@cache
def _blank() -> tuple[tuple[str, Any], ...]:
    return tuple((one.attname, None if one.has_default() else one.get_default()) for one in Event._meta.concrete_fields)


def _asking(event: Event, membership: int) -> list[Question]:
    return [(f"SELECT {text}", params) for text, params in questions(event, membership=membership)]


def _answers(found: Sequence[Sequence[Any]]) -> list[Any]:
    return [rows[0][0] for rows in found]


def _next_number(channel: Channel) -> int:
    """The number of the next event. From here to the end of the transaction others wait, so that there are no gaps."""
    (((head,),),) = answers(connection, [(_NUMBER, [channel.pk])])
    return int(head)
