"""The work behind a calculation: done by `manage.py db_worker`, from the queue in the database."""

import logging
from collections.abc import Callable

from django_tasks import task

from agreements.covenants.in_force import current_policy
from agreements.covenants.models import CovenantVersion
from agreements.drafting.models import Draft
from agreements.insight.subjects import Subject, of_draft, of_version
from agreements.policy.errors import DocumentInvalid
from cases.impact.counting import agencies_by_row, result_of, tally
from cases.impact.effects import Observer
from cases.impact.models import ImpactRun, RunState
from cases.impact.runs import CHANGED, FAULT, UNREADABLE, hash_of
from foundation import clock

log = logging.getLogger("verbond.impact")


class Abandoned(Exception):
    """The run is no longer this worker's: it took too long, and somebody started another."""


@task()
def count_impact(uid: str) -> None:
    """Count the run `uid`, if it still waits. How far it is, its result or what went wrong is kept with it."""
    # One statement claims it: of two workers one finds it waiting.
    if not ImpactRun.objects.filter(uid=uid, state=RunState.QUEUED).update(state=RunState.RUNNING):
        return
    run = ImpactRun.objects.get(uid=uid)
    try:
        problem = _count(run)
    except Abandoned:
        return
    except Exception:
        _finish(run, state=RunState.FAILED, problem=FAULT)
        log.exception("counting the caseload failed", extra={"event": "impact_failed"})
        raise
    if problem:
        _finish(run, state=RunState.FAILED, problem=problem)


def _count(run: ImpactRun) -> str:
    """Does the work; says which problem stood in the way, or ""."""
    try:
        subject = _subject(run.subject)
    except (DocumentInvalid, Draft.DoesNotExist, CovenantVersion.DoesNotExist):
        return UNREADABLE
    if hash_of(subject) != run.subject_hash:
        return CHANGED
    at, before = clock.now(), current_policy()
    found = tally(
        before,
        subject.policy_if_in_force(at),
        code=subject.code,
        at=at,
        observer=Observer(agency=run.agency_id),
        progress=_progress(run),
    )
    result = result_of(found, agencies=agencies_by_row(), catalogue=before.catalogue)
    _finish(run, state=RunState.DONE, result=result, epoch=before.epoch)
    return ""


def _subject(name: str) -> Subject:
    """The subject of a stored run. Rights were checked when it was started."""
    sort, _, rest = name.partition(":")
    if sort == "draft":
        return of_draft(Draft.objects.get(uid=rest))
    code, _, number = rest.partition(":")
    return of_version(CovenantVersion.objects.select_related("covenant").get(covenant__code=code, number=number))


def _progress(run: ImpactRun) -> Callable[[int, int], None]:
    def tell(done: int, total: int) -> None:
        mine = ImpactRun.objects.filter(pk=run.pk, state=RunState.RUNNING)
        if not mine.update(done=done, total=total):
            raise Abandoned

    return tell


def _finish(run: ImpactRun, **values: object) -> None:
    ImpactRun.objects.filter(pk=run.pk, state=RunState.RUNNING).update(finished_at=clock.now(), **values)
