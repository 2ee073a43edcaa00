"""The kinds of journal entry that this room writes, and their names. Not here: writing them."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from audit import ports

FORM, OPENED, REFUSED = "break_glass.form", "break_glass.opened", "break_glass.refused"
READ, ENDED, TOLD = "break_glass.read", "break_glass.ended", "break_glass.told"
EVENT_TYPES: dict[str, Promise] = {
    FORM: _("Noodtoegang bekeken"),
    OPENED: _("Noodtoegang genomen"),
    REFUSED: _("Noodtoegang geweigerd"),
    READ: _("Gelezen met noodtoegang"),
    ENDED: _("Noodtoegang beëindigd"),
    TOLD: _("Uitkomst van de beoordeling gelezen"),
}


def supply_events() -> None:
    """Hand the journal the names of these events; called once, from AppConfig.ready."""
    ports.supply("cases.breakglass", ports.Supply(event_types=EVENT_TYPES))
