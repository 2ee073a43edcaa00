"""Calculations as the rest of the room speaks of them: their name, what they were about, and how far they are."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from agreements.insight.subjects import Subject
from cases.impact.models import ImpactRun, RunState
from foundation import clock
from foundation.canonical import canonical_bytes

CHANGED, UNREADABLE, FAULT, STOPPED = "changed", "unreadable", "fault", "stopped"
STALE_AFTER = timedelta(minutes=10)
"""A calculation takes seconds. One that is not done after this long has lost its worker."""
FRESH_FOR = timedelta(hours=1)
"""How long a finished calculation serves who asks again under the same text and the same rules."""
SLOW_AFTER = timedelta(seconds=30)
"""A calculation that still waits after this long probably waits for a worker that is not there."""
UNFINISHED = (RunState.QUEUED, RunState.RUNNING)


@dataclass(frozen=True, slots=True, kw_only=True)
class RunLine:
    """How far a calculation is. percent: of the cases. problem, remedy: when it failed. is_slow: no worker took it."""

    uid: str
    state: str
    state_label: str
    percent: int
    asked_at: datetime
    finished_at: datetime | None
    problem: str
    remedy: str
    is_slow: bool

    @property
    def is_busy(self) -> bool:
        """Whether there is something to wait for."""
        return self.state in UNFINISHED


def name_of(subject: Subject) -> str:
    """How a calculation names its subject."""
    if subject.is_draft:
        return f"draft:{subject.key.removeprefix('concept-')}"
    return f"version:{subject.code}:{subject.number}"


def hash_of(subject: Subject) -> str:
    """SHA-256 of what was compared: the text and the parties."""
    parties = [[member.code, member.capacity] for member in subject.members]
    return hashlib.sha256(canonical_bytes({"document": subject.sha256, "parties": parties})).hexdigest()


def runs_of(subject: Subject, *, agency_id: int) -> QuerySet[ImpactRun]:
    """The calculations of a subject for one agency, newest first."""
    return ImpactRun.objects.filter(subject=name_of(subject), agency_id=agency_id).order_by("-asked_at", "-pk")


def is_stale(run: ImpactRun) -> bool:
    """Whether its worker must have died, or never came."""
    return run.state in UNFINISHED and run.asked_at + STALE_AFTER <= clock.now()


def line_of(run: ImpactRun) -> RunLine:
    """The calculation as pages and API show it."""
    stale = is_stale(run)
    state = RunState.FAILED if stale else RunState(run.state)
    problem, remedy = _words(STOPPED if stale else run.problem) if state is RunState.FAILED else ("", "")
    return RunLine(
        uid=str(run.uid),
        state=state.value,
        state_label=str(state.label),
        percent=100 * run.done // run.total if run.total else 0,
        asked_at=run.asked_at,
        finished_at=run.finished_at,
        problem=problem,
        remedy=remedy,
        is_slow=run.state == RunState.QUEUED and run.asked_at + SLOW_AFTER <= clock.now(),
    )


def _words(problem: str) -> tuple[str, str]:
    again = _("Laat opnieuw tellen.")
    found = {
        CHANGED: (_("De tekst of de partijen zijn gewijzigd terwijl er geteld werd."), again),
        UNREADABLE: (_("De tekst is niet (meer) als convenant te lezen."), _("Verhelp de bevindingen en tel opnieuw.")),
        STOPPED: (_("Het tellen is afgebroken voordat het klaar was."), again),
    }
    fault = (
        _("Het tellen is mislukt door een fout in het programma."),
        _("Laat opnieuw tellen. Gaat het weer mis, bel dan de beheerder."),
    )
    return found.get(problem, fault)
