"""Each write of the oversight: opening a finding, and a step in its life. The reason goes into the journal, sealed."""

from dataclasses import replace
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from audit.journal.appender import append
from audit.journal.entry import Action
from audit.journal.reading import Officer, look
from audit.oversight import events, queries
from audit.oversight.models import Finding, FindingRead, FindingState, FindingStep, Verdict
from audit.oversight.notable import RULES
from audit.oversight.rules import StepNotPossible, check_may_judge, check_step
from foundation import clock


def open_finding(officer: Officer, *, agency_ref: str, actor_ref: str) -> UUID:
    """Take all reads to be judged of one reader into a new finding; returns its uid.

    Raises OwnReads, NotFound (nothing to judge in the officer's scope), JournalUnavailable; StepNotPossible when a
    colleague opened one at the same moment.
    """
    check_may_judge(officer, actor_ref=actor_ref)
    reads = queries.reads_of(RULES, agency_ref=agency_ref, actor_ref=actor_ref, scope=officer.scope)
    try:
        with transaction.atomic():
            row = Finding.objects.create(agency_ref=agency_ref, actor_ref=actor_ref, opened_at=clock.now())
            FindingRead.objects.bulk_create(FindingRead(entry_uid=UUID(read.line.uid), finding=row) for read in reads)
            _add_step(officer, row, number=1, state=FindingState.OPEN, verdict=Verdict.NONE, reason="")
    except IntegrityError as error:
        raise _too_late() from error
    return row.uid


def take_step(officer: Officer, uid: UUID, *, state: FindingState, verdict: Verdict, reason: str) -> None:
    """The next step in the life of a finding.

    Raises NotFound, OwnReads, StepNotPossible, Invalid (no reason, a verdict amiss), JournalUnavailable.
    """
    row = queries.finding_row(uid, scope=officer.scope)
    check_may_judge(officer, actor_ref=row.actor_ref)
    check_step(queries.state_of(row), state, verdict=verdict, reason=reason)
    try:
        with transaction.atomic():
            _add_step(officer, row, number=row.steps.count() + 1, state=state, verdict=verdict, reason=reason.strip())
    except IntegrityError as error:
        raise _too_late() from error


def _add_step(
    officer: Officer, row: Finding, *, number: int, state: FindingState, verdict: Verdict, reason: str
) -> None:
    event = events.OPENED if number == 1 else events.STEP
    detail = {"finding": str(row.uid), "state": state.value, "verdict": verdict.value}
    entry = replace(look(officer, detail, event=event), action=Action.CREATE, reason=reason)
    (uid,) = append([entry])
    FindingStep.objects.create(
        finding=row, number=number, state=state, verdict=verdict, by_ref=officer.visitor.actor_ref,
        taken_at=clock.now(), entry_uid=UUID(uid),
    )  # fmt: skip


def _too_late() -> StepNotPossible:
    return StepNotPossible(
        _("Een collega was u voor."), field="state", remedy=_("Open de bevinding opnieuw en kijk hoe zij staat.")
    )
