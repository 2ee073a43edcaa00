"""The kinds of journal entry that this room writes, and their names. Not here: writing them."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from audit import ports

EVENT_TYPES: dict[str, Promise] = {
    "channel.list": _("Kanalen bekeken"),
    "channel.read": _("Kanaal gelezen"),
    "channel.told": _("Bericht in een kanaal ontvangen"),
    "channel.said": _("Bericht in een kanaal gestuurd"),
    "channel.opened": _("Kanaal geopend"),
    "channel.changed": _("Kanaal gewijzigd"),
    "channel.closed": _("Kanaal gesloten"),
    "channel.joined": _("Lid van een kanaal geworden"),
    "channel.left": _("Geen lid van een kanaal meer"),
    "channel.refused": _("Kanaal geweigerd"),
    "channel.erased": _("Berichten van een kanaal gewist"),
}


def supply_events() -> None:
    """Hand the journal the names of these events; called once, from AppConfig.ready."""
    ports.supply("realtime.channels", ports.Supply(event_types=EVENT_TYPES))
