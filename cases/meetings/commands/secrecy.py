"""Accepts the statement of secrecy: everybody for themselves, the chair for a guest without an account."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from agreements.parties.models import Agency
from audit.journal.entry import Action
from audit.journal.scope import write_scope
from cases.disclosure.reading import Reading
from cases.meetings.commands.shared import OPEN, led, locked, one_line, record
from cases.meetings.models import SecrecyAcceptance
from cases.meetings.rights import meeting_for
from cases.meetings.statement import CURRENT
from foundation.errors import Invalid


def accept(reading: Reading, uid: UUID, *, version: str) -> SecrecyAcceptance:
    """The reader read this version and accepts it; a second time changes nothing.

    Raises NotYourMeeting, Refused when the meeting is over, Invalid when the text has changed meanwhile.
    Source: WGS art. 1.11, domain 5.3.
    """
    meeting = meeting_for(reading, uid)
    _check_version(version)
    with transaction.atomic(), write_scope(reason="secrecy.accepted"):
        meeting = locked(meeting, *OPEN)
        row, made = SecrecyAcceptance.objects.get_or_create(
            meeting=meeting, agency_id=reading.visit.agency.id, professional_id=reading.visit.professional_id, guest="",
            defaults={"text_version": version, "accepted_at": reading.at},
        )  # fmt: skip
        if made:
            record(reading, meeting, "secrecy.accepted", Action.CREATE, version=version, guests=0)
    return row


def accept_for_guest(reading: Reading, uid: UUID, *, agency: str, guest: str, version: str) -> SecrecyAcceptance:
    """The chair read the statement to a guest of an invited agency, who accepted it.

    guest: the name of a professional without an account here; never that of a person concerned.
    Raises NotYourMeeting, Refused (not its chair, or it is over), Invalid.
    """
    meeting = led(reading, uid)
    _check_version(version)
    name = one_line(guest, field="guest", most=120, empty=_("Schrijf de naam van de gast."))
    with transaction.atomic(), write_scope(reason="secrecy.accepted"):
        meeting = locked(meeting, *OPEN)
        of = Agency.objects.filter(code=agency.replace("\0", "\ufffd")).first()
        if of is None or not meeting.invitations.filter(agency=of).exists():
            raise Invalid(
                _("Deze organisatie is niet uitgenodigd."), field="agency", remedy=_("Nodig de organisatie eerst uit.")
            )
        row, made = SecrecyAcceptance.objects.get_or_create(
            meeting=meeting, agency=of, professional=None, guest=name,
            defaults={"text_version": version, "accepted_at": reading.at},
        )  # fmt: skip
        if made:
            record(reading, meeting, "secrecy.accepted", Action.CREATE, version=version, guests=1)
    return row


def _check_version(version: str) -> None:
    if version != CURRENT:
        raise Invalid(
            _("De verklaring is intussen gewijzigd."),
            field="version",
            remedy=_("Lees de nieuwe tekst, en aanvaard die."),
        )
