"""The kinds of journal entry that this room writes, and their names. Not here: writing them."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from audit import ports

READ, FORM, ASKED = "request.read", "request.form", "request.asked"
ANSWER_FORM, SETTLED, WITHDRAWN = "request.opened", "request.settled", "request.withdrawn"
REPLIED, REPEATED = "request.replied", "request.repeated"
NOTE_ADDED, NOTE_WITHDRAWN = "note.added", "note.withdrawn"
EVENT_TYPES: dict[str, Promise] = {
    READ: _("Vragen en notities gelezen"),
    FORM: _("Vraagformulier geopend"),
    ASKED: _("Vraag gesteld aan een partner"),
    ANSWER_FORM: _("Vraag van een partner geopend"),
    SETTLED: _("Vraag van een partner afgerond"),
    REPLIED: _("Toelichting gegeven bij een vraag"),
    WITHDRAWN: _("Vraag ingetrokken"),
    REPEATED: _("Formulier nogmaals verzonden"),
    NOTE_ADDED: _("Notitie toegevoegd"),
    NOTE_WITHDRAWN: _("Notitie ingetrokken"),
    "request.removed": _("Oefenvraag weggehaald"),
}


def supply_events() -> None:
    """Hand the journal the names of these events; called once, from AppConfig.ready."""
    ports.supply("cases.requests", ports.Supply(event_types=EVENT_TYPES))
