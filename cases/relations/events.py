"""The kinds of journal entry that this room writes, and their names. Not here: writing them."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from audit import ports

READ, FORM, ADDED, REPEATED = "pictures.read", "relation.form", "relation.added", "relation.repeated"
WITHDRAWAL, WITHDRAWN = "relation.withdrawal", "relation.withdrawn"
MAP_READ, MAP_LOADED = "map.read", "map.loaded"
EVENT_TYPES: dict[str, Promise] = {
    READ: _("Mensen en plaats bekeken"),
    FORM: _("Relatieformulier geopend"),
    ADDED: _("Relatie vastgelegd"),
    REPEATED: _("Relatieformulier nogmaals verzonden"),
    WITHDRAWAL: _("Intrekken van een relatie geopend"),
    WITHDRAWN: _("Relatie ingetrokken"),
    MAP_READ: _("Plekken op de kaart gelezen"),
    MAP_LOADED: _("Kaart ingelezen"),
    "relation.removed": _("Oefenrelatie weggehaald"),
}


def supply_events() -> None:
    """Hand the journal the names of these events; called once, from AppConfig.ready."""
    ports.supply("cases.relations", ports.Supply(event_types=EVENT_TYPES))
