"""The kinds of journal entry that this room writes, and their names. Not here: writing them."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

EVENT_TYPES: dict[str, Promise] = {
    "signin.succeeded": _("Ingelogd"),
    "signin.persona": _("Ingelogd als persona (demo)"),
    "signin.failed": _("Inloggen mislukt"),
    "signin.locked_out": _("Inloggen geblokkeerd na te veel pogingen"),
    "signin.ended": _("Uitgelogd"),
    "signin.hat": _("Organisatie gekozen"),
    "password.changed": _("Wachtwoord gewijzigd"),
    "second_factor.added": _("Tweede factor toegevoegd"),
    "second_factor.removed": _("Tweede factor verwijderd"),
    "second_factor.renewed": _("Herstelcodes vernieuwd"),
    "second_factor.failed": _("Tweede factor mislukt"),
    "membership.granted": _("Rol bij een organisatie gegeven"),
    "membership.ended": _("Rol bij een organisatie beëindigd"),
    "professional.deactivated": _("Account gesloten"),
    "client_key.registered": _("Sleutel van een systeem geregistreerd"),
    "client_key.ended": _("Sleutel van een systeem beëindigd"),
    "token.issued": _("Toegangstoken uitgegeven"),
    "token.refused": _("Toegangstoken geweigerd"),
    "parties.loaded": _("Organisaties en personen geladen"),
}
