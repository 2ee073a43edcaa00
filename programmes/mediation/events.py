"""The kinds of journal entry that this room writes, and their names. Not here: writing them."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from audit import ports

INVITED, POSITION, DIAGNOSED = "mediation.invited", "mediation.position_given", "mediation.diagnosed"
ACTION, AGREED, ACTION_DONE = "mediation.action_added", "mediation.agreed", "mediation.action_done"
EVALUATED, CONSENTED = "mediation.evaluated", "mediation.consented"
EVENT_TYPES: dict[str, Promise] = {
    INVITED: _("Publieke bemiddeling begonnen"),
    POSITION: _("Standpunt in een bemiddeling vastgelegd"),
    DIAGNOSED: _("Gezamenlijke diagnose vastgelegd"),
    ACTION: _("Kleine actie toegevoegd"),
    AGREED: _("Kleine acties afgesproken"),
    ACTION_DONE: _("Kleine actie gedaan"),
    EVALUATED: _("Bemiddeling geëvalueerd"),
    CONSENTED: _("Openbaarheid van een bemiddeling beantwoord"),
}


def supply_events() -> None:
    """Hand the journal the names of these events; called once, from AppConfig.ready."""
    ports.supply("programmes.mediation", ports.Supply(event_types=EVENT_TYPES))
