"""The kinds of journal entry that this room writes, and their names. Not here: writing them."""

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agreements.covenants.labels import label
from audit import ports

EVENT_TYPES: dict[str, Promise] = {
    "covenant.vouched": _("Bestaande convenanten onder het logboek gebracht"),
    "covenant.loaded": _("Convenantversie geladen"),
    "covenant.offered": _("Convenantversie ter ondertekening voorgelegd"),
    "covenant.offer_withdrawn": _("Convenantversie teruggehaald uit de ondertekening"),
    "covenant.signed": _("Handtekening onder een convenant vastgelegd"),
    "covenant.version_in_force": _("Convenantversie getekend en ingegaan"),
    "covenant.suspended": _("Convenant opgeschort"),
    "covenant.resumed": _("Convenant hervat"),
    "covenant.ended": _("Convenant voor het einde van de looptijd beëindigd"),
    "party.acceded": _("Organisatie toegetreden tot een convenant"),
    "party.withdrew": _("Organisatie uit een convenant getreden"),
    "party.withdrawal_revoked": _("Opzegging van een convenant ingetrokken"),
}

LAWFUL_PURPOSES: dict[str, Promise] = {
    "oversight": _("Toezicht op het logboek"),
    "subject_request": _("Verzoek van een betrokkene"),
}
"""Purposes that rest on no covenant. Source: AVG art. 39(1)(b), and art. 15 to 22."""


def supply_events() -> None:
    """Hand the journal the names of these events and of purposes; called once, from AppConfig.ready."""
    from agreements.covenants.vouching import all_rows, contents_of

    ports.supply(
        "agreements.covenants",
        ports.Supply(labels_of=labels_of, event_types=EVENT_TYPES, versions=contents_of, standing=all_rows),
    )


def labels_of(references: Iterable[str]) -> dict[str, str]:
    """Names of purposes ("purpose:pga_youth"), roles ("role:chair") and the operator's tools ("operator:load_demo")."""
    found = {}
    for reference in references:
        sort, _sign, code = reference.partition(":")
        if sort == "purpose" and code in LAWFUL_PURPOSES:
            found[reference] = str(LAWFUL_PURPOSES[code])
        elif sort in ("purpose", "role"):
            found[reference] = label(sort, code)
        elif sort == "operator":
            found[reference] = gettext("Beheerder (%(tool)s)") % {"tool": code}
        elif reference == "installation":
            found[reference] = gettext("Deze installatie")
    return found
