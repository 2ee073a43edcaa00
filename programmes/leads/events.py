"""The kinds of journal entry that this room writes, and their names. Not here: writing them."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from audit import ports

PROPOSED, VOICED, REPLACED = "lead.proposed", "lead.voiced", "lead.replaced"
WITHDRAWN = "lead.withdrawn"
EVENT_TYPES: dict[str, Promise] = {
    PROPOSED: _("Nieuwe trekker voorgesteld"),
    VOICED: _("Over een voorgestelde trekker gezegd"),
    WITHDRAWN: _("Voorstel voor een nieuwe trekker ingetrokken"),
    REPLACED: _("Trekker van een wijkprogramma opgevolgd"),
}


def supply_events() -> None:
    """Hand the journal the names of these events; called once, from AppConfig.ready."""
    ports.supply("programmes.leads", ports.Supply(event_types=EVENT_TYPES))
