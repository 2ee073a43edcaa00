"""The API of prosecution in a programme: the public part for everybody, follow-ups with a token of who agreed them."""

from datetime import date
from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema

from agreements.parties.api import bearer
from foundation.routes import Shows, route
from programmes.justice import queries
from programmes.justice.rights import reading_follow_ups

router = Router(tags=["programmes"])


class PriorityOut(Schema):
    """Offences with priority. agency: code of the prosecution; phase: coming, now or past."""

    offences: str
    agency: str
    reason: str
    starts_on: date
    until_on: date
    phase: str
    ended_why: str


class TimesOut(Schema):
    """A half-year: cases in whole tens, quartiles in whole weeks; null where it would tell about too few cases."""

    year: int
    half: int
    cases: int | None
    low: int | None
    median: int | None
    high: int | None


class GroupOut(Schema):
    """Times from report to ruling of a group of offences. norm: weeks, null where none was agreed."""

    offences: str
    norm: int | None
    norm_source: str
    source: str
    dated: date | None
    times: list[TimesOut]


class JusticeOut(Schema):
    """The public part."""

    priorities: list[PriorityOut]
    throughput: list[GroupOut]


class MeasuredOut(Schema):
    """In how many per cent an agreement was kept in a half-year; null where it is about too few people."""

    year: int
    half: int
    share: int | None


class FollowUpOut(Schema):
    """An agreement about what follows a ruling. agency: with whom; norm: per cent."""

    uid: str
    agency: str
    title: str
    words: str
    norm: int
    starts_on: date
    until_on: date
    measured: list[MeasuredOut]


@router.get("/programmes/{code}/justice", response=JusticeOut, operation_id="programme_justice")
@route("api:programme_justice", shows=Shows.RULES, public=True)
def justice(request: HttpRequest, code: str) -> dict[str, Any]:
    """Offences with priority, and times from report to ruling beside the agreed norm."""
    page = queries.justice_page(None, code)
    return {
        "priorities": [
            {
                "offences": one.offences, "agency": one.agency_code, "reason": one.reason, "starts_on": one.starts_on,
                "until_on": one.until_on, "phase": one.phase.value, "ended_why": one.ended_why,
            }
            for one in page.priorities
        ],
        "throughput": [
            {
                "offences": one.offences, "norm": one.norm.weeks if one.norm else None,
                "norm_source": one.norm.source if one.norm else "", "source": one.source, "dated": one.dated,
                "times": [
                    {name: getattr(line, name) for name in ("year", "half", "cases", "low", "median", "high")}
                    for line in one.times
                ],
            }
            for one in page.groups
        ],
    }  # fmt: skip


@router.get(
    "/programmes/{code}/follow-ups", response=list[FollowUpOut], operation_id="programme_follow_ups", auth=bearer
)
@route("api:programme_follow_ups", shows=Shows.RULES)
def follow_ups(request: HttpRequest, code: str) -> list[dict[str, Any]]:
    """Agreements about follow-up: all for partners of the programme, their own for those who follow up."""
    visit = request.visit  # type: ignore[attr-defined]
    programme, rows = reading_follow_ups(visit, code)
    return [
        {
            "uid": one.uid, "agency": one.agency_code, "title": one.title, "words": one.words, "norm": one.norm,
            "starts_on": one.starts_on, "until_on": one.until_on,
            "measured": [{"year": year, "half": half, "share": share} for year, half, share in one.measured],
        }
        for one in queries.follow_up_lines(visit, programme, rows)
    ]  # fmt: skip
