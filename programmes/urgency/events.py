"""The kinds of journal entry that this room writes, and their names. Not here: writing them."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from audit import ports

OPENED, CLOSED, DECIDED = "tranche.opened", "tranche.closed", "tranche.decided"
SUBMITTED, SUPPORTED, SCORED = "urgency.submitted", "urgency.supported", "urgency.scored"
EVENT_TYPES: dict[str, Promise] = {
    OPENED: _("Tranche geopend"),
    CLOSED: _("Tranche gesloten"),
    DECIDED: _("Besloten over een tranche"),
    SUBMITTED: _("Urgentie van een wijk ingediend"),
    SUPPORTED: _("Urgentie van een wijk gesteund"),
    SCORED: _("Urgentie van een wijk beoordeeld"),
}


def supply_events() -> None:
    """Hand the journal the names of these events; called once, from AppConfig.ready."""
    ports.supply("programmes.urgency", ports.Supply(event_types=EVENT_TYPES))
