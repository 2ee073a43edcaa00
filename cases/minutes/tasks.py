"""The work behind the PDFs of minutes: done by `manage.py db_worker`, from the queue in the database."""

import logging
import secrets
from datetime import timedelta

from django.db import transaction
from django_tasks import task

from agreements.parties.reader import current_memberships, visit_of
from audit.journal.appender import append
from cases.casework.purpose import SESSION_KEY
from cases.disclosure.reading import Reading
from cases.minutes.events import PREPARED
from cases.minutes.lines import FAULT, GONE, NOTHING, keeps_for
from cases.minutes.models import Paper, PaperState
from cases.minutes.papers import content_now, erase_old, problem_of, refusal, sealed
from cases.minutes.queries import Shelf
from cases.minutes.rights import found_for
from foundation import clock

log = logging.getLogger("verbond.minutes")
READ, PRINTED, STEPS = 1, 2, 3


@task()
def make_papers(uids: list[str]) -> None:
    """Make the papers `uids` that still wait. Those with the same content are printed once and kept for each.

    Every one is opened under the rights of its recipient at this moment, not at that of the order.
    """
    prints: dict[str, bytes] = {}
    # Words are read once for all; that some were withdrawn meanwhile, shows when the paper is fetched (papers.fetch).
    shelf = Shelf()
    for uid in uids:
        # One statement claims it: of two workers one finds it waiting.
        if Paper.objects.filter(uid=uid, state=PaperState.QUEUED).update(state=PaperState.RUNNING, total=STEPS):
            _make(Paper.objects.select_related("minutes__meeting").get(uid=uid), prints, shelf)
    _erase_later()


@task()
def erase_papers() -> int:
    """Take away what was kept long enough."""
    return erase_old()


def _make(paper: Paper, prints: dict[str, bytes], shelf: Shelf) -> None:
    # Here, so that only the worker loads the typesetting.
    from cases.minutes.printing import printed

    try:
        reading = _reading(paper)
        taken = found_for(reading, paper.minutes)
        session = {SESSION_KEY: paper.purposes}
        content = content_now(reading, taken, session, language=paper.language, shelf=shelf) if taken else None
        if content is None or problem_of(content):
            with transaction.atomic():
                append([refusal(reading, paper.minutes, content)])
            barred = ", ".join(content.barred) if content else ""
            why = problem_of(content) if content else NOTHING
            _finish(paper, state=PaperState.FAILED, problem=why, articles=barred[:240])
            return
        if content.hash not in prints:
            _step(paper, READ)
            prints[content.hash] = sealed(printed(content))
            _step(paper, PRINTED)
        _finish(
            paper, state=PaperState.DONE, done=STEPS, view=content.hash, content=prints[content.hash],
            articles=", ".join(content.barred)[:240],
        )  # fmt: skip
    except _NoMembership:
        _finish(paper, state=PaperState.FAILED, problem=GONE)
    except Exception:
        # The others in this go are made all the same.
        _finish(paper, state=PaperState.FAILED, problem=FAULT)
        log.exception("making a paper of minutes failed", extra={"event": "paper_failed"})


class _NoMembership(Exception):
    """The recipient no longer works for the agency for which it was ordered."""


def _reading(paper: Paper) -> Reading:
    membership = current_memberships().filter(pk=paper.membership).first()
    if membership is None:
        raise _NoMembership
    visit = visit_of(
        membership, strength="password", trace_id=secrets.token_hex(16), language=paper.language,
        purpose=paper.pinned or None, case=paper.case_pinned or None,
    )  # fmt: skip
    return Reading.begin(visit, route="task:make_papers", event=PREPARED)


def _step(paper: Paper, done: int) -> None:
    Paper.objects.filter(pk=paper.pk, state=PaperState.RUNNING).update(done=done)


def _finish(paper: Paper, **values: object) -> None:
    Paper.objects.filter(pk=paper.pk, state=PaperState.RUNNING).update(made_at=clock.now(), **values)


def _erase_later() -> None:
    """Look again when these papers were kept long enough; a backend without a clock leaves it to the daily command."""
    if erase_papers.get_backend().supports_defer:
        erase_papers.using(run_after=clock.now() + keeps_for() + timedelta(minutes=1)).enqueue()
