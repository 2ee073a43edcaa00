"""The kinds of journal entry that this room writes, and their names. Not here: writing them."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from audit import ports

WRITTEN, REVIEWED, PUBLISHED, COPIED, IMPORTED = (
    "lesson.written",
    "lesson.reviewed",
    "lesson.published",
    "lesson.copied",
    "lesson.imported",
)
EVENT_TYPES: dict[str, Promise] = {
    WRITTEN: _("Leerkaart geschreven"),
    REVIEWED: _("Leerkaart nagekeken"),
    PUBLISHED: _("Leerkaart gepubliceerd"),
    COPIED: _("Leerkaart overgenomen als concept"),
    IMPORTED: _("Leerkaart uit een andere installatie ingelezen"),
}


def supply_events() -> None:
    """Hand the journal the names of these events; called once, from AppConfig.ready."""
    ports.supply("programmes.learning", ports.Supply(event_types=EVENT_TYPES))
