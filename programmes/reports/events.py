"""The kinds of journal entry that this room writes, and their names. Not here: writing them."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from audit import ports

ASKED, MADE, PUBLISHED = (
    "programme.half_year_asked",
    "programme.half_year_made",
    "programme.half_year_published",
)
EVENT_TYPES: dict[str, Promise] = {
    ASKED: _("Halfjaarbericht van een wijkprogramma gevraagd"),
    MADE: _("Halfjaarbericht van een wijkprogramma gemaakt"),
    PUBLISHED: _("Halfjaarbericht van een wijkprogramma gepubliceerd"),
}


def supply_events() -> None:
    """Hand the journal the names of these events; called once, from AppConfig.ready."""
    ports.supply("programmes.reports", ports.Supply(event_types=EVENT_TYPES))
