"""What waits for a reader in triage: its terms, known-checks, and informing. Lines of the inbox, without facts."""

from collections.abc import Iterator
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from cases.casework.pending import Pending
from cases.disclosure.reading import Reading
from cases.disclosure.visibility import live_participations
from cases.records.models import Case
from cases.records.phases import Phase
from cases.triage.codes import InformState, Outcome
from cases.triage.commands.judging import standing_proposal
from cases.triage.filters import OPEN
from cases.triage.models import Embargo, Informing, Triage
from cases.triage.parties import directs, informs, weighs
from cases.triage.queries_known import ANSWER, IDENTIFY, known_list
from foundation import clock


def pending_for(reading: Reading) -> tuple[Pending, ...]:
    """The lines of this room for this reader, in no order. Journals nothing: it shows no facts."""
    cases = {row.case_id: row.case for row in live_participations(reading.visit, at=reading.at)}
    return (*_triages(reading, cases), *_known(reading), *_informing(reading, cases), *_reviews(reading, cases))


def _triages(reading: Reading, cases: dict[int, Case]) -> Iterator[Pending]:
    waiting = [case_id for case_id, case in cases.items() if case.phase == Phase.TRIAGE]
    for triage in Triage.objects.filter(case_id__in=waiting):
        triage.case = cases[triage.case_id]
        what = _of_director(triage) if directs(reading) else _of_controller(reading, triage)
        if what:
            yield _line("triage", what, triage.case, "case_triage", since=triage.filter_since, due_on=triage.due_on)


def _of_director(triage: Triage) -> str:
    if triage.outcome == Outcome.ADMIT and triage.decided_at:
        return _("Toegelaten: open de casus") if triage.filter == OPEN else _("Toegelaten: ga naar filter 4")
    return _("Triage, filter %(n)d van 4") % {"n": triage.filter}


def _of_controller(reading: Reading, triage: Triage) -> str:
    proposal = standing_proposal(triage)
    if proposal is None or triage.decided_at or not weighs(reading, triage.case):
        return ""
    own = reading.visit.agency.id
    if proposal.source_id == own or proposal.positions.filter(source_id=own).exists():
        return ""
    return _("Triage: geef uw standpunt over de uitkomst")


def _known(reading: Reading) -> Iterator[Pending]:
    for line in known_list(reading):
        if line.todo == IDENTIFY:
            what = _("Zeg om wie een bekendheidsvraag gaat")
        elif line.todo == ANSWER and not line.answer:
            what = _("Kent u deze persoon? Beantwoord de vraag")
        else:
            continue
        last = (line.deadline - _TICK).astimezone(clock.AMSTERDAM).date() if line.deadline else None
        yield Pending(
            kind="known_check", what=what, place=line.place or line.code, url=reverse("known_check", args=[line.uid]),
            since=line.asked_at, due_on=last, overdue=bool(last and last < clock.today()),
        )  # fmt: skip


_TICK = datetime.resolution


def _informing(reading: Reading, cases: dict[int, Case]) -> Iterator[Pending]:
    found = Informing.objects.filter(case_id__in=cases, state=InformState.PLANNED).order_by("due_on")
    for row in found:
        case = cases[row.case_id]
        if informs(reading, case):
            yield _line(
                "inform", _("Informeer de betrokkene"), case, "case_informing", since=case.phase_since,
                due_on=row.due_on,
            )  # fmt: skip


def _reviews(reading: Reading, cases: dict[int, Case]) -> Iterator[Pending]:
    """Embargoes of the reader's own agency whose day to look again has come."""
    found = Embargo.objects.filter(
        case_id__in=cases, source_id=reading.visit.agency.id, lifted_at=None, review_on__lte=clock.today()
    )
    for row in found:
        yield _line(
            "review", _("Kijk opnieuw: moet informeren nog wachten?"), cases[row.case_id], "case_informing",
            since=row.given_at, due_on=row.review_on,
        )  # fmt: skip


def _line(kind: str, what: str, case: Case, page: str, **when: object) -> Pending:
    due = when.get("due_on")
    overdue = isinstance(due, date) and due < clock.today()
    return Pending(
        kind=kind, what=what, place=case.number, url=reverse(page, args=[case.number]), overdue=overdue,
        **when,  # type: ignore[arg-type]
    )  # fmt: skip
