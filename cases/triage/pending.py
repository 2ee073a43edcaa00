"""What waits for a reader in triage: its terms, known-checks, and informing. Lines of the inbox, without facts."""

from collections.abc import Iterator
from datetime import date, datetime

from django.db.models import Exists, prefetch_related_objects
from django.urls import reverse
from django.utils.translation import gettext as _

from cases.casework.pending import Pending
from cases.disclosure.reading import Reading
from cases.disclosure.visibility import live_participations, of_cases
from cases.records.models import Case
from cases.records.phases import Phase
from cases.triage.codes import InformState, Outcome
from cases.triage.commands.judging import standing_proposals
from cases.triage.filters import OPEN
from cases.triage.models import Embargo, Informing, Triage, TriageStep
from cases.triage.parties import directs, informs, weighs
from cases.triage.queries_known import IDENTIFY, waiting_checks
from foundation import clock


def pending_for(reading: Reading) -> tuple[Pending, ...]:
    """The lines of this room for this reader, in no order. Journals nothing: it shows no facts.

    Asked from what waits: the cases that a reader takes part in may be thousands.
    """
    mine = of_cases(live_participations(reading.visit, at=reading.at))
    return (*_triages(reading, mine), *_known(reading), *_informing(reading, mine), *_reviews(reading, mine))


def _triages(reading: Reading, mine: Exists) -> Iterator[Pending]:
    waiting = Triage.objects.filter(mine, case__phase=Phase.TRIAGE).select_related("case")
    if directs(reading):
        found = ((triage, _of_director(triage)) for triage in waiting)
    else:
        open_ = list(waiting.filter(decided_at=None))
        proposals = standing_proposals(open_)
        prefetch_related_objects(list(proposals.values()), "positions")
        found = ((triage, _of_controller(reading, triage.case, proposals.get(triage.pk))) for triage in open_)
    for triage, what in found:
        if what:
            yield _line("triage", what, triage.case, "case_triage", since=triage.filter_since, due_on=triage.due_on)


def _of_director(triage: Triage) -> str:
    if triage.outcome == Outcome.ADMIT and triage.decided_at:
        return _("Toegelaten: open de casus") if triage.filter == OPEN else _("Toegelaten: ga naar filter 4")
    return _("Triage, filter %(n)d van 4") % {"n": triage.filter}


def _of_controller(reading: Reading, case: Case, proposal: TriageStep | None) -> str:
    if proposal is None or not weighs(reading, case):
        return ""
    own = reading.visit.agency.id
    if proposal.source_id == own or any(position.source_id == own for position in proposal.positions.all()):
        return ""
    return _("Triage: geef uw standpunt over de uitkomst")


def _known(reading: Reading) -> Iterator[Pending]:
    for line in waiting_checks(reading):
        if line.todo == IDENTIFY:
            what = _("Zeg om wie een bekendheidsvraag gaat")
        elif not line.answer:
            what = _("Kent u deze persoon? Beantwoord de vraag")
        else:
            continue
        last = (line.deadline - _TICK).astimezone(clock.AMSTERDAM).date() if line.deadline else None
        yield Pending(
            kind="known_check", what=what, place=line.place or line.code, url=reverse("known_check", args=[line.uid]),
            since=line.asked_at, due_on=last, overdue=bool(last and last < clock.today()),
        )  # fmt: skip


_TICK = datetime.resolution


def _informing(reading: Reading, mine: Exists) -> Iterator[Pending]:
    found = Informing.objects.filter(mine, state=InformState.PLANNED).select_related("case").order_by("due_on")
    for row in found:
        if informs(reading, row.case):
            yield _line(
                "inform", _("Informeer de betrokkene"), row.case, "case_informing", since=row.case.phase_since,
                due_on=row.due_on,
            )  # fmt: skip


def _reviews(reading: Reading, mine: Exists) -> Iterator[Pending]:
    """Embargoes of the reader's own agency whose day to look again has come."""
    found = Embargo.objects.filter(
        mine, source_id=reading.visit.agency.id, lifted_at=None, review_on__lte=clock.today()
    )
    for row in found.select_related("case"):
        yield _line(
            "review", _("Kijk opnieuw: moet informeren nog wachten?"), row.case, "case_informing",
            since=row.given_at, due_on=row.review_on,
        )  # fmt: skip


def _line(kind: str, what: str, case: Case, page: str, **when: object) -> Pending:
    due = when.get("due_on")
    overdue = isinstance(due, date) and due < clock.today()
    return Pending(
        kind=kind, what=what, place=case.number, url=reverse(page, args=[case.number]), overdue=overdue,
        **when,  # type: ignore[arg-type]
    )  # fmt: skip
