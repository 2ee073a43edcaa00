"""The kinds of journal entry that this room writes, and their names. All are sealed at once (journal/urgency.py)."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from audit import ports

ORDERED, MADE, DOWNLOADED, REFUSED = "export.ordered", "export.made", "export.downloaded", "export.refused"

EVENT_TYPES: dict[str, Promise] = {
    ORDERED: _("Uitvoer van het logboek aangevraagd"),
    MADE: _("Uitvoer van het logboek gemaakt"),
    DOWNLOADED: _("Uitvoer van het logboek gedownload"),
    REFUSED: _("Uitvoer van het logboek geweigerd"),
}


def supply_events() -> None:
    """Hand the journal the names of these events; called once, from AppConfig.ready."""
    ports.supply("audit.exports", ports.Supply(event_types=EVENT_TYPES))
