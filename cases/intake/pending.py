"""What waits in this room for a reader: new signals that their agency must act on."""

from django.urls import reverse
from django.utils.translation import gettext as _

from cases.casework.pending import Pending
from cases.disclosure.reading import Reading
from cases.intake.access import HANDLING, visible_signals
from cases.intake.models import OPEN
from cases.records.phases import Urgency
from foundation import clock
from foundation.workdays import add_working_days

ANSWER_DAYS = 10
"""Working days in which somebody decides what becomes of a signal (domain 3; HAV-GEBIED art. 10)."""
MOST = 50


def pending_for(reading: Reading) -> tuple[Pending, ...]:
    """The open signals of the reader's agency, oldest first; none for who does not handle signals."""
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
