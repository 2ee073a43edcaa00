"""The kinds of journal entry that this room writes, and their names. Not here: writing them."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from audit import ports

EVENT_TYPES: dict[str, Promise] = {
    "signal.list": _("Signalen bekeken"),
    "signal.read": _("Signaal gelezen"),
    "signal.form": _("Meldformulier geopend"),
    "signal.contact": _("Bereikbaarheid van een melder gelezen"),
    "signal.of_case": _("Signalen van een casus gelezen"),
    "signal.refused": _("Signaal geweigerd"),
    "signal.reported": _("Signaal gemeld"),
    "signal.added": _("Signaal aangevuld"),
    "signal.forwarded": _("Signaal doorgestuurd"),
    "signal.merged": _("Signalen samengevoegd"),
    "signal.linked": _("Signaal gekoppeld aan een casus"),
    "signal.in_triage": _("Signaal in triage genomen"),
    "signal.dismissed": _("Signaal afgesloten"),
    "signal.replied": _("Melder beantwoord"),
    "signal.judged": _("Signaal beoordeeld in triage"),
    "signal.answer": _("Melder las dat het signaal is beoordeeld"),
    "signal.heard": _("Melder legde het bericht over het signaal weg"),
    "signal.followed": _("Melder bekeek de stand van de melding"),
    "signal.photo_added": _("Foto bij een signaal gemeld"),
    "signal.photo": _("Foto bij een signaal bekeken"),
    "signal.removed": _("Signaal van de demo weggehaald"),
}


def supply_events() -> None:
    """Hand the journal the names of these events; called once, from AppConfig.ready."""
    ports.supply("cases.intake", ports.Supply(event_types=EVENT_TYPES))
