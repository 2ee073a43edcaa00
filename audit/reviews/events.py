"""The kinds of journal entry about reviews of break-glass, and their names. Not here: writing them."""

from django.utils.translation import gettext_lazy as _

from audit import ports

OPENED, LISTED, READ = "review.opened", "review.list", "review.read"
JUDGED, OVERDUE = "review.judged", "review.overdue"
EVENT_TYPES = {
    OPENED: _("Beoordeling van noodtoegang begonnen"),
    LISTED: _("Beoordelingen van noodtoegang bekeken"),
    READ: _("Beoordeling van noodtoegang gelezen"),
    JUDGED: _("Noodtoegang beoordeeld"),
    OVERDUE: _("Beoordeling van noodtoegang over de termijn"),
}


def supply_events() -> None:
    """Hand the journal the names of these events; called once, from AppConfig.ready."""
    ports.supply("audit.reviews", ports.Supply(event_types=EVENT_TYPES))
