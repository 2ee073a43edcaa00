"""The kinds of journal entry that this room writes, and their names. Not here: writing them."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from audit import ports

SEIZURES_SEEN, SEIZED, SEIZURE_MOVED = "giveback.seizures_seen", "giveback.seizure_reported", "giveback.seizure_moved"
OFFERED, OFFER_MOVED = "giveback.intervention_planned", "giveback.intervention_moved"
PROPOSED, VOTED, FUNDED = "giveback.proposed", "giveback.voted", "giveback.funded"
SHOWN, DONE = "giveback.visible", "giveback.done"
EVENT_TYPES: dict[str, Promise] = {
    SEIZURES_SEEN: _("Beslag bekeken"),
    SEIZED: _("Beslag gemeld"),
    SEIZURE_MOVED: _("Beslag een stap verder"),
    OFFERED: _("Aanbod in de wijk gepland"),
    OFFER_MOVED: _("Aanbod in de wijk bijgewerkt"),
    PROPOSED: _("Teruggave voorgesteld"),
    VOTED: _("Teruggave gekozen door bewoners"),
    FUNDED: _("Teruggave betaald uit beslag"),
    SHOWN: _("Teruggave te zien in de buurt"),
    DONE: _("Teruggave klaar"),
}


def supply_events() -> None:
    """Hand the journal the names of these events; called once, from AppConfig.ready."""
    ports.supply("programmes.giveback", ports.Supply(event_types=EVENT_TYPES))
