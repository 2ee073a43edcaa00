"""The kinds of journal entry that this room writes, and their names."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from audit import ports

LOOKED, ORDERED, FETCHED, VERIFIED = "integrity.read", "bundle.ordered", "bundle.fetched", "integrity.verified"

EVENT_TYPES: dict[str, Promise] = {
    LOOKED: _("Integriteit van het logboek bekeken"),
    ORDERED: _("Bundel van het logboek gevraagd"),
    FETCHED: _("Bundel van het logboek opgehaald"),
    VERIFIED: _("Controle van een bundel vastgelegd"),
}


def supply_events() -> None:
    """Hand the journal the names of these events; called once, from AppConfig.ready."""
    ports.supply("audit.integrity", ports.Supply(event_types=EVENT_TYPES))
