"""Having counted what a draft or version would change: one command. The counting itself is a task."""

from django.db import transaction

from agreements.covenants.in_force import current_policy
from agreements.parties.models import Agency
from agreements.parties.reader import Visit
from audit.journal.appender import append
from audit.journal.entry import Action
from cases.disclosure.reading import Reading
from cases.impact.events import STARTED
from cases.impact.models import ImpactRun, RunState
from cases.impact.rights import check_may_start, subject_of
from cases.impact.runs import FRESH_FOR, UNFINISHED, hash_of, is_stale, name_of, runs_of
from cases.impact.tasks import count_impact
from foundation import clock


@transaction.atomic
def start_run(visit: Visit, key: str, *, route: str) -> ImpactRun:
    """The calculation of `key` for the agency of this visit: the one that is under way, a fresh one, or a new one.

    One is under way at a time per agency and subject. A finished one serves for an hour, as long as text,
    parties and rules are the same. Earlier ones go: they are worth nothing and hold counts of cases.
    Raises as subject_of and check_may_start; JournalUnavailable.
    """
    subject = subject_of(visit, key)
    check_may_start(visit, subject)
    # Two who press at once wait for each other here.
    agency = Agency.objects.select_for_update().get(pk=visit.agency.id)
    reading = Reading.begin(visit, route=route, event=STARTED)
    known = runs_of(subject, agency_id=agency.pk).first()
    if known is not None and _serves(known, hash_of(subject)):
        return known
    # A worker that is still at one of these finds it gone, and stops.
    runs_of(subject, agency_id=agency.pk).delete()
    run = ImpactRun.objects.create(
        subject=name_of(subject),
        subject_hash=hash_of(subject),
        epoch=reading.policy.epoch,
        agency=agency,
        asked_by_id=visit.professional_id,
        asked_at=reading.at,
    )
    append([reading.entry(action=Action.EXECUTE, detail={"subject": run.subject, "run": str(run.uid)})])
    # In this transaction: a run without its task would wait for ever, a task without its run finds nothing.
    count_impact.enqueue(str(run.uid))
    run.refresh_from_db()
    return run


def _serves(run: ImpactRun, subject_hash: str) -> bool:
    if is_stale(run) or run.subject_hash != subject_hash:
        return False
    if run.state in UNFINISHED:
        return True
    fresh = run.asked_at + FRESH_FOR > clock.now()
    return run.state == RunState.DONE and run.epoch == current_policy().epoch and fresh
