"""The work behind the PDFs of channels: done by `manage.py db_worker`, from the queue in the database."""

import logging

from django_tasks import task

from audit.journal.apart import keep
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
from realtime.channels.queries import opened
from realtime.channels.rights import NotYourChannel
from realtime.report.content import content_of
from realtime.report.events import PREPARED
from realtime.report.models import ChannelPaper

log = logging.getLogger("verbond.realtime")


@task()
def make_report(uid: str) -> None:
    """Make the paper `uid`, if it still waits: under the rights of its recipient at this moment."""
    if claimed(ChannelPaper, uid):
        _make(ChannelPaper.objects.select_related("channel__case").get(uid=uid))
        erase_later()


def _make(paper: ChannelPaper) -> None:
    # Here, so that only the worker loads the typesetting.
    from realtime.report.papers import printed, problem_of, refusal

    try:
        reading = reading_of_paper(paper, route="task:make_report", event=PREPARED)
        here = opened(reading, paper.channel.uid, session=session_of(paper), afterwards=True)
        content = content_of(reading, here, language=paper.language)
        barred = ", ".join(content.barred)[:240]
        if why := problem_of(content):
            keep([refusal(reading, here.channel, content)])
            finish(paper, state=PaperState.FAILED, problem=why, articles=barred)
            return
        step(paper, READ)
        print_ = sealed(ChannelPaper, printed(content))
        step(paper, PRINTED)
        finish(paper, state=PaperState.DONE, done=STEPS, view=content.hash, content=print_, articles=barred)
    except NotYourChannel:
        finish(paper, state=PaperState.FAILED, problem=NOTHING)
    except NoMembership:
        finish(paper, state=PaperState.FAILED, problem=GONE)
    except Exception:
        finish(paper, state=PaperState.FAILED, problem=FAULT)
        log.exception("making the report of a channel failed", extra={"event": "paper_failed"})
