"""For whom a meeting and its items exist, who leads it, and who may sit at an item. Reads no facts, changes nothing.

What refuses here journals the refusal in a transaction of its own: call it outside atomic().
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, NoReturn
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from audit.journal.apart import append_apart
from audit.journal.entry import Outcome
from cases.disclosure.reading import Reading
from cases.disclosure.visibility import CASE_ROLES, live_participations, partner_participations
from cases.meetings.models import AgendaItem, Invitation, Meeting, SecrecyAcceptance
from cases.records.models import Circumstance
from foundation.errors import NotFound, Refused

LEADING = frozenset({"case_director", "chair"})
"""Roles at the lead agency that may do all that the chair of its meetings may."""
INVITED = "invited"
"""The condition by which the controllers let a third party sit at a case (WGS art. 2.31(9))."""


class NotYourMeeting(NotFound):
    """The meeting, or this item of it, does not exist for this reader."""

    code = "not_your_meeting"
    is_recorded = True


class SecrecyNeeded(Refused):
    """A third party sits at an item only after it accepted the statement of secrecy (domain 5.3)."""

    code = "secrecy_needed"


def may_plan(reading: Reading) -> bool:
    """Whether the reader plans meetings for their own agency."""
    return bool(reading.visit.roles & LEADING)


def meetings_for(reading: Reading) -> QuerySet[Meeting]:
    """The meetings that exist for this reader, with their lead and chair.

    Included if, and only if, the visit holds a role whose work is in cases, and
    - it is of the lead agency, as the chair of this meeting or as a director or chair there; or
    - its agency is invited without a name, or this professional is invited by name.
    """
    visit = reading.visit
    if not visit.roles & CASE_ROLES:
        return Meeting.objects.none()
    invited = invitations_to(reading).filter(meeting=OuterRef("pk"))
    mine = Q(lead_id=visit.agency.id)
    if not visit.roles & LEADING:
        mine &= Q(chair_id=visit.professional_id)
    return Meeting.objects.filter(mine | Exists(invited)).select_related("lead", "chair")


def invitations_to(reading: Reading) -> QuerySet[Invitation]:
    """The invitations of this reader: to its agency without a name, or to this professional by name."""
    visit = reading.visit
    mine = Q(professional=None) | Q(professional_id=visit.professional_id)
    return Invitation.objects.filter(mine, agency_id=visit.agency.id)


def meeting_for(reading: Reading, uid: UUID) -> Meeting:
    """The meeting for a reader for whom it exists. Raises NotYourMeeting after journalling the refusal."""
    found = meetings_for(reading).filter(uid=uid).first()
    if found is None:
        refuse(reading, known=Meeting.objects.filter(uid=uid).exists())
    return found


def is_chair(reading: Reading, meeting: Meeting) -> bool:
    """Whether the reader leads this meeting: its chair, or a director or chair of the lead agency."""
    visit = reading.visit
    if visit.agency.id != meeting.lead_id:
        return False
    return meeting.chair_id == visit.professional_id or bool(visit.roles & LEADING)


def check_chair(reading: Reading, meeting: Meeting) -> None:
    """Raises Refused, after journalling, for who does not lead this meeting."""
    if is_chair(reading, meeting):
        return
    append_apart(
        [reading.entry(event="meeting.refused", outcome=Outcome.REFUSED, detail={"meeting": str(meeting.uid)})]
    )
    raise Refused(
        _("Alleen de voorzitter van dit overleg doet dit."),
        remedy=_("Vraag het de voorzitter of de procesregisseur van de organisatie die het overleg leidt."),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Seats:
    """The cases at which the reader may sit: `live` as a participant, `third` as an invited third party (case ids)."""

    live: frozenset[int]
    third: frozenset[int]


def seats_of(reading: Reading, case_ids: Any) -> Seats:
    """At which of these cases the reader may sit, by participation, and by invitation for a third party."""
    ids = [pk for pk in case_ids if pk is not None]
    live = live_participations(reading.visit, at=reading.at).filter(case_id__in=ids)
    third = partner_participations(reading.visit, at=reading.at).filter(case_id__in=ids)
    invited = invited_cases(ids, agency_id=reading.visit.agency.id, at=reading.at)
    return Seats(
        live=frozenset(live.values_list("case_id", flat=True)),
        third=frozenset(third.values_list("case_id", flat=True)) & invited,
    )


def invited_cases(case_ids: Any, *, agency_id: int, at: datetime) -> frozenset[int]:
    """Of these cases, those for which the controllers decided to invite this third party."""
    rows = Circumstance.objects.filter(
        Q(ends=None) | Q(ends__gt=at), Q(recipient=None) | Q(recipient_id=agency_id),
        case_id__in=list(case_ids), nature=Circumstance.Nature.CONDITION, code=INVITED, starts__lte=at,
    )  # fmt: skip
    return frozenset(rows.values_list("case_id", flat=True))


def items_for(reading: Reading, meeting: Meeting) -> tuple[AgendaItem, ...]:
    """The items that exist for this reader, in order, with their cases; the others leave no trace.

    Included if, and only if, the reader leads the meeting, or the item has no case, or the reader may sit at its
    case. A token pinned to one case has only the items of that case.
    """
    rows = list(AgendaItem.objects.filter(meeting=meeting).select_related("case", "case__lead"))
    pinned = reading.visit.case_pinned
    if pinned:
        rows = [row for row in rows if row.case is not None and row.case.number == pinned]
    if is_chair(reading, meeting):
        return tuple(rows)
    seats = seats_of(reading, [row.case_id for row in rows])
    mine = seats.live | seats.third
    return tuple(row for row in rows if row.case_id is None or row.case_id in mine)


def item_for(reading: Reading, uid: UUID) -> AgendaItem:
    """The item of a meeting, with its meeting and case, open to this reader.

    Raises:
        NotYourMeeting: the meeting or the item does not exist for the reader (journalled).
        SecrecyNeeded: a third party that did not accept the statement of secrecy yet.
    """
    item = AgendaItem.objects.filter(uid=uid).select_related("meeting__lead", "meeting__chair", "case__lead").first()
    if item is None or not meetings_for(reading).filter(pk=item.meeting_id).exists():
        refuse(reading, known=item is not None)
    if all(found.pk != item.pk for found in items_for(reading, item.meeting)):
        refuse(reading, known=True)
    if needs_secrecy(reading, item) and not accepted(reading, item.meeting):
        raise SecrecyNeeded(
            _("Dit agendapunt opent pas als u de geheimhouding hebt aanvaard."),
            remedy=_("Lees de verklaring bij dit overleg en aanvaard haar."),
            article="Wgs art. 1.11",
        )
    return item


def needs_secrecy(reading: Reading, item: AgendaItem) -> bool:
    """Whether the reader sits at this item as a third party, so that secrecy goes before opening it."""
    if item.case_id is None or is_chair(reading, item.meeting):
        return False
    seats = seats_of(reading, [item.case_id])
    return item.case_id in seats.third and item.case_id not in seats.live


def accepted(reading: Reading, meeting: Meeting) -> bool:
    """Whether the reader accepted the statement of secrecy for this meeting, in any version."""
    return SecrecyAcceptance.objects.filter(
        meeting=meeting, agency_id=reading.visit.agency.id, professional_id=reading.visit.professional_id, guest=""
    ).exists()


def may_attend(reading: Reading, item: AgendaItem) -> bool:
    """Whether the reader may sit at this item now; the same rule as `item_for`, without raising."""
    if all(found.pk != item.pk for found in items_for(reading, item.meeting)):
        return False
    return not needs_secrecy(reading, item) or accepted(reading, item.meeting)


def refuse(reading: Reading, *, known: bool) -> NoReturn:
    """Journal the refusal and raise: one insert on every branch, so that existence makes no timing class."""
    entry = reading.entry(
        event="meeting.refused", outcome=Outcome.REFUSED, detail={"asked": "known" if known else "unknown"}
    )
    append_apart([entry])
    raise NotYourMeeting(
        _("Dit overleg bestaat niet, of u bent er niet voor uitgenodigd."),
        remedy=_("Vraag de voorzitter om u uit te nodigen."),
    )
