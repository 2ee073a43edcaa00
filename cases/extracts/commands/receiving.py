"""The third party signs secrecy, and its first opening is remembered."""

from django.db import transaction
from django.utils.translation import gettext as _

from audit.journal.appender import append
from audit.journal.entry import Action
from audit.journal.scope import write_scope
from cases.disclosure.reading import Reading
from cases.disclosure.refusals import partner_for, refuse
from cases.extracts import events
from cases.extracts.commands.shared import record_condition
from cases.extracts.models import (
    SecrecyDeclaration,
)
from foundation.errors import Invalid

SECRECY_VERSION = "2026-11"


def sign_secrecy(reading: Reading, number: str, *, version: str) -> None:
    """A third party's professional signs secrecy for this case; what was given can be opened from now on.

    Raises NotYourCase for who is no third party in it, Invalid for another text than the one shown.
    Source: WGS art. 1.11 and 2.31(9), BGS art. 2.21.
    """
    case = partner_for(reading, number)
    if case is None:
        refuse(reading, number)
    if version != SECRECY_VERSION:
        raise Invalid(
            _("De tekst is intussen veranderd."), field="agrees", remedy=_("Lees de tekst opnieuw en teken dan.")
        )
    agency, person = reading.visit.agency, reading.visit.professional_id
    with transaction.atomic(), write_scope():
        SecrecyDeclaration.objects.get_or_create(
            case=case, agency_id=agency.id, professional_id=person,
            defaults={"text_version": version, "signed_at": reading.at},
        )  # fmt: skip
        record_condition(reading, case, "secrecy_signed", agency.id, text="")
        append([reading.entry(event=events.SIGNED, action=Action.EXECUTE, case_ref=case.ref)])
