"""The kinds of journal entry that this room writes, and their names. Not here: writing them."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from audit import ports

EVENT_TYPES: dict[str, Promise] = {
    "motion.accession_asked": _("Toetreding tot een convenant gevraagd"),
    "motion.ending_asked": _("Beëindiging van een convenant voorgesteld"),
    "motion.agreed": _("Ingestemd met een vraag aan partijen"),
    "motion.refused": _("Niet ingestemd met een vraag aan partijen"),
    "motion.taken_back": _("Vraag aan partijen ingetrokken"),
    "motion.carried": _("Vraag aan partijen aangenomen en uitgevoerd"),
    "step.refused": _("Stap in een convenant geweigerd"),
    "reminder.sent": _("Partijen aan een convenant herinnerd"),
}


def supply_events() -> None:
    """Hand the journal the names of these events; called once, from AppConfig.ready."""
    ports.supply("agreements.joining", ports.Supply(event_types=EVENT_TYPES))
