"""How far exports are, for who asked for them. Opens nothing."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from audit.exports.kinds import kinds
from audit.exports.models import Export, ExportState
from audit.exports.running import STALE_AFTER, UNFINISHED
from audit.journal.reading import Officer
from foundation import clock

MOST = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportLine:
    """An export as pages and API show it. has_stopped: it failed or lost its worker, and can go on."""

    uid: str
    kind: str
    label: str
    of_agency: str
    covenant: str
    since: datetime
    until: datetime
    state: ExportState
    percent: int
    asked_at: datetime
    expires_at: datetime
    size: int
    sha256: str
    has_stopped: bool

    @property
    def is_busy(self) -> bool:
        """Whether there is something to wait for."""
        return self.state in UNFINISHED and not self.has_stopped

    @property
    def is_ready(self) -> bool:
        """Whether it can be fetched."""
        return self.state == ExportState.DONE


def own(officer: Officer) -> "QuerySet[Export]":
    """What this officer asked for, for this agency and under the oversight that they have now."""
    visitor = officer.visitor
    return Export.objects.filter(
        asked_by_ref=visitor.actor_ref, agency_ref=visitor.agency_ref, scope_ref=officer.scope or ""
    )


def lines(officer: Officer) -> tuple[ExportLine, ...]:
    """One's own exports that are still kept, newest first."""
    now = clock.now()
    return tuple(line_of(row, at=now) for row in own(officer).filter(expires_at__gt=now)[:MOST])


def line_of(row: Export, *, at: datetime) -> ExportLine:
    """A stored export as a line."""
    kind = kinds().get(row.kind)
    silent = (row.beat_at or row.asked_at) <= at - STALE_AFTER
    state = ExportState(row.state)
    return ExportLine(
        uid=str(row.uid), kind=row.kind, label=str(kind.label) if kind else row.kind, of_agency=row.of_agency,
        covenant=row.covenant, since=row.since, until=row.until, state=state, percent=_percent(row),
        asked_at=row.asked_at, expires_at=row.expires_at, size=row.size, sha256=row.sha256,
        has_stopped=state is ExportState.FAILED or (state in UNFINISHED and silent),
    )  # fmt: skip


def _percent(row: Export) -> int:
    if row.state == ExportState.DONE:
        return 100
    return min(99, 100 * row.done // row.total) if row.total else 0
