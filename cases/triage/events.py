"""The kinds of journal entry that this room writes, and their names. Not here: writing them."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from audit import ports

STARTED, READ, FILTER = "triage.started", "triage.read", "triage.filter"
JUDGED, FITS, PROPOSED, POSITION, DECIDED = (
    "triage.judged", "triage.fits", "triage.proposed", "triage.position", "triage.decided",
)  # fmt: skip
INVITED, ASKED_MORE = "triage.invited", "triage.asked_more"
CHECK_ASKED, CHECK_STARTED, CHECK_COMPARED = "known_check.asked", "known_check.started", "known_check.compared"
CHECK_ANSWERED, CHECK_LIST, CHECK_READ = "known_check.answered", "known_check.list", "known_check.read"
CHECK_REFUSED, CHECK_WITHDRAWN = "known_check.refused", "known_check.withdrawn"
OPENED, OPENING_FORM = "case.opened", "case.opening_form"
INFORMING_READ, INFORMED, POSTPONED, LIFTED = (
    "informing.read", "informing.done", "informing.postponed", "informing.lifted",
)  # fmt: skip
EVENT_TYPES: dict[str, Promise] = {
    STARTED: _("Triage begonnen"),
    READ: _("Triage bekeken"),
    FILTER: _("Filter van de triage gepasseerd"),
    JUDGED: _("Criterium beoordeeld"),
    FITS: _("Geoordeeld dat de melding past"),
    PROPOSED: _("Uitkomst van de triage voorgesteld"),
    POSITION: _("Standpunt over de uitkomst gegeven"),
    DECIDED: _("Uitkomst van de triage besloten"),
    INVITED: _("Organisatie gevraagd mee te wegen"),
    ASKED_MORE: _("Aanvulling van de melding gevraagd"),
    CHECK_ASKED: _("Bekendheid gevraagd"),
    CHECK_STARTED: _("Bekendheidsvraag gestart"),
    CHECK_COMPARED: _("Vergeleken bij een bekendheidsvraag"),
    CHECK_ANSWERED: _("Bekendheidsvraag beantwoord"),
    CHECK_LIST: _("Bekendheidsvragen bekeken"),
    CHECK_READ: _("Bekendheidsvraag geopend"),
    CHECK_REFUSED: _("Bekendheidsvraag geweigerd"),
    CHECK_WITHDRAWN: _("Bekendheidsvraag ingetrokken"),
    OPENED: _("Casus geopend"),
    OPENING_FORM: _("Opening van een casus bekeken"),
    INFORMING_READ: _("Informeren bekeken"),
    INFORMED: _("Betrokkene geïnformeerd"),
    POSTPONED: _("Informeren uitgesteld"),
    LIFTED: _("Uitstel van informeren opgeheven"),
    "case.phase": _("Casus naar een andere fase"),
}


def supply_events() -> None:
    """Hand the journal the names of these events; called once, from AppConfig.ready."""
    ports.supply("cases.triage", ports.Supply(event_types=EVENT_TYPES))
