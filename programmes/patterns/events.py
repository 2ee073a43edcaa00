"""The kinds of journal entry that this room writes, and their names. Not here: writing them."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from audit import ports

READ, CLOSED, DECIDED = "patterns.read", "patterns.closed", "patterns.decided"
WAY = _("Signalen per wijk en kwartaal, voor partijen bij een gebiedsconvenant")
WAY_OF_ONE = _("Signalen in deze wijk, voor partijen bij een gebiedsconvenant")
"""How the page of all areas, and that of one, lead here."""
EVENT_TYPES: dict[str, Promise] = {
    READ: _("Signaalpatronen van wijken gelezen"),
    CLOSED: _("Signalen van een kwartaal geteld"),
    DECIDED: _("Over een cluster van signalen besloten"),
}


def supply_events() -> None:
    """Hand the journal the names of these events; called once, from AppConfig.ready."""
    ports.supply("programmes.patterns", ports.Supply(event_types=EVENT_TYPES))
