"""Who comes in, who leaves, and when the screen may widen again. Attendance is access: all of it is journalled."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from agreements.models import Agency, Membership, Professional
from audit.journal.entry import Action
from audit.journal.scope import write_scope
from cases.casework.rules import is_readable
from cases.disclosure.reading import Reading
from cases.meetings import bell
from cases.meetings.commands.at_item import WHAT, led_item, note
from cases.meetings.commands.joint_view import settle_drafts
from cases.meetings.models import AgendaItem, Attendance, Place, SecrecyAcceptance
from cases.meetings.rights import SecrecyNeeded, check_chair, invited_cases, item_for
from cases.records.models import Participation
from foundation.errors import Invalid, NotFound, Refused


@dataclass(frozen=True, slots=True, kw_only=True)
class Arriving:
    """Who comes in: an agency (code) and either somebody of it, or a guest of a third party by name."""

    agency: str
    professional: UUID | None = None
    guest: str = ""
    place: str = Place.ROOM


def arrive(reading: Reading, item_uid: UUID, who: Arriving) -> None:
    """Somebody comes in at an item: from this moment the shared screen shows only what they may see as well.

    Who is there already stays there. Raises NotYourMeeting; Refused (not the chair; a third party that was not
    invited); SecrecyNeeded; Invalid naming the field. Source: domain 5.2, 5.3; WGS art. 2.31(9).
    """
    item = led_item(reading, item_uid)
    agency, person = _people(reading, who)
    _check_seat(reading, item, agency, person, guest=who.guest.strip())
    standing = Attendance.objects.filter(
        item=item, agency=agency, professional=person, guest=who.guest.strip(), left_at=None
    )
    try:
        with transaction.atomic(), write_scope():
            if standing.exists():
                return
            # What was typed till now was heard by who was there till now.
            settle_drafts(reading, item)
            Attendance.objects.create(
                item=item, agency=agency, professional=person, guest=who.guest.strip(), place=who.place,
                arrived_at=reading.at,
            )  # fmt: skip
            # Who comes back before the chair confirmed is simply there again.
            _release(reading, Attendance.objects.filter(item=item, agency=agency))
            _noted(reading, item, "attendance.arrived", agency, Action.CREATE, place=who.place)
    except IntegrityError:
        # Checked in twice at once: the other one was first.
        if not standing.exists():
            raise


def leave(reading: Reading, item_uid: UUID, row: int) -> None:
    """Somebody leaves an item; the screen stays as narrow as it was until the chair confirms (`release`).

    Who leads the meeting says so of anybody, an agency of its own people. Raises NotYourMeeting, Refused, NotFound.
    """
    item = item_for(reading, item_uid)
    found = Attendance.objects.filter(item=item, pk=row).select_related("agency").first()
    if found is None:
        raise NotFound(_("Deze aanwezige staat niet op de lijst."), remedy=_("Ververs het scherm."))
    if found.agency_id != reading.visit.agency.id:
        check_chair(reading, item.meeting)
    with transaction.atomic(), write_scope():
        gone = Attendance.objects.filter(pk=row, left_at=None).update(left_at=reading.at)
        if gone:
            _noted(reading, item, "attendance.left", found.agency, Action.UPDATE)


def release(reading: Reading, item_uid: UUID, agency: str) -> None:
    """The chair confirms that an agency has left: from now on the screen shows again what it may not see.

    Raises NotYourMeeting, Refused; Invalid while somebody of it is still there.
    """
    item = led_item(reading, item_uid)
    rows = Attendance.objects.filter(item=item, agency__code=agency)
    with transaction.atomic(), write_scope():
        if rows.filter(left_at=None).exists():
            raise Invalid(
                _("Er is nog iemand van deze organisatie aanwezig."), field="agency",
                remedy=_("Meld eerst iedereen van deze organisatie af."),
            )  # fmt: skip
        if _release(reading, rows):
            _noted(reading, item, "attendance.released", _agency(agency), Action.UPDATE)


def step_out(reading: Reading, item_uid: UUID, agency: str) -> None:
    """At the chair's word an agency leaves the room for this item, and the screen widens: leave and release in one.

    Raises NotYourMeeting, Refused.
    """
    item = led_item(reading, item_uid)
    rows = Attendance.objects.filter(item=item, agency__code=agency)
    with transaction.atomic(), write_scope():
        gone = rows.filter(left_at=None).update(left_at=reading.at)
        if _release(reading, rows) or gone:
            _noted(reading, item, "attendance.stepped_out", _agency(agency), Action.UPDATE)


def carry_over(reading: Reading, item: AgendaItem, *, seated: Iterable[Attendance]) -> None:
    """At the start of an item: who was at the last one is there, and so is who leads. Inside the caller's scope.

    Also who takes no part in this case: they sit in the room until the chair asks them out, and till then the screen
    shows nothing of it. Who left without the chair's confirmation still counts here.
    """
    known: set[tuple[int, int | None, str]] = set(
        Attendance.objects.filter(item=item, left_at=None).values_list("agency_id", "professional_id", "guest")
    )
    people = [(row.agency_id, row.professional_id, row.guest, row.place, row.left_at is not None) for row in seated]
    people.append((reading.visit.agency.id, reading.visit.professional_id, "", Place.ROOM, False))
    for agency_id, professional_id, guest, place, has_left in people:
        if (agency_id, professional_id, guest) not in known:
            known.add((agency_id, professional_id, guest))
            Attendance.objects.create(
                item=item, agency_id=agency_id, professional_id=professional_id, guest=guest, place=place,
                arrived_at=reading.at, left_at=reading.at if has_left else None,
            )  # fmt: skip


def all_leave(reading: Reading, item: AgendaItem) -> list[Attendance]:
    """The item is over: everybody leaves it, and nobody counts for it any more.

    Returns who counted till now: present, or gone (`left_at`) without a word of the chair.
    """
    seated = list(Attendance.objects.filter(Q(left_at=None) | Q(released_at=None), item=item).order_by("pk"))
    Attendance.objects.filter(item=item, left_at=None).update(left_at=reading.at)
    Attendance.objects.filter(item=item, released_at=None).update(released_at=reading.at)
    return seated


def _release(reading: Reading, rows: QuerySet[Attendance]) -> int:
    waiting = rows.exclude(left_at=None).filter(released_at=None)
    return int(waiting.update(released_at=reading.at))


def _noted(reading: Reading, item: AgendaItem, event: str, agency: Agency, action: Action, **detail: str | int) -> None:
    note(reading, item.meeting, event, item=item, action=action, detail={"agency": agency.code, **detail})
    bell.changed(item.meeting, what=WHAT)


def _agency(code: str) -> Agency:
    found = Agency.objects.filter(code=code).first()
    if found is None:
        raise Invalid(_("Deze organisatie bestaat niet."), field="agency", remedy=_("Kies uit de lijst."))
    return found


def _people(reading: Reading, who: Arriving) -> tuple[Agency, Professional | None]:
    """The agency and the person. Raises Invalid when they do not belong together, or nobody is named."""
    agency = _agency(who.agency)
    guest = who.guest.strip()
    if who.place not in Place.values:
        raise Invalid(_("Deze plaats bestaat niet."), field="place", remedy=_("Kies zaal of verbinding."))
    if who.professional is None:
        if not guest:
            raise Invalid(_("Wie komt er binnen?"), field="professional", remedy=_("Kies een naam uit de lijst."))
        if len(guest) > 120 or not is_readable(guest):
            raise Invalid(_("Deze naam past niet."), field="guest", remedy=_("Gebruik hoogstens 120 tekens."))
        return agency, None
    held = Membership.objects.in_force().filter(agency=agency, professional__uuid=who.professional)
    found = held.select_related("professional").first()
    if found is None or guest:
        raise Invalid(
            _("Deze persoon werkt niet bij deze organisatie."), field="professional", remedy=_("Kies uit de lijst.")
        )
    return agency, found.professional


def _check_seat(reading: Reading, item: AgendaItem, agency: Agency, person: Professional | None, *, guest: str) -> None:
    """Whether they may sit at this item: a participant that is named in the case, or an invited third party."""
    if item.case_id is None:
        return
    taking = (
        Participation.objects.filter(Q(ends=None) | Q(ends__gt=reading.at), case_id=item.case_id, agency=agency)
        .filter(is_open=True, starts__lte=reading.at, mode=Participation.Mode.LIVE)
        .first()
    )
    if taking is not None and person is not None:
        if taking.everyone or taking.members.filter(professional=person).exists():
            return
        raise Invalid(
            _("%(name)s is voor deze casus niet aangewezen.") % {"name": person.name}, field="professional",
            remedy=_("Laat de organisatie deze collega eerst aanwijzen als deelnemer."),
        )  # fmt: skip
    if item.case_id not in invited_cases([item.case_id], agency_id=agency.pk, at=reading.at):
        raise Refused(
            _("%(agency)s is voor deze casus niet uitgenodigd.") % {"agency": agency.name},
            remedy=_("Een derde zit alleen aan na een besluit van de verantwoordelijken (Wgs art. 2.31 lid 9)."),
            article="Wgs art. 2.31 lid 9",
        )
    accepted = SecrecyAcceptance.objects.filter(meeting=item.meeting, agency=agency, professional=person, guest=guest)
    if not accepted.exists():
        raise SecrecyNeeded(
            _("De geheimhouding is nog niet aanvaard."),
            remedy=_("Laat de verklaring eerst lezen en aanvaarden; meld daarna aan."),
            article="Wgs art. 1.11",
        )
