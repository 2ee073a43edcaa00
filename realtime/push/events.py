"""The kinds of journal entry that this room writes, and their names. Not here: writing them."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from audit import ports

EVENT_TYPES: dict[str, Promise] = {
    "push.on": _("Meldingen op een toestel aangezet"),
    "push.off": _("Meldingen op een toestel uitgezet"),
}


def supply_events() -> None:
    """Hand the journal the names of these events; called once, from AppConfig.ready."""
    ports.supply("realtime.push", ports.Supply(event_types=EVENT_TYPES))
