"""The kinds of journal entry that this room writes, and their names. Not here: writing them."""

from django.utils.functional import Promise

from audit import ports

EVENT_TYPES: dict[str, Promise] = {}


def supply_events() -> None:
    """Hand the journal the names of these events; called once, from AppConfig.ready."""
    ports.supply("cases.relations", ports.Supply(event_types=EVENT_TYPES))
