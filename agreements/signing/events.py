"""The kinds of journal entry that this room writes, and their names. Not here: writing them."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from audit import ports

EVENT_TYPES: dict[str, Promise] = {
    "covenant.offer_read": _("Convenantversie gelezen door een tekenbevoegde"),
    "covenant.signature_refused": _("Handtekening onder een convenant geweigerd"),
    "covenant.signature_declined": _("Organisatie tekent een convenantversie niet"),
    "covenant.sealed": _("Convenant verzegeld als PDF"),
    "house_key.made": _("Sleutel van deze installatie gemaakt"),
    "signing_key.issued": _("Sleutel om te tekenen uitgegeven"),
    "signing_key.registered": _("Eigen sleutel om te tekenen geregistreerd"),
    "signing_key.revoked": _("Sleutel om te tekenen ingetrokken"),
}


def supply_events() -> None:
    """Hand the journal the names of these events; called once, from AppConfig.ready."""
    ports.supply("agreements.signing", ports.Supply(event_types=EVENT_TYPES))
