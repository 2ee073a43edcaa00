"""The kinds of journal entry that this room writes, and their names. Not here: writing them."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from audit import ports

READ, PROPOSED, APPROVED, STOPPED = (
    "retention.read", "destruction.proposed", "destruction.approved", "destruction.stopped",
)  # fmt: skip
DONE, CERTIFICATE = "destruction.done", "destruction.certificate_read"
HOLD_SET, HOLD_LIFTED = "retention.hold_set", "retention.hold_lifted"
RENEWAL_ASKED, RENEWAL_ANSWERED, RENEWED = "renewal.asked", "renewal.answered", "renewal.decided"
EVENT_TYPES: dict[str, Promise] = {
    READ: _("Vernietigingskalender bekeken"),
    PROPOSED: _("Vernietiging voorgesteld"),
    APPROVED: _("Vernietiging goedgekeurd"),
    STOPPED: _("Vernietiging gestopt"),
    DONE: _("Gegevens vernietigd"),
    CERTIFICATE: _("Verklaring van vernietiging bekeken"),
    HOLD_SET: _("Vernietiging uitgesteld"),
    HOLD_LIFTED: _("Uitstel van vernietiging opgeheven"),
    RENEWAL_ASKED: _("Verlenging van de bewaartermijn gevraagd"),
    RENEWAL_ANSWERED: _("Verlenging van de bewaartermijn beantwoord"),
    RENEWED: _("Verlenging van de bewaartermijn besloten"),
}


def supply_events() -> None:
    """Hand the journal the names of these events, and of which cases it must keep entries; from AppConfig.ready."""
    from cases.retention.queries import held_cases

    ports.supply("cases.retention", ports.Supply(event_types=EVENT_TYPES, held=held_cases))
