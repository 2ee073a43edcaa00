"""The API of what a draft would change in the caseload: the same queries and commands as the pages."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from ninja import Query, Router, Schema

from agreements.parties.api import bearer
from cases.impact import queries
from cases.impact.commands import start_run
from cases.impact.runs import line_of
from foundation.routes import Shows, route

router = Router(tags=["covenants"], auth=bearer)


class RunOut(Schema):
    """state: queued, running, done or failed. percent: of the cases. is_slow: no worker has taken it yet."""

    uid: str
    state: str
    state_label: str
    percent: int
    asked_at: datetime
    finished_at: datetime | None
    problem: str
    remedy: str
    is_slow: bool


class BoundOut(Schema):
    """Exactly `at_least`, or when `is_open` that or more: what the reader may not know comes in whole tens."""

    at_least: int
    is_open: bool


class FieldOut(Schema):
    code: str
    label: str
    facts: BoundOut
    cases: BoundOut
    articles: list[str]


class WayOut(Schema):
    facts: BoundOut
    cases: BoundOut
    articles: list[str]
    fields: list[FieldOut]


class PartnerOut(Schema):
    code: str
    type: str
    name: str
    loss: WayOut
    gain: WayOut


class CountsOut(Schema):
    n_cases: BoundOut
    partners: list[PartnerOut]


class OtherOut(Schema):
    """Another participant, and the facts known to the reader that it loses and gains."""

    name: str
    loses: int
    gains: int


class OwnCaseOut(Schema):
    """articles: changed articles that speak of cases of this kind and phase, whatever they hold."""

    number: str
    kind: str
    phase: str
    loses: int
    gains: int
    others: list[OtherOut]
    articles: list[str]


class OwnCasesOut(Schema):
    """next: the value of `after` for the next page; 0 when this is the last."""

    cases: list[OwnCaseOut]
    next: int


class ImpactOut(Schema):
    """counts: null until there is a calculation of this text under these rules. own: null for roles without cases."""

    key: str
    may_start: bool
    is_outdated: bool
    run: RunOut | None
    counts: CountsOut | None
    own: OwnCasesOut | None


@router.get("/covenants/subjects/{key}/impact", response=ImpactOut, operation_id="impact_read")
@route("api:impact_read", shows=Shows.RULES)
def impact_read(request: HttpRequest, key: str, after: int = Query(0, ge=0, le=999_999)) -> dict[str, Any]:
    """What a draft ("concept-<uid>") or version ("versie-CODE-N") would change in the caseload, as far as counted."""
    found = queries.impact(request.visit, key, route="api:impact_read", start=after)  # type: ignore[attr-defined]
    return {
        "key": found.subject.key,
        "may_start": found.may_start,
        "is_outdated": found.is_outdated,
        "run": found.run and asdict(found.run),
        "counts": found.counts and asdict(found.counts),
        "own": found.own
        and {
            "cases": [
                asdict(case) | {"others": [dict(zip(("name", "loses", "gains"), o, strict=True)) for o in case.others]}
                for case in found.own.cases
            ],
            "next": found.own.next_from,
        },
    }


@router.post("/covenants/subjects/{key}/impact", response={202: RunOut}, operation_id="impact_start")
@route("api:impact_start", shows=Shows.NOTHING)
def impact_start(request: HttpRequest, key: str) -> tuple[int, dict[str, Any]]:
    """Have it counted. One calculation at a time per agency and subject; a fresh one is not made again."""
    run = start_run(request.visit, key, route="api:impact_start")  # type: ignore[attr-defined]
    return 202, asdict(line_of(run))
