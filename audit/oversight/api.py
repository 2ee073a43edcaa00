"""The workbench for partner systems of privacy officers: the same rights, readings and entries as the pages."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from ninja import Field, Router, Schema

from audit.journal.reading import Officer, admit
from audit.oversight import looking, queries
from audit.oversight.models import FindingState, Verdict
from foundation.routes import Shows, route

router = Router(tags=["oversight"])


class HitsOut(Schema):
    """Reads of one reader by one rule; `looks` counts requests."""

    rule: str
    reads: int
    looks: int
    cases: int
    first: datetime
    last: datetime


class GroupOut(Schema):
    """One reader with reads to be judged."""

    agency_ref: str
    actor_ref: str
    hits: list[HitsOut]


class FindingLineOut(Schema):
    """A finding in the list."""

    uid: str
    agency_ref: str
    actor_ref: str
    opened_at: datetime
    state: FindingState
    reads: int


class PrecisionOut(Schema):
    """Of the closed findings with a read by this rule: how many, and how many proved not justified."""

    rule: str
    closed: int
    unjustified: int


class BenchOut(Schema):
    """What waits for this officer."""

    groups: list[GroupOut]
    findings: list[FindingLineOut]
    precision: list[PrecisionOut]


class ReadOut(Schema):
    """One read of a finding. rules: which rules brought it here."""

    uid: str
    recorded_at: datetime
    event_type: str
    case_ref: str
    purpose: str
    reason: str
    fact_ref: str
    rules: list[str]


class StepOut(Schema):
    """One step in its life; `reason` is null once erased."""

    state: FindingState
    verdict: Verdict
    by_ref: str
    taken_at: datetime
    reason: str | None


class FindingOut(Schema):
    """A finding with its reads and its life."""

    finding: FindingLineOut
    reads: list[ReadOut]
    steps: list[StepOut]


class OpenIn(Schema):
    """Of whom all unjudged reads go into a new finding."""

    agency_ref: str
    actor_ref: str


class StepIn(Schema):
    """The next step. verdict: only with `closed`."""

    state: FindingState
    verdict: Verdict = Verdict.NONE
    reason: str = Field(max_length=2_000)


@router.get("/oversight", response=BenchOut, operation_id="oversight", summary="What waits for the privacy officer")
@route("api:oversight", shows=Shows.JOURNAL)
def bench(request: HttpRequest) -> dict[str, Any]:
    """Reads to be judged per reader and open findings, within the officer's scope."""
    found = looking.bench(_officer(request, "api:oversight"))
    return {"groups": found.groups, "findings": found.findings, "precision": list(found.precision.values())}


@router.post("/oversight/findings", response=FindingOut, operation_id="finding_open", summary="Open a finding")
@route("api:finding_open", shows=Shows.JOURNAL)
def open_finding(request: HttpRequest, given: OpenIn) -> dict[str, Any]:
    """Take the unjudged reads of one reader into a finding."""
    officer = _officer(request, "api:finding_open")
    uid = looking.open_finding(officer, agency_ref=given.agency_ref, actor_ref=given.actor_ref)
    return _finding(looking.finding(officer, str(uid)))


@router.get("/oversight/findings/{uid}", response=FindingOut, operation_id="finding", summary="One finding")
@route("api:finding", shows=Shows.JOURNAL)
def finding(request: HttpRequest, uid: str) -> dict[str, Any]:
    """A finding with its reads and its life. Reading it is itself an entry."""
    return _finding(looking.finding(_officer(request, "api:finding"), uid))


@router.post("/oversight/findings/{uid}/steps", response=FindingOut, operation_id="finding_step", summary="A step")
@route("api:finding_step", shows=Shows.JOURNAL)
def step(request: HttpRequest, uid: str, given: StepIn) -> dict[str, Any]:
    """Explained, escalated or closed, with the reason in words."""
    officer = _officer(request, "api:finding_step")
    looking.take_step(officer, uid, state=given.state, verdict=given.verdict, reason=given.reason)
    return _finding(looking.finding(officer, uid))


def _officer(request: HttpRequest, name: str) -> Officer:
    return admit(getattr(request, "visit", None), route=name)


def _finding(found: queries.FindingOpened) -> dict[str, Any]:
    return {"finding": found.line, "reads": [_read(read) for read in found.reads], "steps": found.steps}


def _read(read: queries.Read) -> dict[str, Any]:
    line = read.line
    return {
        "uid": line.uid, "recorded_at": line.recorded_at, "event_type": line.event_type, "case_ref": line.case_ref,
        "purpose": line.purpose, "reason": read.reason, "fact_ref": read.fact_ref, "rules": list(read.rules),
    }  # fmt: skip
