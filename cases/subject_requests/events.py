"""The kinds of journal entry that this room writes, and their names. Not here: writing them."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from audit import ports
from audit.journal.entry import Because
from audit.journal.reasons import ReasonCode
from cases.disclosure.reasons import supply_duty

LISTED, READ, REFUSED_TO = "subject_request.listed", "subject_request.read", "subject_request.denied"
RECEIVED, IDENTIFIED = "subject_request.received", "subject_request.identified"
EXTENDED, REFUSED, HANDED_OUT = "subject_request.extended", "subject_request.refused", "subject_request.handed_out"
SHEET_READ, PLACED, DECIDED = "subject_request.sheet_read", "subject_request.placed", "subject_request.decided"
CLOSED, REOPENED = "subject_request.sheet_closed", "subject_request.sheet_reopened"
HOLD_SET, HOLD_LIFTED = "subject_request.hold_set", "subject_request.hold_lifted"
ORDERED, PREPARED, FETCHED = "subject_request.ordered", "subject_request.prepared", "subject_request.fetched"
LOOKUPS, REGISTER = "subject_request.lookups", "subject_request.register_read"
NAMED, ERASURE_READ = "subject_request.staff_named", "subject_request.erasure_read"
PROPOSED, APPROVED, STOPPED = (
    "subject_request.erasure_proposed", "subject_request.erasure_approved", "subject_request.erasure_stopped",
)  # fmt: skip
BY_DUTY = Because(code=ReasonCode.AUDIT, fact_ref="duty:subject_request")
"""Answering a request is the work of who reads for it (AVG art. 12(2), BGS art. 1.1)."""
EVENT_TYPES: dict[str, Promise] = {
    LISTED: _("Lijst van verzoeken van betrokkenen bekeken"),
    READ: _("Verzoek van een betrokkene bekeken"),
    REFUSED_TO: _("Toegang tot een verzoek van een betrokkene geweigerd"),
    RECEIVED: _("Verzoek van een betrokkene ontvangen"),
    IDENTIFIED: _("Identiteit van een betrokkene vastgesteld"),
    EXTENDED: _("Termijn van een verzoek verlengd"),
    REFUSED: _("Verzoek van een betrokkene geweigerd"),
    HANDED_OUT: _("Antwoord aan een betrokkene uitgereikt"),
    SHEET_READ: _("Eigen gegevens bekeken voor een verzoek van de betrokkene"),
    PLACED: _("Vastgesteld of dit de betrokkene is"),
    DECIDED: _("Beslist over eigen gegevens bij een verzoek"),
    CLOSED: _("Beslisblad van een verzoek afgerond"),
    REOPENED: _("Beslisblad van een verzoek heropend"),
    HOLD_SET: _("Gegevens vastgezet op verzoek van de betrokkene"),
    HOLD_LIFTED: _("Vastgezette gegevens vrijgegeven"),
    ORDERED: _("Inzagepakket gevraagd"),
    PREPARED: _("Eigen gegevens geopend voor een inzagepakket"),
    FETCHED: _("Inzagepakket opgehaald"),
    LOOKUPS: _("Inzagen over een betrokkene verzameld"),
    REGISTER: _("Register van niet verstrekte gegevens bekeken"),
    NAMED: _("Besloten namen van medewerkers te verstrekken"),
    ERASURE_READ: _("Voorstel om op verzoek te wissen bekeken"),
    PROPOSED: _("Voorgesteld om op verzoek te wissen"),
    APPROVED: _("Wissen op verzoek goedgekeurd"),
    STOPPED: _("Wissen op verzoek gestopt"),
}


def supply_events() -> None:
    """Hand the journal the names of these events, why they are somebody's work, and of whom it must keep entries.

    Called once, from AppConfig.ready.
    """
    from cases.subject_requests.keeping import held_persons

    ports.supply("cases.subject_requests", ports.Supply(event_types=EVENT_TYPES, held=held_persons))
    for event in (SHEET_READ, PREPARED):
        supply_duty(event, BY_DUTY)
