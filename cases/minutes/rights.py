"""For whom minutes and their items exist, whose approval is asked, and who orders papers for all. Opens no facts."""

from dataclasses import dataclass
from datetime import datetime
from typing import NoReturn
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from audit.journal.apart import append_apart
from audit.journal.entry import Outcome
from cases.disclosure.reading import Reading
from cases.disclosure.visibility import CASE_ROLES, live_participations
from cases.meetings.models import AgendaItem, Attendance, Meeting
from cases.meetings.rights import is_chair, meetings_for
from cases.minutes.events import REFUSED
from cases.minutes.models import Minutes
from cases.records.models import Participation
from cases.records.phases import READABLE
from foundation.errors import NotFound, Refused

APPROVERS = frozenset({"professional", "case_director", "chair"})
"""Roles that may speak for their agency about minutes: those to whom the covenants give words of a meeting."""


class NotYourMinutes(NotFound):
    """The minutes, or this item of them, do not exist for this reader."""

    code = "not_your_minutes"
    is_recorded = True


class MinutesRefused(Refused):
    """The reader sees the minutes, but this is not theirs to do. Journalled."""

    code = "minutes_refused"
    is_recorded = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """Minutes with the items that exist for one reader, in order."""

    minutes: Minutes
    items: tuple[AgendaItem, ...]

    @property
    def meeting(self) -> Meeting:
        """The meeting of these minutes."""
        return self.minutes.meeting


def minutes_for(reading: Reading, uid: UUID) -> Taken:
    """The minutes of the meeting `uid` with the items that exist for this reader. Raises NotYourMinutes (journalled).

    Minutes of which no item exists for the reader do not exist either.
    """
    minutes = Minutes.objects.filter(meeting__uid=uid).select_related("meeting__lead", "meeting__chair").first()
    found = found_for(reading, minutes) if minutes else None
    if found is None:
        refuse(reading, known=minutes is not None)
    return found


def found_for(reading: Reading, minutes: Minutes) -> Taken | None:
    """The same for minutes already at hand, without refusing: None when they do not exist for the reader."""
    items = items_of(reading, minutes.meeting)
    return Taken(minutes=minutes, items=items) if items else None


def items_of(reading: Reading, meeting: Meeting) -> tuple[AgendaItem, ...]:
    """The items of a meeting that are in this reader's minutes; the others leave no trace.

    Included if, and only if, the visit holds a role whose work is in cases, and
    - its agency reads the item's case as a participant now: who leads the meeting included; or
    - the item has no case, the token is pinned to none, and the meeting exists for the reader.
    A third party gets what its task asks as an extract, not the minutes (WGS art. 2.31(9)).
    """
    if not reading.visit.roles & CASE_ROLES:
        return ()
    rows = list(AgendaItem.objects.filter(meeting=meeting).select_related("case"))
    of_cases = [row.case_id for row in rows if row.case_id]
    live = set(
        live_participations(reading.visit, at=reading.at).filter(case_id__in=of_cases).values_list("case_id", flat=True)
    )
    free = (
        len(of_cases) < len(rows)
        and reading.visit.case_pinned is None
        and meetings_for(reading).filter(pk=meeting.pk).exists()
    )
    return tuple(row for row in rows if (row.case_id in live if row.case_id else free))


def asked_agencies(minutes: Minutes, *, at: datetime) -> frozenset[int]:
    """The agencies whose approval is asked: those that sat at an item of which they can read the minutes."""
    sat = set(Attendance.objects.filter(item__meeting_id=minutes.meeting_id).values_list("agency_id", "item__case_id"))
    live = set(
        Participation.objects.filter(
            Q(ends=None) | Q(ends__gt=at), case_id__in={case for _agency, case in sat if case}, is_open=True,
            mode=Participation.Mode.LIVE, starts__lte=at, case__state__in=[state.value for state in READABLE],
        ).values_list("agency_id", "case_id")
    )  # fmt: skip
    return frozenset(agency for agency, case in sat if case is None or (agency, case) in live)


def sat_at(item: AgendaItem) -> frozenset[str]:
    """The codes of all agencies that were at an item, for however long."""
    return frozenset(Attendance.objects.filter(item=item).values_list("agency__code", flat=True))


def may_speak(reading: Reading, minutes: Minutes) -> bool:
    """Whether the reader may approve these minutes for their agency, or ask for a correction."""
    return bool(reading.visit.roles & APPROVERS) and reading.visit.agency.id in asked_agencies(minutes, at=reading.at)


def check_may_speak(reading: Reading, minutes: Minutes) -> None:
    """Raises MinutesRefused, after journalling, for who may not."""
    if may_speak(reading, minutes):
        return
    refuse_act(
        reading, minutes, _("U kunt dit verslag niet namens uw organisatie goedkeuren of corrigeren."),
        remedy=_("Dat doet een professional van een organisatie die bij het overleg was."),
    )  # fmt: skip


def leads(reading: Reading, minutes: Minutes) -> bool:
    """Whether the reader led this meeting, and may have papers made for everybody who was there."""
    return is_chair(reading, minutes.meeting)


def refuse_act(reading: Reading, minutes: Minutes, sentence: str, *, remedy: str) -> NoReturn:
    """Journal that the reader may not do this with minutes that they see, and raise MinutesRefused."""
    detail = {"minutes": str(minutes.uid)}
    append_apart([reading.entry(event=REFUSED, outcome=Outcome.REFUSED, detail=detail)])
    raise MinutesRefused(sentence, remedy=remedy)


def refuse(reading: Reading, *, known: bool) -> NoReturn:
    """Journal the refusal and raise: the same for minutes that do not exist and for those of others."""
    detail = {"asked": "known" if known else "unknown"}
    append_apart([reading.entry(event=REFUSED, outcome=Outcome.REFUSED, detail=detail)])
    raise NotYourMinutes(
        _("Dit verslag bestaat niet, of uw organisatie neemt niet deel aan de besproken casussen."),
        remedy=_("Was u bij dit overleg? Vraag de voorzitter welke casus het was, en of u daaraan deelneemt."),
    )
