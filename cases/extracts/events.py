"""The kinds of journal entry that this room writes, and their names. Not here: writing them."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from audit import ports

PROPOSED, AGREED, OBJECTED = "extract.proposed", "extract.agreed", "extract.objected"
GIVEN, WITHDRAWN, REVOKED = "extract.given", "extract.withdrawn", "extract.revoked"
FIRST_OPENED, SIGNED, LISTED = "extract.first_opened", "secrecy.signed", "extract.list"
EVENT_TYPES: dict[str, Promise] = {
    PROPOSED: _("Verstrekking op maat voorgesteld"),
    AGREED: _("Akkoord met een verstrekking op maat"),
    OBJECTED: _("Niet akkoord met een verstrekking op maat"),
    GIVEN: _("Verstrekking op maat gegeven"),
    WITHDRAWN: _("Voorstel voor een verstrekking teruggetrokken"),
    REVOKED: _("Verstrekking op maat ingetrokken"),
    FIRST_OPENED: _("Verstrekking op maat voor het eerst geopend"),
    SIGNED: _("Geheimhouding getekend door een derde"),
    LISTED: _("Verstrekkingen van een casus bekeken"),
}


def supply_events() -> None:
    """Hand the journal the names of these events; called once, from AppConfig.ready."""
    ports.supply("cases.extracts", ports.Supply(event_types=EVENT_TYPES))
