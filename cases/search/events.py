"""The kinds of journal entry that this room writes, and their names; and its place among who hears of changed facts."""

from typing import Any

from django.db import connections
from django.db.models.signals import post_migrate
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from audit import ports

EVENT_TYPES: dict[str, Promise] = {
    "search.asked": _("Gezocht in eigen casussen"),
    "search.hit": _("Gevonden bij het zoeken"),
    "search.refused": _("Zoekvraag geweigerd"),
    "search.indexed": _("Zoekregister opnieuw gemaakt"),
}


def supply_events() -> None:
    """Hand the journal the names of these events and ask to be told of changes; called once, from AppConfig.ready."""
    # Here and not above: the models of other apps are not there yet when this module is first imported.
    from cases.records.changes import when_facts_change
    from cases.search.building import index

    ports.supply("cases.search", ports.Supply(event_types=EVENT_TYPES))
    when_facts_change("search", index)
    post_migrate.connect(_mend, dispatch_uid="cases.search")


def _mend(*, using: str, **_: Any) -> None:
    from cases.search.full_text import mend

    mend(connections[using])
