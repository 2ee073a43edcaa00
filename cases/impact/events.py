"""The kinds of journal entry that this room writes, and their names. Not here: writing them."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from audit import ports

STARTED, READ = "impact.started", "impact.read"
EVENT_TYPES: dict[str, Promise] = {
    STARTED: _("Gevolgen van een convenant laten tellen"),
    READ: _("Gevolgen van een convenant bekeken"),
}


def supply_events() -> None:
    """Hand the journal the names of these events; called once, from AppConfig.ready."""
    ports.supply("cases.impact", ports.Supply(event_types=EVENT_TYPES))
