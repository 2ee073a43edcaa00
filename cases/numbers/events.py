"""The kinds of journal entry that this room writes, and their names. Not here: writing them."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from audit import ports

READ = "numbers.read"
EVENT_TYPES: dict[str, Promise] = {READ: _("Cijfers over het werk bekeken")}


def supply_events() -> None:
    """Hand the journal the names of these events; called once, from AppConfig.ready."""
    ports.supply("cases.numbers", ports.Supply(event_types=EVENT_TYPES))
