"""What waits for partners each quarter: the pulse, asked of their leadership and of who answered before."""

from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from cases.casework.pending import Pending
from cases.disclosure.reading import Reading
from foundation import clock
from programmes.plans.acting import LEADING
from programmes.plans.models import Programme
from programmes.plans.rights import is_partner, pact_in_force
from programmes.plans.rules import GOING_STATES
from programmes.pulse.models import PulseVoice
from programmes.pulse.rules import Quarter, days_of, quarter_of


def pending_for(reading: Reading) -> tuple[Pending, ...]:
    """The pulses of this quarter that the reader may answer and did not. Others of a partner find it on its page."""
    visit = reading.visit
    if visit.case_pinned:
        return ()
    now = quarter_of(clock.today())
    mine = PulseVoice.objects.filter(actor_ref=visit.actor_ref)
    asked = Programme.objects.filter(state__in=GOING_STATES)
    if not visit.roles & LEADING:
        asked = asked.filter(pk__in=mine.values("programme"))
    asked = asked.exclude(pk__in=mine.filter(year=now.year, quarter=now.number).values("programme"))
    return tuple(
        _line(programme, now)
        for programme in asked.select_related("covenant")
        if is_partner(visit, programme, pact_in_force(programme))
    )  # fmt: skip


def _line(programme: Programme, now: Quarter) -> Pending:
    first, after = days_of(now)
    return Pending(
        kind="pulse", what=_("Hoe werken wij samen? Een minuut, eens per kwartaal"), place=programme.title,
        url=reverse("programme_pulse_answer", args=[programme.code]),
        since=clock.start_of(first), due_on=after - timedelta(days=1),
    )  # fmt: skip
