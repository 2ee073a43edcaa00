"""What stands on the board: the leader's own view of the log, read once more as people, tasks, questions and alarms.

Places and presence come from their own room, by its rules. Nothing here opens a fact.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from agreements.covenants.pulse import pulse_at
from audit.journal.apart import append_apart
from cases.disclosure.reading import Reading
from realtime.alarms.queries import running_alarms
from realtime.board.rows import (
    Row,
    alarm_row,
    kinds_in_words,
    last_rows,
    people_rows,
    place_rows,
    question_rows,
    task_rows,
)
from realtime.channels.queries import Opened, last_told
from realtime.channels.rights import check_leader
from realtime.channels.telling import Told, chain, view_name
from realtime.live.protocol import event_frame
from realtime.place.sketch import Dot, Sketch, dots, sketch
from realtime.place.telling import places_for, presence_rows

MOST = 300
"""Events of the log that the board looks back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """Rows for each part of the board, newest first; people by what they do.

    frames: the same events as the socket would send them (JSON), last and view: where the socket goes on from.
    """

    out: tuple[Row, ...]
    others: tuple[Row, ...]
    tasks: tuple[Row, ...]
    questions: tuple[Row, ...]
    alarms: tuple[Row, ...]
    last_said: tuple[Row, ...]
    places: tuple[Row, ...]
    map: Sketch | None
    dots: tuple[Dot, ...]
    kinds: str
    frames: str
    last: str
    view: str


def board(reading: Reading, here: Opened) -> Board:
    """The board of a channel as its leader may know it. Raises Refused (not the leader), JournalUnavailable."""
    channel = here.channel
    check_leader(reading, channel)
    append_apart([reading.entry(case_ref=channel.case.ref, detail={"channel": str(channel.uid)})])
    told = last_told(reading, here, limit=MOST)
    states = presence_rows(channel, at=reading.at)
    people = people_rows(here.members, states, told, leader=channel.leader_id)
    shape = sketch(channel.case.district)
    places = places_for(here.hearer, here.member, channel, route=reading.route)
    return Board(
        out=tuple(row for row in people if row.state == "out"),
        others=tuple(row for row in people if row.state != "out"),
        tasks=task_rows(told), questions=question_rows(told),
        alarms=tuple(alarm_row(alarm, one) for alarm, one in running_alarms(reading, here)),
        last_said=last_rows(told), places=place_rows(one for one, _place in places), map=shape,
        dots=dots(shape, [(one.member.professional.name, place) for one, place in places]) if shape else (),
        kinds=json.dumps(kinds_in_words()), frames=json.dumps(_frames(told)),
        last=str(told[-1].event.uid) if told else "", view=view_name(channel, here.hearer, pulse_at(reading.at)),
    )  # fmt: skip


def _frames(told: Sequence[Told]) -> list[dict[str, object]]:
    return [event_frame(one, after=before) for before, one in chain(None, told)]
