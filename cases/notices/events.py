"""The kinds of journal entry that this room writes, and their names; and what it wants to hear of below."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from audit import ports
from audit.journal.entry import Because
from audit.journal.reasons import ReasonCode

TOLD, LISTED, READ, SEEN = "notice.sent", "notice.listed", "notice.read", "notice.seen"
BY_DUTY = Because(code=ReasonCode.AUDIT, fact_ref="duty:notice")
"""Reading what became of a fact that one had is the work of who had it (AVG art. 19)."""
EVENT_TYPES: dict[str, Promise] = {
    TOLD: _("Organisatie bericht over een gegeven dat zij kreeg"),
    LISTED: _("Berichten over eerder gekregen gegevens bekeken"),
    READ: _("Bericht over een eerder gekregen gegeven gelezen"),
    SEEN: _("Bericht over een eerder gekregen gegeven afgehandeld"),
}


def supply_events() -> None:
    """Hand the journal the names of these events, and casework who tells of changes; once, from AppConfig.ready."""
    from cases.casework.mending import when_mended
    from cases.notices.telling import tell_of_contribution

    ports.supply("cases.notices", ports.Supply(event_types=EVENT_TYPES))
    when_mended("notices", tell_of_contribution)
