"""The kinds of journal entry that this room writes, and their names. Not here: writing them."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from audit import ports

EVENT_TYPES: dict[str, Promise] = {
    "covenant.loaded": _("Convenantversie geladen"),
    "covenant.signed": _("Handtekening onder een convenant vastgelegd"),
    "covenant.version_in_force": _("Convenantversie getekend en ingegaan"),
    "covenant.suspended": _("Convenant opgeschort"),
    "covenant.resumed": _("Convenant hervat"),
    "party.acceded": _("Organisatie toegetreden tot een convenant"),
    "party.withdrew": _("Organisatie uit een convenant getreden"),
}


def supply_events() -> None:
    """Hand the journal the names of these events; called once, from AppConfig.ready."""
    ports.supply("agreements.covenants", ports.Supply(event_types=EVENT_TYPES))
