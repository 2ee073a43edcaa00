"""How far a paper is, as pages and API show it. Not here: ordering, making and fetching them."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext as _

from cases.papers.models import PaperBase, PaperState
from foundation import clock

NOTHING, NO_COPY, GONE, FAULT = "nothing", "no_copy", "gone", "fault"
UNFINISHED = (PaperState.QUEUED, PaperState.RUNNING)
STALE_AFTER = timedelta(minutes=15)
"""A paper takes seconds. One that is not done after this long has lost its worker."""
SLOW_AFTER = timedelta(seconds=30)
"""One that still waits after this long probably waits for a worker that is not there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperLine:
    """How far a paper is. problem, remedy: when it was not made. is_slow: no worker took it yet."""

    uid: str
    state: str
    state_label: str
    percent: int
    asked_at: datetime
    made_at: datetime | None
    gone_at: datetime | None
    problem: str
    remedy: str
    articles: str
    is_slow: bool

    @property
    def is_busy(self) -> bool:
        """Whether there is something to wait for."""
        return self.state in UNFINISHED


def is_gone(paper: PaperBase, *, at: datetime) -> bool:
    """Whether it was kept long enough."""
    return paper.asked_at + keeps_for() <= at


def keeps_for() -> timedelta:
    """How long a paper is kept."""
    return timedelta(hours=settings.MINUTES_PAPER_HOURS)


def unfinished(at: datetime) -> Q:
    """Papers that are still being made."""
    return Q(state__in=UNFINISHED, asked_at__gt=at - STALE_AFTER)


def line_of(paper: PaperBase) -> PaperLine:
    """The paper as pages and API show it."""
    stale = paper.state in UNFINISHED and paper.asked_at + STALE_AFTER <= clock.now()
    state = PaperState.FAILED if stale else PaperState(paper.state)
    problem, remedy = words_for(paper.problem) if state is PaperState.FAILED else ("", "")
    done = state is PaperState.DONE
    return PaperLine(
        uid=str(paper.uid),
        state=state.value,
        state_label=str(state.label),
        percent=100 if done else 100 * paper.done // paper.total if paper.total else 0,
        asked_at=paper.asked_at,
        made_at=paper.made_at,
        gone_at=paper.asked_at + keeps_for() if done else None,
        problem=problem,
        remedy=remedy,
        articles=paper.articles,
        is_slow=paper.state == PaperState.QUEUED and paper.asked_at + SLOW_AFTER <= clock.now(),
    )


def words_for(problem: str) -> tuple[str, str]:
    """What stood in the way of a paper, and what to do."""
    found = {
        NOTHING: (
            _("Er is van dit verslag niets (meer) dat u mag lezen."),
            _("Een afspraak of deelname kan zijn geëindigd, of u koos nog geen doel."),
        ),
        NO_COPY: (
            _("Van wat u in dit verslag ziet, mag geen kopie worden gemaakt."),
            _("U leest het verslag op deze pagina."),
        ),
        GONE: (_("Voor deze ontvanger kan geen PDF meer worden gemaakt."), _("Vraag hem zelf aan bij het verslag.")),
    }
    fault = (
        _("Het maken van de PDF is mislukt door een fout in het programma."),
        _("Maak hem opnieuw. Gaat het weer mis, bel dan de beheerder."),
    )
    return found.get(problem, fault)
