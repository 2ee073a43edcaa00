"""Makes the report of a half-year: done by `manage.py db_worker`."""

import hashlib
import logging

from django.db import transaction
from django_tasks import task

from agreements.covenants.rules import operator
from audit.journal.appender import append
from audit.journal.entry import Action, Entry, Outcome
from audit.journal.scope import write_scope
from foundation import clock
from programmes.reports.events import MADE
from programmes.reports.models import HalfYearReport, ReportState

log = logging.getLogger("verbond.programmes")


@task()
def make_half_year(uid: str) -> None:
    """Make the report that waits under `uid`; a second time does nothing."""
    # One statement claims it: of two workers one finds it waiting.
    if not _set(uid, ReportState.QUEUED, state=ReportState.RUNNING):
        return
    # Here, so that only the worker loads the typesetting.
    from programmes.reports.paper import printed

    try:
        report = HalfYearReport.objects.select_related("programme").get(uid=uid)
        content = printed(report)
    except Exception:
        _set(uid, ReportState.RUNNING, state=ReportState.FAILED)
        log.exception("making a report of a programme failed", extra={"event": "half_year_failed"})
        return
    _set(
        uid, ReportState.RUNNING, state=ReportState.DONE, content=content, made_at=clock.now(),
        sha256=hashlib.sha256(content).hexdigest(),
    )  # fmt: skip


def _set(uid: str, before: ReportState, *, state: ReportState, **values: object) -> bool:
    """Change a report that is in a state; whether it was."""
    by = operator("half_year")
    with transaction.atomic(), write_scope(reason=MADE):
        changed = HalfYearReport.objects.filter(uid=uid, state=before).update(state=state, **values)
        if changed:
            made = Entry(
                event_type=MADE, action=Action.UPDATE, outcome=Outcome.OK, actor_ref=by.actor_ref,
                agency_ref=by.agency_ref, detail={"report": uid, "state": state.value},
            )  # fmt: skip
            append([made])
    return bool(changed)
