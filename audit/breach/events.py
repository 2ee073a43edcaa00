"""The kinds of journal entry that this room writes, and their names."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from audit import ports

LOOKED, DOWNLOADED = "breach.affected", "breach.downloaded"

EVENT_TYPES: dict[str, Promise] = {
    LOOKED: _("Getroffenen van een datalek opgezocht"),
    DOWNLOADED: _("Lijst van getroffenen gedownload"),
}


def supply_events() -> None:
    """Hand the journal the names of these events; called once, from AppConfig.ready."""
    ports.supply("audit.breach", ports.Supply(event_types=EVENT_TYPES))
