"""Invites agencies and people to a meeting, and takes what they answer. Not here: the mail about it (mails.py)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from agreements.parties.models import Agency, Membership, Professional
from agreements.parties.reader import current_memberships
from audit.journal.entry import Action
from audit.journal.scope import write_scope
from cases.disclosure.reading import Reading
from cases.disclosure.visibility import CASE_ROLES
from cases.meetings.commands.shared import OPEN, led, locked, record
from cases.meetings.models import Answer, Invitation, Meeting
from cases.meetings.rights import meeting_for
from cases.meetings.seating import seats_at
from foundation.errors import Invalid, NotFound, Refused


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitee:
    """Who is asked: an agency by its code, and who of it; without a name whoever it sends."""

    agency: str
    professional: UUID | None = None


def invite(reading: Reading, uid: UUID, invitees: Iterable[Invitee]) -> tuple[Invitation, ...]:
    """Invite these; who was invited already stays so. Returns the new invitations.

    Raises:
        NotYourMeeting, Refused: no such meeting, not its chair, or it is over.
        Invalid: an unknown agency or person, one that does no casework, or an agency that may sit at no item: it
            takes part in none of the cases, or the controllers did not invite this third party (WGS art. 2.31(9)).
    """
    meeting = led(reading, uid)
    asked = [_asked(found) for found in dict.fromkeys(invitees)]
    if not asked:
        raise Invalid(_("U koos niemand."), field="invitees", remedy=_("Kies wie u uitnodigt."))
    with transaction.atomic(), write_scope(reason="invitation.sent"):
        meeting = locked(meeting, *OPEN)
        _check_seats(reading, meeting, [agency for agency, _person in asked])
        found = [
            Invitation.objects.get_or_create(meeting=meeting, agency=agency, professional=person)
            for agency, person in asked
        ]
        new = tuple(row for row, made in found if made)
        for row in new:
            record(reading, meeting, "invitation.sent", Action.CREATE, agency=row.agency.code)
    return new


def _asked(invitee: Invitee) -> tuple[Agency, Professional | None]:
    agency = Agency.objects.filter(code=invitee.agency.replace("\0", "\ufffd")).first()
    if agency is None:
        raise Invalid(
            _("Deze organisatie is hier niet bekend."), field="invitees", remedy=_("Kies een organisatie uit de lijst.")
        )
    if invitee.professional is None:
        return agency, None
    return agency, colleague(agency.pk, invitee.professional, field="invitees").professional


def colleague(agency_id: int, professional: UUID, *, field: str) -> Membership:
    """The membership of somebody who works on cases at this agency now. Raises Invalid."""
    rows = current_memberships().filter(agency_id=agency_id, professional__uuid=professional)
    found: Membership | None = next((row for row in rows if CASE_ROLES & set(row.roles)), None)
    if found is None:
        raise Invalid(
            _("Deze persoon werkt bij die organisatie niet aan casussen."),
            field=field,
            remedy=_("Kies een collega uit de lijst."),
        )
    return found


def _check_seats(reading: Reading, meeting: Meeting, agencies: list[Agency]) -> None:
    items = list(meeting.items.values_list("case_id", flat=True))
    # A point without a case is for everybody that the chair wants to hear; so is an agenda that is not made yet.
    if None in items or not items:
        return
    seated = {seat.agency.pk for seat in seats_at(items, at=reading.at)} | {meeting.lead_id}
    for agency in agencies:
        if agency.pk not in seated:
            raise Invalid(
                _("%(name)s mag bij geen casus op deze agenda aanzitten.") % {"name": agency.name},
                field="invitees",
                remedy=_(
                    "Laat de organisatie eerst deelnemen aan de casus. "
                    "Een derde komt alleen na een besluit van de verwerkingsverantwoordelijken."
                ),
            )


def uninvite(reading: Reading, uid: UUID, invitation: int) -> None:
    """Take an invitation back. Raises NotYourMeeting, Refused, NotFound."""
    meeting = led(reading, uid)
    with transaction.atomic(), write_scope(reason="invitation.withdrawn"):
        meeting = locked(meeting, *OPEN)
        row = meeting.invitations.filter(pk=invitation).select_related("agency").first()
        if row is None:
            raise NotFound(_("Deze uitnodiging is er niet meer."), remedy=_("Laad de bladzijde opnieuw."))
        agency = row.agency.code
        row.delete()
        record(reading, meeting, "invitation.withdrawn", Action.DELETE, agency=agency)


def answer(reading: Reading, uid: UUID, *, coming: str) -> Invitation:
    """Answer for oneself: "room", "link" or "no". Who comes on an invitation without a name, is named on it.

    Raises:
        NotYourMeeting: not invited (journalled).
        Refused: the meeting is over, or somebody else of the agency answered just before.
        Invalid: another word than these three.
    """
    meeting = meeting_for(reading, uid)
    if coming not in (Answer.ROOM, Answer.LINK, Answer.NO):
        raise Invalid(
            _("Dit antwoord kennen wij niet."), field="coming", remedy=_("Kies: ik kom, ik bel in, of ik kom niet.")
        )
    with transaction.atomic(), write_scope(reason="invitation.answered"):
        meeting = locked(meeting, *OPEN)
        row = _mine(reading, meeting)
        row.answer, row.answered_at = coming, reading.at
        if coming != Answer.NO:
            row.professional_id = reading.visit.professional_id
        row.save(update_fields=["answer", "answered_at", "professional"])
        record(reading, meeting, "invitation.answered", Action.UPDATE, answer=coming)
    return row


def hand_over(reading: Reading, uid: UUID, *, professional: UUID) -> Invitation:
    """Send a colleague of one's own agency instead; they answer anew.

    They see the items of cases in which they take part themselves. Raises as `answer`; Invalid also for a colleague
    who is invited already.
    """
    meeting = meeting_for(reading, uid)
    chosen = colleague(reading.visit.agency.id, professional, field="professional").professional
    with transaction.atomic(), write_scope(reason="invitation.handed_over"):
        meeting = locked(meeting, *OPEN)
        row = _mine(reading, meeting)
        known = meeting.invitations.filter(agency_id=row.agency_id, professional=chosen)
        if known.exists():
            raise Invalid(
                _("Deze collega is al uitgenodigd."), field="professional", remedy=_("Kies een andere collega.")
            )
        row.professional, row.answer, row.answered_at = chosen, Answer.NONE, None
        row.save(update_fields=["professional", "answer", "answered_at"])
        record(reading, meeting, "invitation.handed_over", Action.UPDATE)
    return row


def _mine(reading: Reading, meeting: Meeting) -> Invitation:
    """The reader's own invitation, by name before that of their agency."""
    visit = reading.visit
    rows = list(meeting.invitations.filter(agency_id=visit.agency.id, professional_id=visit.professional_id))
    rows += list(meeting.invitations.filter(agency_id=visit.agency.id, professional=None))
    if not rows:
        raise Refused(
            _("Er is geen uitnodiging voor u open."),
            remedy=_("Antwoordde een collega net voor uw organisatie? Vraag de voorzitter om ook u uit te nodigen."),
        )
    return rows[0]


def invitees_of(texts: Iterable[str]) -> tuple[Invitee, ...]:
    """What a form or a program names as "AGENCY" or "AGENCY uuid". Raises Invalid."""
    found = []
    for text in texts:
        code, _space, person = text.strip().partition(" ")
        found.append(Invitee(agency=code, professional=_person(person, field="invitees") if person else None))
    return tuple(found)


def person_uid(data: Mapping[str, str]) -> UUID:
    """The colleague that a form names. Raises Invalid."""
    return _person(data.get("professional", ""), field="professional")


def _person(text: str, *, field: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Invalid(_("Deze persoon kennen wij niet."), field=field, remedy=_("Kies iemand uit de lijst.")) from None


def whole(text: str) -> int:
    """The number of an invitation that a form names. Raises NotFound."""
    if not (text.isascii() and text.isdigit() and len(text) < 18):
        raise NotFound(_("Deze uitnodiging is er niet meer."), remedy=_("Laad de bladzijde opnieuw."))
    return int(text)
