"""Told events as rows of the board: who, what, how far it is, since when. js/board.js makes the same of frames."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from foundation import clock
from realtime.alarms.models import Alarm, AlarmAnswer
from realtime.channels.models import ChannelMember, Kind
from realtime.channels.telling import Told
from realtime.channels.words import ANSWERS, ENDS, TAKES, name_of, status_of, words_of
from realtime.place.models import Share, State

SHOWN = 12
"""Of the last messages."""
_ORDER = {"out": 0, "listening": 1, "": 2, "away": 3}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line. note: how far it is. state: of a person, what they say they do; of an alarm, how it stands."""

    mono: str
    who: str
    text: str
    note: str = ""
    at: datetime | None = None
    state: str = ""


def people_rows(
    members: Iterable[ChannelMember], states: Mapping[str, tuple[str, bool]], told: Sequence[Told], *, leader: int
) -> tuple[Row, ...]:
    """Everybody in the channel, those in the street first, with their latest quick status and since when.

    states: uid of a member → (what they say they do, whether their phone was heard lately).
    """
    latest = {one.event.author_id: one for one in told if (value := status_of(one)) and value != ANSWERS}
    found = []
    for member in members:
        state, is_reachable = states.get(str(member.uid), ("", False))
        one = latest.get(member.pk)
        notes = [str(State(state).label)] if state else []
        notes += [] if is_reachable else [_("Niet bereikbaar")]
        notes += [_("leidt")] if member.membership_id == leader else []
        found.append(
            Row(mono=member.agency.monogram, who=member.professional.name, text=words_of(one) if one else "",
                note=" · ".join(notes), at=one.event.given_at if one else None, state=state)
        )  # fmt: skip
    return tuple(sorted(found, key=lambda row: (_ORDER[row.state], row.who)))


def task_rows(told: Sequence[Told]) -> tuple[Row, ...]:
    """Tasks that nobody said to have done, with who does them."""
    found = []
    for one in _begun(told, Kind.TASK):
        answers = [answer for answer in told if answer.target == one.event.uid]
        if any(status_of(answer) == ENDS for answer in answers):
            continue
        names = dict.fromkeys(name_of(answer) for answer in answers if status_of(answer) == TAKES)
        note = _("%(names)s doet dit") % {"names": ", ".join(names)} if names else _("Nog niemand doet dit")
        found.append(_row(one, note, state="taken" if names else "open"))
    return tuple(found)


def question_rows(told: Sequence[Told]) -> tuple[Row, ...]:
    """Questions without an answer, with between whom they are."""
    answered = {one.target for one in told if one.event.kind == Kind.QUESTION}
    return tuple(
        _row(one, _("tussen %(names)s") % {"names": ", ".join(one.event.heard.split())} if one.event.heard else "")
        for one in _begun(told, Kind.QUESTION)
        if one.event.uid not in answered
    )


def alarm_row(alarm: Alarm, told: Told) -> Row:
    """An alarm that runs, with who comes and at what time they expect to be there."""
    coming = [
        _("%(name)s is er rond %(time)s") % {"name": one.name, "time": _expected(one)} for one in alarm.answers.all()
    ]
    note = " · ".join(coming) or str(alarm.get_state_display())
    return Row(mono=told.event.source.monogram, who=alarm.sender.professional.name, text=words_of(told), note=note,
               at=alarm.raised_at, state=alarm.state)  # fmt: skip


def _expected(answer: AlarmAnswer) -> str:
    there = answer.at + timedelta(minutes=answer.minutes)
    return f"{there.astimezone(clock.AMSTERDAM):%H:%M}"


def place_rows(shares: Iterable[Share]) -> tuple[Row, ...]:
    """Who shares a place, until when, and when it was last heard: also of those beside the map."""
    return tuple(
        Row(mono=one.member.agency.monogram, who=one.member.professional.name, text="", at=one.moved_at,
            note=_("deelt tot %(time)s") % {"time": f"{one.until.astimezone(clock.AMSTERDAM):%H:%M}"})
        for one in shares
    )  # fmt: skip


def last_rows(told: Sequence[Told]) -> tuple[Row, ...]:
    """The last messages, newest first; what happened to the channel itself stands in the log."""
    said = [one for one in reversed(told) if one.event.kind != Kind.NOTICE]
    return tuple(_row(one, str(Kind(one.event.kind).label)) for one in said[:SHOWN])


def kinds_in_words() -> dict[str, str]:
    """Each kind of event as it is called, for the script."""
    return {value: str(label) for value, label in Kind.choices}


def _begun(told: Sequence[Told], kind: str) -> Iterable[Told]:
    return (one for one in reversed(told) if one.event.kind == kind and one.target is None)


def _row(told: Told, note: str, *, state: str = "") -> Row:
    return Row(mono=told.event.source.monogram, who=name_of(told), text=words_of(told), note=note,
               at=told.event.given_at, state=state)  # fmt: skip
