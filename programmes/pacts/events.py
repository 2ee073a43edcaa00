"""The kinds of journal entry that this room writes, and their names. Not here: writing them."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from audit import ports

LINKED, PLEDGED, REPORTED, SETTLED = "pact.linked", "pledge.made", "pledge.reported", "pledge.settled"
RELEASED, REMINDED = "pact.released", "pledge.reminded"
EVENT_TYPES: dict[str, Promise] = {
    LINKED: _("Pact aan een wijkprogramma verbonden"),
    PLEDGED: _("Toezegging vastgelegd"),
    REPORTED: _("Voortgang van een toezegging gemeld"),
    SETTLED: _("Toezegging afgesloten"),
    RELEASED: _("Stand van de toezeggingen vrijgegeven"),
    REMINDED: _("Herinnering aan een toezegging verstuurd"),
}


def supply_events() -> None:
    """Hand the journal the names of these events; called once, from AppConfig.ready."""
    ports.supply("programmes.pacts", ports.Supply(event_types=EVENT_TYPES))
