"""The kinds of journal entry that this room writes, and their names. Not here: writing them."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from audit import ports

READ, FRESH, MARKED = "inbox.read", "inbox.fresh", "inbox.marked"
FORM, ASKED, OPENED = "escalation.form", "escalation.asked", "escalation.opened"
SEEN, DECIDED, ANSWERED, RAISED = "escalation.seen", "escalation.decided", "escalation.answered", "escalation.raised"
EVENT_TYPES: dict[str, Promise] = {
    READ: _("Inbox bekeken"),
    FRESH: _("Inbox bijgewerkt"),
    MARKED: _("Casus als gelezen gemerkt"),
    FORM: _("Opschalen geopend"),
    ASKED: _("Opgeschaald naar de eigen leiding"),
    OPENED: _("Opschaling gelezen"),
    SEEN: _("Opschaling gezien door de leiding"),
    ANSWERED: _("Besluit op een opschaling geschreven"),
    DECIDED: _("Opschaling afgerond met een besluit"),
    RAISED: _("Opschaling niet beantwoord: een niveau hoger"),
    "escalation.removed": _("Oefenopschaling weggehaald"),
}


def supply_events() -> None:
    """Hand the journal the names of these events, and search its words; called once, from AppConfig.ready."""
    # Here and not above: the models of other apps are not there yet when this module is first imported.
    from cases.inbox.searching import supply_rooms

    supply_rooms()
    ports.supply("cases.inbox", ports.Supply(event_types=EVENT_TYPES))
