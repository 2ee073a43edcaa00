"""What the tasks that make papers share: for whom and for what it is made, and how far it is."""

import secrets
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django_tasks import task

from agreements.parties.reader import current_memberships, visit_of
from cases.casework.purpose import SESSION_KEY
from cases.disclosure.reading import Reading
from cases.papers.keeping import erase_old
from cases.papers.lines import keeps_for
from cases.papers.models import PaperBase, PaperState
from foundation import clock

READ, PRINTED, STEPS = 1, 2, 3


class NoMembership(Exception):
    """The recipient no longer works for the agency for which it was ordered."""


def ordered_by(reading: Reading, session: Mapping[str, Any] | None, *, language: str) -> dict[str, Any]:
    """The columns of a paper that its reader orders for themselves."""
    visit = reading.visit
    return {
        "agency_id": visit.agency.id, "asked_by_id": visit.professional_id, "membership": visit.membership_id,
        "purposes": dict((session or {}).get(SESSION_KEY, {})), "pinned": visit.purposes_pinned or "",
        "case_pinned": visit.case_pinned or "", "language": language, "asked_at": reading.at,
    }  # fmt: skip


def reading_of_paper(paper: PaperBase, *, route: str, event: str) -> Reading:
    """A reading by its recipient, under their rights of this moment and not those of the order.

    Raises NoMembership.
    """
    membership = current_memberships().filter(pk=paper.membership).first()
    if membership is None:
        raise NoMembership
    visit = visit_of(
        membership, strength="password", trace_id=secrets.token_hex(16), language=paper.language,
        purpose=paper.pinned or None, case=paper.case_pinned or None,
    )  # fmt: skip
    return Reading.begin(visit, route=route, event=event)


def session_of(paper: PaperBase) -> dict[str, Any]:
    """The purposes that its recipient had chosen, as a session holds them."""
    return {SESSION_KEY: paper.purposes}


def claimed(table: type[PaperBase], uid: str) -> bool:
    """Whether this worker is the one that makes it: of two, one finds it waiting."""
    waiting = table._default_manager.filter(uid=uid, state=PaperState.QUEUED)
    return bool(waiting.update(state=PaperState.RUNNING, total=STEPS))


def step(paper: PaperBase, done: int) -> None:
    """It is so far."""
    type(paper)._default_manager.filter(pk=paper.pk, state=PaperState.RUNNING).update(done=done)


def finish(paper: PaperBase, **values: object) -> None:
    """It is made, or it never will be."""
    mine = type(paper)._default_manager.filter(pk=paper.pk, state=PaperState.RUNNING)
    mine.update(made_at=clock.now(), **values)


@task()
def erase_papers() -> int:
    """Take away what was kept long enough."""
    return erase_old()


def erase_later() -> None:
    """Look again when these papers were kept long enough; a backend without a clock leaves it to the daily command."""
    if erase_papers.get_backend().supports_defer:
        erase_papers.using(run_after=clock.now() + keeps_for() + timedelta(minutes=1)).enqueue()
