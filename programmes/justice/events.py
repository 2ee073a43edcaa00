"""The kinds of journal entry that this room writes, and their names. Not here: writing them."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from audit import ports

PRIORITY, PRIORITY_ENDED, NORM = "justice.priority_set", "justice.priority_ended", "justice.norm_agreed"
THROUGHPUT, FOLLOW_UP, MEASURED = "justice.throughput_loaded", "justice.follow_up_agreed", "justice.follow_up_measured"
EVENT_TYPES: dict[str, Promise] = {
    PRIORITY: _("Voorrang bij vervolging vastgelegd"),
    PRIORITY_ENDED: _("Voorrang bij vervolging beëindigd"),
    NORM: _("Norm voor doorlooptijd afgesproken"),
    THROUGHPUT: _("Doorlooptijden ingelezen"),
    FOLLOW_UP: _("Vervolgafspraak vastgelegd"),
    MEASURED: _("Vervolgafspraak gemeten"),
}


def supply_events() -> None:
    """Hand the journal the names of these events; called once, from AppConfig.ready."""
    ports.supply("programmes.justice", ports.Supply(event_types=EVENT_TYPES))
