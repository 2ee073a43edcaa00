"""What of plans waits for a reader, for the inbox: own actions, late ones for the leadership, reviews, aftercare."""

from datetime import date, datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from cases.casework.pending import Pending
from cases.disclosure.reading import Reading
from cases.disclosure.visibility import live_participations, of_cases
from cases.plans.mine import late_of_team, waiting
from cases.plans.models import Closing, Review, ReviewKind, Step
from cases.plans.rules import WORKERS
from cases.records.phases import Phase
from foundation import clock

SOON = 7
AFTERCARE_SOON = 30
"""Days ahead in which something waits already."""


def pending_for(reading: Reading) -> list[Pending]:
    """Own open actions due within a week or late; late ones of the own agency for its leadership; reviews and the
    end of aftercare for who runs the process or watches. By number of the case: no words, no names."""
    return [*_actions(reading), *_reviews(reading), *_aftercare(reading)]


def _actions(reading: Reading) -> list[Pending]:
    visit, today = reading.visit, clock.today()
    leads, works = "team_lead" in visit.roles, bool(visit.roles & WORKERS)
    found = []
    for action in waiting(reading).filter(due_on__lte=today + timedelta(days=SOON)):
        late = action.due_on < today
        mine = works and action.owner_id in (None, visit.professional_id)
        if not mine and not (leads and late):
            continue
        if mine:
            what = _("Uw actie is over datum") if late else _("Uw actie moet binnenkort klaar zijn")
        else:
            what = _("Een actie van uw organisatie is over datum")
        found.append(
            Pending(
                kind="action", what=what, place=action.case.number, url=f"{reverse('my_actions')}#actie-{action.uid}",
                since=action.given_at, due_on=action.due_on, overdue=late,
            )
        )  # fmt: skip
    found += [
        Pending(
            kind="action", what=_("Een actie van uw organisatie is over datum"), place=line.number,
            url=reverse("my_actions"), since=line.since, due_on=line.due_on, overdue=True,
        )
        for line in late_of_team(reading)
    ]  # fmt: skip
    return found


def _reviews(reading: Reading) -> list[Pending]:
    if "case_director" not in reading.visit.roles:
        return []
    today = clock.today()
    mine = of_cases(live_participations(reading.visit, at=reading.at))
    due = Review.objects.filter(mine, held_at=None, on__lte=today + timedelta(days=SOON))
    return [
        Pending(
            kind="review", place=review.case.number, url=reverse("plan_review", args=[review.case.number, review.uid]),
            what=_("Toets of de casus nog nodig is") if review.kind == ReviewKind.NECESSITY else _("Evalueer het plan"),
            since=review.case.phase_since, due_on=review.on, overdue=review.on < today,
        )
        for review in due.select_related("case").order_by("on")
    ]  # fmt: skip


def _aftercare(reading: Reading) -> list[Pending]:
    visit, today = reading.visit, clock.today()
    if not visit.roles & WORKERS:
        return []
    mine = of_cases(live_participations(visit, at=reading.at).filter(case__phase=Phase.AFTERCARE))
    ends = Closing.objects.filter(
        mine, step=Step.AFTERCARE, withdrawn_at=None, watch_until__lte=today + timedelta(days=AFTERCARE_SOON)
    )
    # The last one of each case: it may have been opened again in between.
    latest = {row.case_id: row for row in ends.select_related("case").order_by("decided_at")}
    return [
        _watch(row.case.number, row.decided_at, row.watch_until, today)
        for row in latest.values()
        if row.watch_until and ("case_director" in visit.roles or row.watcher_id == visit.agency.id)
    ]


def _watch(number: str, since: datetime, until: date, today: date) -> Pending:
    return Pending(
        kind="aftercare", what=_("De nazorg loopt af: sluit af of heropen"), place=number,
        url=reverse("case_plan", args=[number]), since=since, due_on=until, overdue=until < today,
    )  # fmt: skip
