"""The API of the numbers: the same query as the page."""

from datetime import datetime

from django.http import HttpRequest
from ninja import Router, Schema

from agreements.parties.api import bearer
from cases.disclosure.bounds import Bound
from cases.disclosure.reading import Reading
from cases.numbers import queries
from cases.numbers.events import READ
from foundation.routes import Shows, route

router = Router(tags=["numbers"], auth=bearer)


class BoundOut(Schema):
    """Exactly `at_least`, or when `is_open` that or more: what the reader may not know comes in whole tens."""

    at_least: int
    is_open: bool


class LineOut(Schema):
    code: str
    own: int
    whole: BoundOut | None


class TableOut(Schema):
    name: str
    lines: list[LineOut]
    own: int
    whole: BoundOut | None


class LeadTimeOut(Schema):
    """own_days: the median of the own cases. weeks: that of all others; null for fewer than ten."""

    phase: str
    own_days: int | None
    n_own: int
    weeks: int | None


class NumbersOut(Schema):
    at: datetime
    caseload: list[TableOut]
    lead_times: list[LeadTimeOut]
    actions: TableOut
    overdue: int
    settled: int
    on_time: int
    goals: TableOut


@router.get("/numbers", response=NumbersOut, operation_id="numbers")
@route("api:numbers", shows=Shows.RULES)
def numbers(request: HttpRequest) -> NumbersOut:
    """Caseload, lead times, actions and goals: one's own exactly, the whole house in tens."""
    visit = request.visit  # type: ignore[attr-defined]
    found = queries.numbers(Reading.begin(visit, route="api:numbers", event=READ))
    return NumbersOut(
        at=found.at,
        caseload=[_table(table) for table in found.tables],
        lead_times=[
            LeadTimeOut(phase=line.phase, own_days=line.own_days, n_own=line.n_own, weeks=line.weeks)
            for line in found.lead_times
        ],
        actions=_table(found.actions),
        overdue=found.overdue,
        settled=found.settled,
        on_time=found.on_time,
        goals=_table(found.goals),
    )


def _table(table: queries.Table) -> TableOut:
    lines = [LineOut(code=line.code, own=line.own, whole=_bound(line.whole)) for line in table.lines]
    return TableOut(name=table.name, lines=lines, own=table.own, whole=_bound(table.whole))


def _bound(bound: Bound | None) -> BoundOut | None:
    return None if bound is None else BoundOut(at_least=bound.at_least, is_open=bound.is_open)
