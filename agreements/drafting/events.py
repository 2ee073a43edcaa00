"""The kinds of journal entry that this room writes, and their names. Not here: writing them."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from audit import ports

EVENT_TYPES: dict[str, Promise] = {
    "draft.started": _("Concept van een convenant begonnen"),
    "draft.saved": _("Tekst van een concept bewaard"),
    "draft.parties_set": _("Partijen van een concept gekozen"),
    "draft.remarked": _("Opmerking bij een concept gemaakt"),
    "draft.remark_resolved": _("Opmerking bij een concept beantwoord"),
    "draft.remark_reopened": _("Opmerking bij een concept heropend"),
    "draft.finding_answered": _("Waarschuwing bij een concept beantwoord"),
    "draft.consultation_opened": _("Consultatie over een concept geopend"),
    "draft.back_to_draft": _("Concept teruggehaald uit de consultatie"),
    "draft.offered": _("Concept ter ondertekening voorgelegd"),
    "draft.taken_back": _("Concept teruggehaald uit de ondertekening"),
    "draft.dropped": _("Concept vervallen"),
}


def supply_events() -> None:
    """Hand the journal the names of these events; called once, from AppConfig.ready."""
    ports.supply("agreements.drafting", ports.Supply(event_types=EVENT_TYPES))
