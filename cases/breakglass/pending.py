"""What waits in this room: reviews for a privacy officer, and for who acted what came of it."""

from django.urls import reverse
from django.utils.translation import gettext as _

from audit import ports
from audit.journal.rules import may_oversee
from audit.reviews.models import Verdict
from audit.reviews.reading import outcome_of, waiting
from cases.casework.pending import Pending
from cases.disclosure.reading import Reading
from cases.disclosure.visibility import live_participations, of_cases
from cases.records.models import BreakGlass
from foundation import clock


def pending_for(reading: Reading) -> tuple[Pending, ...]:
    """The reviews that await this officer's judgement; the outcomes that this reader has not read."""
    return (*_reviews(reading), *_outcomes(reading))


def _reviews(reading: Reading) -> tuple[Pending, ...]:
    if not may_oversee(reading.visit):
        return ()
    lines = waiting(reading.visit)
    names = ports.labels_of(line.case_ref for line in lines)
    return tuple(
        Pending(
            kind="break_glass", what=_("Noodtoegang om te beoordelen"), place=names.get(line.case_ref, ""),
            url=reverse("review", args=[line.uid]), since=line.opened_at,
            due_on=line.deadline.astimezone(clock.AMSTERDAM).date(), overdue=line.late,
        )
        for line in lines
    )  # fmt: skip


def _outcomes(reading: Reading) -> tuple[Pending, ...]:
    mine = BreakGlass.objects.filter(
        of_cases(live_participations(reading.visit, at=reading.at)),
        entered_by_id=reading.visit.professional_id, source_id=reading.visit.agency.id, told_at=None,
    ).select_related("case")  # fmt: skip
    told = []
    for act in mine:
        found = outcome_of(act.ref)
        if found:
            what = _("Uw noodtoegang is beoordeeld: %(outcome)s") % {"outcome": str(Verdict(found).label).lower()}
            url = reverse("case_break_glass", args=[act.case.number])
            told.append(
                Pending(kind="break_glass", what=what, place=act.case.number, url=url, since=act.given_at)
            )  # fmt: skip
    return tuple(told)
