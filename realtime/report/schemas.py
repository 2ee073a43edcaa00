"""The shapes of reports and of taking over, in the API."""

from dataclasses import asdict
from typing import Any
from uuid import UUID

from ninja import Schema
from pydantic import Field

from cases.papers.lines import PaperLine
from cases.papers.schemas import PaperOut
from realtime.report.content import Content
from realtime.report.taking import MOST, AsSignal, Taken, Wanted


class PartOut(Schema):
    """A part of a message. is_held: only that it is held; article: "" for one's own words."""

    label: str
    text: str
    is_held: bool
    article: str


class EntryOut(Schema):
    """An entry in order. notice: what happened to the channel itself; photo: uid of its event, "" without one."""

    at: str
    agency: str
    who: str
    kind: str
    notice: str
    answers: str
    between: str
    photo: str
    pieces: list[PartOut]


class PersonOut(Schema):
    """Who took part; until: "" for who still does."""

    name: str
    agency: str
    since: str
    until: str


class ShortOut(Schema):
    at: str
    agency: str
    who: str
    text: str


class TaskOut(ShortOut):
    """taken, done: names; ended: when it was first said to be done."""

    taken: str
    done: str
    ended: str


class ComesOut(Schema):
    name: str
    at: str
    minutes: int


class AlarmOut(ShortOut):
    state: str
    answers: list[ComesOut]
    ended: str
    ended_by: str


class ReportOut(Schema):
    """The report in words, as on paper. barred: articles that keep something out of it that the reader can read."""

    title: str
    case: str
    scope: str
    under: str
    purpose: str
    lead: str
    leader: str
    opened: str
    ends: str
    is_over: bool
    members: list[PersonOut]
    alarms: list[AlarmOut]
    tasks: list[TaskOut]
    handovers: list[ShortOut]
    entries: list[EntryOut]
    articles: list[str]
    barred: list[str]
    obligations: list[str]


class StreetPapersOut(Schema):
    """paper: null when there is none."""

    paper: PaperOut | None


class SignalIn(Schema):
    """What a signal needs beside the words. kind, reliability: choice codes of signal_domain, signal_reliability."""

    kind: str = Field(default="", max_length=24)
    place: str = Field(default="", max_length=200)
    person: str = Field(default="", max_length=200)
    urgency: str = Field(default="normal", max_length=12)
    reliability: str = Field(default="single", max_length=24)


class TakeIn(Schema):
    """Entries to take over. person: about whom of the case; signal: only for a channel that gives signals."""

    events: list[UUID] = Field(max_length=MOST)
    person: UUID | None = None
    signal: SignalIn = Field(default_factory=SignalIn)

    def wanted(self) -> Wanted:
        """As the command takes it."""
        return Wanted(events=self.events, person=self.person, signal=AsSignal(**self.signal.dict()))


class EntryTakenOut(Schema):
    """event: the entry; contributions: what it became in the case, [] for a signal."""

    event: UUID
    contributions: list[UUID]


class TakenOut(Schema):
    """case: number of the case that got contributions; signal: number of the signal; the other one is ""."""

    case: str
    signal: str
    entries: list[EntryTakenOut]


def report_out(content: Content) -> dict[str, Any]:
    """The report for the API."""
    return dict(content.body)


def papers_out(line: PaperLine | None) -> dict[str, Any]:
    """How far the paper is, for the API."""
    return {"paper": line and asdict(line)}


def taken_out(taken: Taken) -> dict[str, Any]:
    """What became of the entries, for the API."""
    entries = [{"event": row.event, "contributions": row.contributions} for row in taken.entries]
    return {"case": taken.case, "signal": taken.signal, "entries": entries}
