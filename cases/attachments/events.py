"""The kinds of journal entry that this room writes, and their names. Not here: writing them."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from audit import ports

READ, OPENED, SHOWN, DOWNLOADED = "attachment.read", "attachment.opened", "attachment.shown", "attachment.downloaded"
FORM, ADDED, REPEATED = "attachment.form", "attachment.added", "attachment.repeated"
WITHDRAWAL, WITHDRAWN = "attachment.withdrawal", "attachment.withdrawn"
EVENT_TYPES: dict[str, Promise] = {
    READ: _("Bijlagen van de casus bekeken"),
    OPENED: _("Bijlage geopend"),
    SHOWN: _("Blad van een bijlage getoond"),
    DOWNLOADED: _("Bijlage opgeslagen op een apparaat"),
    FORM: _("Formulier voor een bijlage geopend"),
    ADDED: _("Bijlage toegevoegd"),
    REPEATED: _("Bijlage nogmaals verzonden"),
    WITHDRAWAL: _("Formulier voor intrekken van een bijlage geopend"),
    WITHDRAWN: _("Bijlage ingetrokken en bestand gewist"),
    "attachment.removed": _("Oefenbijlage weggehaald"),
}


def supply_events() -> None:
    """Hand the journal the names of these events; called once, from AppConfig.ready."""
    ports.supply("cases.attachments", ports.Supply(event_types=EVENT_TYPES, exports=frozenset({DOWNLOADED})))
