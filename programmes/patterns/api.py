"""The API of signal patterns, for who reads the pages: the same cells, the clusters, and the decision about one."""

from datetime import date
from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Router, Schema

from agreements.parties.api import bearer
from cases.disclosure.reading import Reading
from foundation.errors import Invalid
from foundation.routes import Shows, route
from programmes.patterns import commands, events, queries
from programmes.patterns.models import ClusterState

router = Router(tags=["programmes"], auth=bearer)


class PatternCellOut(Schema):
    """Signals of one kind about one neighbourhood in a quarter. at_least: null where it is too few to show."""

    quarter: str
    area: str
    kind: str
    at_least: int | None
    source: str
    closed_on: date


class PatternClusterOut(Schema):
    """A cell well above its own past. before: what was shown of the four quarters before (null: too few)."""

    uid: UUID
    number: str
    quarter: str
    area: str
    kind: str
    at_least: int
    before: list[int | None]
    state: str
    reason: str
    decided_on: date | None


class PatternsOut(Schema):
    """What one covenant lets this reader know, and by which article."""

    covenant: str
    article: str
    threshold: int | None = Field(description="under this, nothing is shown")
    cells: list[PatternCellOut]
    clusters: list[PatternClusterOut]


class DecisionIn(Schema):
    """A decision about a cluster. meeting: for the agenda."""

    to: Literal["case", "agenda", "aside"]
    reason: str
    meeting: UUID | None = None


def _reading(request: HttpRequest, name: str, event: str) -> Reading:
    return Reading.begin(request.visit, route=f"api:{name}", event=event)  # type: ignore[attr-defined]


@router.get("/signal-patterns", response=PatternsOut, operation_id="signal_patterns")
@route("api:signal_patterns", shows=Shows.NOTHING)
def signal_patterns(request: HttpRequest, covenant: str = "") -> dict[str, Any]:
    """All cells of the last quarters, and the clusters in them."""
    frame, cells = queries.all_cells(_reading(request, "signal_patterns", events.READ), covenant=covenant)
    newest = frame.newest
    return {
        "covenant": frame.covenant, "article": str(frame.article), "threshold": newest.threshold if newest else None,
        "cells": [
            {
                "quarter": one.quarter.code, "area": one.area.code, "kind": one.kind, "at_least": one.at_least or None,
                "source": one.quarter.source, "closed_on": one.quarter.closed_on,
            }
            for one in cells
        ],
        "clusters": [
            {
                "uid": one.uid, "number": one.number, "quarter": one.cell.quarter.code, "area": one.cell.area.code,
                "kind": one.cell.kind, "at_least": one.cell.at_least, "before": [n or None for n in one.before],
                "state": one.state, "reason": one.reason, "decided_on": one.decided_on,
            }
            for one in queries.clusters_of(frame)
        ],
    }  # fmt: skip


@router.post("/signal-patterns/clusters/{uid}", response={204: None}, operation_id="signal_cluster_decide")
@route("api:signal_cluster_decide", shows=Shows.NOTHING)
def decide(request: HttpRequest, uid: UUID, body: DecisionIn) -> tuple[int, None]:
    """Decide about a cluster, once."""
    reading = _reading(request, "signal_cluster_decide", events.DECIDED)
    match body.to:
        case ClusterState.CASE:
            commands.propose_case(reading, uid, reason=body.reason)
        case ClusterState.AGENDA:
            if body.meeting is None:
                raise Invalid("Noem het overleg.", field="meeting", remedy="Geef de uid van een overleg dat u leidt.")
            commands.put_on_agenda(reading, uid, reason=body.reason, meeting=body.meeting)
        case _:
            commands.set_aside(reading, uid, reason=body.reason)
    return 204, None
