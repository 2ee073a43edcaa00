"""Timelines, "why was this read allowed", and the course of reads, for partner systems of privacy officers."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema

from audit.journal.reading import admit
from audit.oversight import looking
from audit.oversight.timeline import Moment
from audit.ports import Sort
from foundation.errors import NotFound
from foundation.routes import Shows, route

router = Router(tags=["oversight"])


class TimelineAsked(Schema):
    """Of what: `text` is a reference or what somebody would type. `before` is the `older` of the page before."""

    sort: Sort
    text: str = Field(max_length=200)
    before: str = ""
    limit: int = Field(default=50, ge=1, le=200)


class MomentOut(Schema):
    """One read: who, what (catalogue codes, never values) and why. rules: which rules marked it."""

    uid: str
    recorded_at: datetime
    event_type: str
    outcome: str
    actor_ref: str
    agency_ref: str
    roles: list[str]
    case_ref: str
    purpose: str
    break_glass: bool
    fields: list[str]
    announced: list[str]
    reason: str
    fact_ref: str
    rules: list[str]


class TimelineOut(Schema):
    """A page of one timeline, newest first. reference: what `text` stood for."""

    reference: str
    moments: list[MomentOut]
    older: str


class GroundOut(Schema):
    """A row on which the read rests. held: whether it held at the moment of the read."""

    title: str
    since: datetime | None
    until: datetime | None
    held: bool


class SignedOut(Schema):
    """A place under the version. state: verified, paper, wrong, exempt or open."""

    agency: str
    signatory: str
    state: str
    at: datetime | None
    day: date | None


class ArticleOut(Schema):
    """An article by which something left, as it stood."""

    ref: str
    covenant: str
    version: int
    title: str
    text: str
    sentence: str
    basis: str
    in_force: bool
    sha256: str
    signatures: list[SignedOut]


class SealOut(Schema):
    """Where the entry stands in the log. proven: worked out now; null without a signed checkpoint over it."""

    seq: int | None
    size: int | None
    signed_at: datetime | None
    proven: bool | None
    witnesses: list[str]


class WhyOut(Schema):
    """What one read rests on."""

    uid: str
    recorded_at: datetime
    reason: str
    fact_ref: str
    ground: GroundOut | None
    taking_part: list[GroundOut]
    articles: list[ArticleOut]
    own: bool
    unknown: list[str]
    rules: list[str]
    review: UUID | None
    seal: SealOut


class SeriesOut(Schema):
    """Reads per week of one agency. Not `own`: whole tens, rounded down, and no more than that."""

    agency_ref: str
    own: bool
    reads: list[int]
    unexplained: list[int]
    break_glass: list[int]


class PlotOut(Schema):
    """weeks: the Mondays, oldest first."""

    weeks: list[date]
    whole: SeriesOut
    agencies: list[SeriesOut]


class QuestionIn(Schema):
    """What to ask the reader of a finding."""

    text: str = Field(max_length=2_000)


class QuestionOut(Schema):
    """The question that was asked."""

    uid: UUID


@router.get("/oversight/timeline", response=TimelineOut, operation_id="oversight_timeline")
@route("api:oversight_timeline", shows=Shows.JOURNAL)
def timeline(request: HttpRequest, asked: Query[TimelineAsked]) -> dict[str, Any]:
    """Reads of one person concerned, reader, case or agency. Looking is itself an entry."""
    officer = admit(getattr(request, "visit", None), route="api:oversight_timeline")
    found = looking.found(officer, asked.sort, asked.text)
    if len(found) != 1:
        raise NotFound(
            "Hiervoor is er geen tijdlijn, of meer dan een.", remedy="Vraag met een hele verwijzing uit het logboek."
        )
    page = looking.timeline_of(officer, asked.sort, found[0], before=asked.before, limit=asked.limit)
    return {"reference": found[0], "moments": [_moment(moment) for moment in page.moments], "older": page.older}


@router.get("/oversight/why/{uid}", response=WhyOut, operation_id="oversight_why")
@route("api:oversight_why", shows=Shows.JOURNAL)
def why(request: HttpRequest, uid: str) -> dict[str, Any]:
    """From one read to its reason, participation, articles, signatures and seal. Looking is itself an entry."""
    found = looking.why_of(admit(getattr(request, "visit", None), route="api:oversight_why"), uid)
    at = found.entry.line.recorded_at
    grounds = [_ground(ground, at) for ground in found.taking_part]
    return {
        **{name: getattr(found, name) for name in ("reason", "fact_ref", "own", "unknown", "rules", "review")},
        "uid": found.entry.line.uid,
        "recorded_at": at,
        "ground": _ground(found.ground, at) if found.ground else None,
        "taking_part": grounds,
        "articles": list(found.articles),
        "seal": {
            **{name: getattr(found.seal, name) for name in ("seq", "size", "signed_at", "proven")},
            "witnesses": [name for name, _since in found.seal.witnesses],
        },
    }


@router.get("/oversight/plot", response=PlotOut, operation_id="oversight_plot")
@route("api:oversight_plot", shows=Shows.JOURNAL)
def plot(request: HttpRequest) -> Any:
    """Reads per week and per agency: exactly within the officer's scope, in tens outside it."""
    return looking.plot_of(admit(getattr(request, "visit", None), route="api:oversight_plot"))


@router.post("/oversight/findings/{uid}/questions", response=QuestionOut, operation_id="oversight_ask")
@route("api:oversight_ask", shows=Shows.NOTHING)
def ask(request: HttpRequest, uid: str, given: QuestionIn) -> dict[str, Any]:
    """Ask the reader of a finding to explain. They find it in their inbox."""
    officer = admit(getattr(request, "visit", None), route="api:oversight_ask")
    return {"uid": looking.ask(officer, uid, text=given.text)}


def _ground(ground: Any, at: datetime) -> dict[str, Any]:
    return {"title": ground.title, "since": ground.since, "until": ground.until, "held": ground.held(at)}


def _moment(moment: Moment) -> dict[str, Any]:
    line = moment.read.line
    plain = (
        "uid", "recorded_at", "event_type", "outcome", "actor_ref", "agency_ref", "case_ref", "purpose", "break_glass",
    )  # fmt: skip
    return {
        **{name: getattr(line, name) for name in plain},
        "roles": list(moment.roles),
        "fields": [field.field for field in moment.fields],
        "announced": [field.field for field in moment.announced],
        "reason": moment.read.reason,
        "fact_ref": moment.read.fact_ref,
        "rules": list(moment.read.rules),
    }
