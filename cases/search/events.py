"""The kinds of journal entry that this room writes, and their names; and its place among who hears of changed facts."""

from typing import Any

from django.apps import apps
from django.db import connections
from django.db.models.signals import post_migrate, post_save
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
    from cases.search.following import TABLES
    from cases.search.rooms_of_cases import supply_rooms

    ports.supply("cases.search", ports.Supply(event_types=EVENT_TYPES))
    when_facts_change("search", index)
    supply_rooms()
    for model in apps.get_app_config("cases").get_models():
        if model._meta.db_table in TABLES:
            post_save.connect(_follow, sender=model, dispatch_uid=f"cases.search.{model._meta.model_name}")
    post_migrate.connect(_mend, dispatch_uid="cases.search")


_DECIDES = frozenset({"values", "present", "withdrawn_at", "under", "heard", "about", "about_id", "case", "case_id"})
"""Columns of words by which their index changes; whether an action is done, for one, is none of these."""


def _follow(*, instance: Any, update_fields: frozenset[str] | None = None, raw: bool = False, **_: Any) -> None:
    """Words of a room were saved, in the write scope of their command."""
    from cases.search.building import index_words

    if not raw and (update_fields is None or update_fields & _DECIDES):
        index_words([instance])


def _mend(*, using: str, **_: Any) -> None:
    from cases.search.following import mend_following
    from cases.search.full_text import mend

    mend(connections[using])
    mend_following(connections[using])
