"""The kinds of journal entry that this room writes, and their names. Not here: writing them."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from audit import ports

AREAS_LOADED, NUMBERS_LOADED = "areas.loaded", "areas.numbers_loaded"
EVENT_TYPES: dict[str, Promise] = {
    AREAS_LOADED: _("Wijken ingelezen"),
    NUMBERS_LOADED: _("Cijfers van wijken ingelezen"),
}


def supply_events() -> None:
    """Hand the journal the names of these events; called once, from AppConfig.ready."""
    ports.supply("programmes.areas", ports.Supply(event_types=EVENT_TYPES))
