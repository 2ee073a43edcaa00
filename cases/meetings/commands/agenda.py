"""Puts cases and points on the agenda, orders them, gives them minutes, and asks for preparation.

What is done or under way keeps its place. Not here: running the items.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from audit.journal.entry import Action
from audit.journal.scope import write_scope
from cases.disclosure.reading import Reading
from cases.disclosure.refusals import case_for
from cases.meetings.commands.shared import OPEN, led, locked, one_line, record, whole_minutes
from cases.meetings.models import AgendaItem, ItemState, Meeting
from cases.records.models import Case
from cases.records.phases import Phase
from foundation.errors import Invalid, NotFound, Refused

PHASES = (Phase.TRIAGE, Phase.MEETING, Phase.PLAN, Phase.MONITORING)
"""In which phases a case is discussed together (domain 3)."""
DEFAULT_MINUTES = 15
LONGEST = 240
MOST = 40
"""Items of one agenda: more than a day holds."""


def add_cases(
    reading: Reading, uid: UUID, numbers: Iterable[str], *, minutes: int = DEFAULT_MINUTES
) -> tuple[AgendaItem, ...]:
    """Cases of the lead's caseload at the end of the agenda; one that is on it already stays where it is.

    Raises:
        NotYourMeeting, Refused: no such meeting, not its chair, or it is over.
        NotYourCase: a case in which the lead takes no part (journalled).
        Invalid: no case chosen, or one in a phase that is not discussed.
    """
    meeting = led(reading, uid)
    cases = [_discussed(case_for(reading, number).case) for number in dict.fromkeys(numbers)]
    if not cases:
        raise Invalid(_("U koos geen casus."), field="cases", remedy=_("Kies een of meer casussen uit de lijst."))
    whole_minutes(minutes, field="minutes", most=LONGEST)
    with transaction.atomic(), write_scope(reason="agenda.added"):
        meeting = locked(meeting, *OPEN)
        known = set(meeting.items.values_list("case_id", flat=True))
        new = [case for case in cases if case.pk not in known]
        if not new:
            return ()
        items = _append_items(meeting, [{"case": case, "minutes": minutes} for case in new])
        record(reading, meeting, "agenda.added", Action.CREATE, case_refs=tuple(case.ref for case in new))
    return tuple(items)


def _discussed(case: Case) -> Case:
    if case.phase not in PHASES:
        raise Invalid(
            _("%(number)s is niet in een fase die u samen bespreekt.") % {"number": case.number},
            field="cases",
            remedy=_("Kies een casus in triage, overleg, plan of monitoring."),
        )
    return case


def add_point(reading: Reading, uid: UUID, *, title: str, minutes: int = DEFAULT_MINUTES) -> AgendaItem:
    """A point without a case, such as the minutes of last time. Everybody who is invited reads its title.

    Raises NotYourMeeting, Refused, Invalid.
    """
    meeting = led(reading, uid)
    title = one_line(title, field="title", most=120, empty=_("Een agendapunt heeft een titel."))
    whole_minutes(minutes, field="minutes", most=LONGEST)
    with transaction.atomic(), write_scope(reason="agenda.added"):
        meeting = locked(meeting, *OPEN)
        (item,) = _append_items(meeting, [{"title": title, "minutes": minutes}])
        record(reading, meeting, "agenda.added", Action.CREATE, item=str(item.uid))
    return item


def _append_items(meeting: Meeting, rows: list[dict[str, object]]) -> list[AgendaItem]:
    last = meeting.items.aggregate(last=Max("position"))["last"] or 0
    if meeting.items.count() + len(rows) > MOST:
        raise Invalid(
            _("Een agenda heeft hoogstens %(n)d punten.") % {"n": MOST},
            field="cases",
            remedy=_("Plan een tweede overleg."),
        )
    return [
        AgendaItem.objects.create(meeting=meeting, position=last + place, **row) for place, row in enumerate(rows, 1)
    ]


def move(reading: Reading, uid: UUID, item: UUID, *, to: int) -> None:
    """Put an item that still waits at place `to` (from one) of the agenda; beyond its ends is its first or last place.

    Raises NotYourMeeting, Refused, NotFound.
    """
    meeting = led(reading, uid)
    with transaction.atomic(), write_scope(reason="agenda.changed"):
        meeting = locked(meeting, *OPEN)
        items = list(meeting.items.all())
        moved = _waiting(items, item)
        # Not before what was dealt with: its order is what happened.
        first = sum(found.state != ItemState.WAITING for found in items)
        items.remove(moved)
        items.insert(min(max(to - 1, first), len(items)), moved)
        for place, found in enumerate(items, 1):
            if found.position != place:
                found.position = place
                found.save(update_fields=["position"])
        record(reading, meeting, "agenda.changed", Action.UPDATE, item=str(item))


def shift(reading: Reading, uid: UUID, item: UUID, *, by: int) -> None:
    """Move an item so many places down (or up). Raises as `move`."""
    meeting = led(reading, uid)
    order = list(meeting.items.values_list("uid", flat=True))
    if item not in order:
        raise _gone()
    move(reading, uid, item, to=order.index(item) + 1 + by)


def set_minutes(reading: Reading, uid: UUID, minutes: Mapping[UUID, int]) -> None:
    """Give items their planned minutes. Items that are no longer there are left out.

    Raises NotYourMeeting, Refused, Invalid (field `minutes-<uid>`).
    """
    meeting = led(reading, uid)
    for item, n in minutes.items():
        whole_minutes(n, field=f"minutes-{item}", most=LONGEST)
    with transaction.atomic(), write_scope(reason="agenda.changed"):
        meeting = locked(meeting, *OPEN)
        changed = [row for row in meeting.items.all() if minutes.get(row.uid, row.minutes) != row.minutes]
        for row in changed:
            row.minutes = minutes[row.uid]
            row.save(update_fields=["minutes"])
        if changed:
            record(reading, meeting, "agenda.changed", Action.UPDATE, items=len(changed))


def remove(reading: Reading, uid: UUID, item: UUID) -> None:
    """Take an item that still waits off the agenda. Raises NotYourMeeting, Refused, NotFound."""
    meeting = led(reading, uid)
    with transaction.atomic(), write_scope(reason="agenda.removed"):
        meeting = locked(meeting, *OPEN)
        found = _waiting(list(meeting.items.select_related("case")), item)
        ref = found.case.ref if found.case else ""
        found.delete()
        record(reading, meeting, "agenda.removed", Action.DELETE, case_refs=(ref,), item=str(item))


def ask(reading: Reading, uid: UUID, *, until: datetime | None, items: Iterable[UUID] | None = None) -> int:
    """Ask the parties to prepare their view of these cases (all of them) until a moment, or no longer; how many.

    Raises NotYourMeeting, Refused, Invalid when that moment has passed or lies after the start.
    """
    meeting = led(reading, uid)
    with transaction.atomic(), write_scope(reason="agenda.asked"):
        meeting = locked(meeting, *OPEN)
        _check_term(reading, meeting, until)
        rows = meeting.items.exclude(case=None).filter(state=ItemState.WAITING).select_related("case")
        if items is not None:
            rows = rows.filter(uid__in=list(items))
        found = list(rows)
        for row in found:
            row.asked_by = until
            row.save(update_fields=["asked_by"])
        if found:
            refs = tuple(row.case.ref for row in found if row.case)
            record(reading, meeting, "agenda.asked", Action.UPDATE, case_refs=refs)
    return len(found)


def _check_term(reading: Reading, meeting: Meeting, until: datetime | None) -> None:
    if until is None:
        return
    if until <= reading.at:
        raise Invalid(_("Dat moment is geweest."), field="asked_by", remedy=_("Kies een moment dat nog komt."))
    if until > meeting.starts_at:
        raise Invalid(
            _("Dat is na het begin van het overleg."), field="asked_by", remedy=_("Kies een moment vóór het overleg.")
        )


def _waiting(items: list[AgendaItem], uid: UUID) -> AgendaItem:
    found = next((row for row in items if row.uid == uid), None)
    if found is None:
        raise _gone()
    if found.state != ItemState.WAITING:
        raise Refused(
            _("Dit punt is al behandeld of aan de beurt."), remedy=_("Alleen wat nog wacht, verandert van plaats.")
        )
    return found


def _gone() -> NotFound:
    return NotFound(_("Dit punt staat niet meer op de agenda."), remedy=_("Laad de agenda opnieuw."))
