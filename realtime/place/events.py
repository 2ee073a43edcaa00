"""The kinds of journal entry that this room writes, and their names. Not here: writing them."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from audit import ports

EVENT_TYPES: dict[str, Promise] = {
    "place.shared": _("Eigen locatie gedeeld met een kanaal"),
    "place.stopped": _("Eigen locatie niet meer gedeeld"),
    "place.told": _("Locatie van een collega gezien"),
    "place.photo": _("Foto van de straat bekeken"),
}


def supply_events() -> None:
    """Hand the journal the names of these events; called once, from AppConfig.ready."""
    ports.supply("realtime.place", ports.Supply(event_types=EVENT_TYPES))
