"""The work behind the PDFs of minutes: done by `manage.py db_worker`, from the queue in the database."""

import logging

from django_tasks import task

from audit.journal.apart import keep
from cases.minutes.events import PREPARED
from cases.minutes.models import Paper
from cases.minutes.papers import content_now, problem_of, refusal
from cases.minutes.queries import Shelf
from cases.minutes.rights import found_for
from cases.papers.keeping import sealed
from cases.papers.lines import FAULT, GONE, NOTHING
from cases.papers.making import (
    PRINTED,
    READ,
    STEPS,
    NoMembership,
    claimed,
    erase_later,
    finish,
    reading_of_paper,
    session_of,
    step,
)
from cases.papers.models import PaperState

log = logging.getLogger("verbond.minutes")


@task()
def make_papers(uids: list[str]) -> None:
    """Make the papers `uids` that still wait. Those with the same content are printed once and kept for each.

    Every one is opened under the rights of its recipient at this moment, not at that of the order.
    """
    prints: dict[str, bytes] = {}
    # Words are read once for all; that some were withdrawn meanwhile, shows when the paper is fetched (papers.fetch).
    shelf = Shelf()
    for uid in uids:
        if claimed(Paper, uid):
            _make(Paper.objects.select_related("minutes__meeting").get(uid=uid), prints, shelf)
    erase_later()


def _make(paper: Paper, prints: dict[str, bytes], shelf: Shelf) -> None:
    # Here, so that only the worker loads the typesetting.
    from cases.minutes.printing import printed

    try:
        reading = reading_of_paper(paper, route="task:make_papers", event=PREPARED)
        taken = found_for(reading, paper.minutes)
        session = session_of(paper)
        content = content_now(reading, taken, session, language=paper.language, shelf=shelf) if taken else None
        if content is None or problem_of(content):
            keep([refusal(reading, paper.minutes, content)])
            barred = ", ".join(content.barred) if content else ""
            why = problem_of(content) if content else NOTHING
            finish(paper, state=PaperState.FAILED, problem=why, articles=barred[:240])
            return
        if content.hash not in prints:
            step(paper, READ)
            prints[content.hash] = sealed(Paper, printed(content))
            step(paper, PRINTED)
        finish(
            paper, state=PaperState.DONE, done=STEPS, view=content.hash, content=prints[content.hash],
            articles=", ".join(content.barred)[:240],
        )  # fmt: skip
    except NoMembership:
        finish(paper, state=PaperState.FAILED, problem=GONE)
    except Exception:
        # The others in this go are made all the same.
        finish(paper, state=PaperState.FAILED, problem=FAULT)
        log.exception("making a paper of minutes failed", extra={"event": "paper_failed"})
