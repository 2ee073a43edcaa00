"""The kinds of journal entry that this room writes, and their names."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from audit import ports
from audit.proofs.verifier import PRUNED_EVENT

PROPOSED, APPROVED, DONE = "prune.proposed", "prune.approved", "prune.done"
PRUNED, PARTS, ERASED = PRUNED_EVENT, "prune.parts", "prune.erased"

EVENT_TYPES: dict[str, Promise] = {
    PROPOSED: _("Opschonen van het logboek voorgesteld"),
    APPROVED: _("Opschonen van het logboek goedgekeurd"),
    PRUNED: _("Regels van het logboek opgeschoond"),
    PARTS: _("Persoonlijke delen van het logboek gewist"),
    ERASED: _("Betrokkene in het logboek gewist op verzoek"),
    DONE: _("Opschonen van het logboek voltooid"),
}


def supply_events() -> None:
    """Hand the journal the names of these events; called once, from AppConfig.ready."""
    ports.supply("audit.pruning", ports.Supply(event_types=EVENT_TYPES))
