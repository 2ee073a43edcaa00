"""What waits in this room for a reader: new signals for their agency, and word of those that they reported."""

from django.urls import reverse
from django.utils.translation import gettext as _

from cases.casework.pending import Pending
from cases.disclosure.reading import Reading
from cases.intake.access import HANDLING, visible_signals
from cases.intake.answering import judged_for
from cases.intake.models import OPEN
from cases.records.phases import Urgency
from foundation import clock
from foundation.workdays import add_working_days

ANSWER_DAYS = 10
"""Working days in which somebody decides what becomes of a signal (domain 3; HAV-GEBIED art. 10)."""
MOST = 50


def pending_for(reading: Reading) -> tuple[Pending, ...]:
    """Own signals that were judged, and the open ones of the reader's agency, oldest first."""
    return (*_judged(reading), *_open(reading))


def _judged(reading: Reading) -> tuple[Pending, ...]:
    """Until the reporter has read it. The same line whatever the outcome."""
    return tuple(
        Pending(
            kind="signal", what=_("Uw signaal is beoordeeld"), place=signal.number,
            url=reverse("signal_answer", args=[signal.number]), since=signal.judged_at or signal.received_at,
        )
        for signal in judged_for(reading).filter(heard_at=None).order_by("judged_at", "id")[:MOST]
    )  # fmt: skip


def _open(reading: Reading) -> tuple[Pending, ...]:
    """None for who does not handle signals."""
    if not reading.visit.roles & HANDLING:
        return ()
    found = visible_signals(reading).filter(handler_id=reading.visit.agency.id, state__in=OPEN)
    today = reading.at.astimezone(clock.AMSTERDAM).date()
    lines = []
    for signal in found.order_by("received_at", "id")[:MOST]:
        due = add_working_days(signal.received_at.astimezone(clock.AMSTERDAM).date(), ANSWER_DAYS)
        acute = signal.urgency == Urgency.ACUTE
        lines.append(
            Pending(
                kind="signal", what=_("Nieuw signaal, acuut") if acute else _("Nieuw signaal"), place=signal.number,
                url=reverse("signal", args=[signal.number]), since=signal.received_at, due_on=due,
                overdue=due < today,
            )
        )  # fmt: skip
    return tuple(lines)
