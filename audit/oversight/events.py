"""The kinds of journal entry that this room writes, and their names."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from audit import ports

QUEUE, READER, FINDING, TIMELINE = "oversight.queue", "oversight.reader", "oversight.finding", "oversight.timeline"
OWN, WHY, PLOT = "oversight.own", "oversight.why", "oversight.plot"
OPENED, STEP = "finding.opened", "finding.step"
ASKED, QUESTION_READ, ANSWERED = "explanation.asked", "explanation.read", "explanation.given"

EVENT_TYPES: dict[str, Promise] = {
    QUEUE: _("Werkbank van het toezicht geopend"),
    READER: _("Inzages van een lezer bekeken"),
    FINDING: _("Bevinding gelezen"),
    TIMELINE: _("Tijdlijn van inzages bekeken"),
    OWN: _("Eigen inzagen bekeken"),
    WHY: _("Nagegaan waarom een inzage mocht"),
    PLOT: _("Verloop van inzages bekeken"),
    OPENED: _("Bevinding geopend"),
    STEP: _("Stap in een bevinding"),
    ASKED: _("Uitleg gevraagd aan een lezer"),
    QUESTION_READ: _("Vraag om uitleg gelezen"),
    ANSWERED: _("Uitleg gegeven door een lezer"),
}


def supply_events() -> None:
    """Hand the journal the names of these events; called once, from AppConfig.ready."""
    ports.supply("audit.oversight", ports.Supply(event_types=EVENT_TYPES))
