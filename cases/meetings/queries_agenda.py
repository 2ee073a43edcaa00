"""Reads of the agenda: its items with the titles of their cases, what was agreed before, what may be put on it.

Case data comes through disclosure, and is journalled there.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Q

from cases.casework.purpose import Session, declared
from cases.disclosure.answer import Answer, Source
from cases.disclosure.disclose import disclose
from cases.disclosure.opening import Opening
from cases.disclosure.reading import Reading
from cases.disclosure.rows import WORDS_RELATIONS, words_rows
from cases.disclosure.visibility import WORKLIST_ORDER, live_participations
from cases.meetings.commands.agenda import PHASES
from cases.meetings.models import AgendaItem, ItemState, Meeting, Picture
from cases.meetings.queries import MeetingLine, line_of, source_of
from cases.meetings.rights import check_chair, items_for, meeting_for, seats_of
from cases.meetings.seating import Named, Seat, planned_starts, seats_at
from cases.plans.models import Action, ActionState
from cases.records.models import Case

NAMES = ("full_name", "date_of_birth")
LATELY = timedelta(weeks=6)
CANDIDATES = 200
"""Cases that the list to choose from holds; every other one is found by its number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierAction:
    """An action that was agreed in the case before; its words as the reader may know them."""

    text: str
    owner: Source
    person: str
    due_on: date
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemLine:
    """An item of the agenda as one reader may know it. `number` counts the reader's own items.

    answer: the case with the names that may be known; None for a point, or a case that the reader does not read.
    closed: a third party that must accept secrecy first. prepared: one's own agency wrote its view.
    """

    uid: UUID
    number: int
    starts: datetime
    minutes: int
    state: str
    point: str
    case_number: str
    answer: Answer | None
    third: bool
    closed: bool
    asked_by: datetime | None
    prepared: bool
    partners: tuple[Source, ...]
    actions: tuple[EarlierAction, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingPage:
    """A meeting with its items. total: the minutes of the agenda, for who leads it; None for others."""

    line: MeetingLine
    items: tuple[ItemLine, ...]
    total: int | None
    planned: int | None


def meeting_page(reading: Reading, uid: UUID, session: Session | None) -> MeetingPage:
    """A meeting as its reader prepares it: their own items, with the actions that stood. Raises NotYourMeeting."""
    return _page(reading, meeting_for(reading, uid), session, with_actions=True)


def agenda_page(reading: Reading, uid: UUID, session: Session | None) -> MeetingPage:
    """The agenda for who makes it. Raises NotYourMeeting, Refused (both journalled)."""
    meeting = meeting_for(reading, uid)
    check_chair(reading, meeting)
    return _page(reading, meeting, session, with_actions=False)


def _page(reading: Reading, meeting: Meeting, session: Session | None, *, with_actions: bool) -> MeetingPage:
    line = line_of(reading, meeting)
    own = items_for(reading, meeting)
    everything = list(meeting.items.all())
    starts = planned_starts(meeting, everything)
    seats = seats_of(reading, [item.case_id for item in own])
    live = [item.case for item in own if item.case and item.case_id in seats.live]
    titles = named_cases(reading, live, session)
    actions = _actions(reading, live, session) if with_actions else {}
    prepared = _prepared(reading, own)
    partners = _partners(seats_at([case.pk for case in live], at=reading.at))
    lines = tuple(
        ItemLine(
            uid=item.uid,
            number=number,
            starts=starts[item.pk],
            minutes=item.minutes,
            state=item.state,
            point=item.title,
            case_number=item.case.number if item.case else "",
            answer=titles.get(item.case_id or 0),
            third=item.case_id in seats.third and item.case_id not in seats.live,
            closed=not line.leads and item.case_id in seats.third - seats.live and not line.secrecy,
            asked_by=item.asked_by,
            prepared=item.pk in prepared,
            partners=partners.get(item.case_id or 0, ()),
            actions=actions.get(item.case_id or 0, ()),
        )
        for number, item in enumerate(own, 1)
    )
    total = sum(item.minutes for item in everything if item.state != ItemState.MOVED)
    return MeetingPage(
        line=line,
        items=lines,
        total=total if line.leads else None,
        planned=meeting.minutes if line.leads else None,
    )


def named_cases(reading: Reading, cases: Iterable[Case], session: Session | None) -> dict[int, Answer]:
    """By case id the case with the names that the reader may know; journalled. The reader takes part in all of them."""
    rows = list(cases)
    if not rows:
        return {}
    openings = [Opening(case=case, purpose=declared(reading, case, session)) for case in rows]
    names = reading.policy.catalogue.mask(NAMES)
    answers = disclose(reading, openings, wanted=names, named=0, titles=True)
    return {case.pk: answer for case, answer in zip(rows, answers, strict=True)}


def _actions(reading: Reading, cases: Iterable[Case], session: Session | None) -> dict[int, tuple[EarlierAction, ...]]:
    """By case id the actions that are open, and those that were settled in the last weeks."""
    by_id = {case.pk: case for case in cases}
    found: dict[int, list[Action]] = {}
    lately = Q(state=ActionState.OPEN) | Q(settled_at__gte=reading.at - LATELY)
    rows = Action.objects.filter(lately, case_id__in=by_id, withdrawn_at=None)
    for row in rows.select_related(*WORDS_RELATIONS, "owner_agency", "owner").order_by("due_on", "number"):
        found.setdefault(row.case_id, []).append(row)
    if not found:
        return {}
    openings = [
        Opening(case=by_id[pk], purpose=declared(reading, by_id[pk], session), rows=words_rows(actions))
        for pk, actions in found.items()
    ]
    wanted = reading.policy.catalogue.mask(["action_text"])
    answers = disclose(reading, openings, wanted=wanted, named=0)
    return {pk: _told(answer, found[pk]) for pk, answer in zip(found, answers, strict=True)}


def _told(answer: Answer, rows: list[Action]) -> tuple[EarlierAction, ...]:
    """The actions of which the words may be known; of the others nothing shows."""
    words = {fact.contribution: str(fact.value) for person in answer.disclosures for fact in person.facts}
    return tuple(
        EarlierAction(
            text=words[str(row.uid)],
            owner=source_of(row.owner_agency),
            person=row.owner.name if row.owner else "",
            due_on=row.due_on,
            state=row.state,
        )
        for row in rows
        if str(row.uid) in words
    )


def _prepared(reading: Reading, items: Iterable[AgendaItem]) -> set[int]:
    """The items for which the reader's own agency wrote its view."""
    rows = Picture.objects.filter(
        item__in=[item.pk for item in items], source_id=reading.visit.agency.id, joint=False, withdrawn_at=None
    )
    return set(rows.values_list("item_id", flat=True))


def _partners(seats: Iterable[Seat]) -> dict[int, tuple[Source, ...]]:
    found: dict[int, list[Source]] = {}
    for seat in seats:
        found.setdefault(seat.case_id, []).append(source_of(seat.agency))
    return {case_id: tuple(sources) for case_id, sources in found.items()}


def candidates(reading: Reading, uid: UUID, session: Session | None, *, number: str = "") -> tuple[Answer, ...]:
    """The lead's caseload in the phases that are discussed, most urgent first, without what is on the agenda.

    number: only cases whose number holds this. Raises NotYourMeeting, Refused.
    """
    meeting = meeting_for(reading, uid)
    check_chair(reading, meeting)
    found = live_participations(reading.visit, at=reading.at).filter(case__phase__in=PHASES)
    if asked := number.strip().replace("\0", ""):
        found = found.filter(case__number__icontains=asked)
    found = found.exclude(case_id__in=meeting.items.exclude(case=None).values("case_id"))
    cases = [taking.case for taking in found.order_by(*WORKLIST_ORDER)[:CANDIDATES]]
    return tuple(named_cases(reading, cases, session).values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """Somebody whom the agenda's cases suggest to invite: an agency, or a named professional of it.

    cases: the numbers of the cases at which they may sit. third: only as a third party.
    """

    agency: Source
    person: str
    person_uuid: str
    cases: tuple[str, ...]
    third: bool


def proposals(reading: Reading, uid: UUID) -> tuple[Proposal, ...]:
    """Whom to invite, by the participations of the agenda's cases, without who is invited and the lead itself.

    For its chair. Raises NotYourMeeting, Refused.
    """
    meeting = meeting_for(reading, uid)
    check_chair(reading, meeting)
    numbers = {item.case_id: item.case.number for item in items_for(reading, meeting) if item.case}
    invited: set[tuple[int, int | None]] = set(meeting.invitations.values_list("agency_id", "professional_id"))
    seats = seats_at(numbers, at=reading.at)
    named: dict[int, dict[Named, None]] = {}
    for seat in seats:
        named.setdefault(seat.agency.pk, {}).update(dict.fromkeys(seat.people))
    found: dict[tuple[int, Named | None], list[Seat]] = {}
    for seat in seats:
        # Where a whole team takes part, those of it who come by name for another case can sit there as well.
        for person in seat.people or tuple(named[seat.agency.pk]) or (None,):
            if seat.agency.pk != meeting.lead_id and not _is_invited(seat.agency.pk, person, invited):
                found.setdefault((seat.agency.pk, person), []).append(seat)
    return tuple(
        Proposal(
            agency=source_of(seats[0].agency),
            person=person.name if person else "",
            person_uuid=person.uuid if person else "",
            cases=tuple(numbers[seat.case_id] for seat in seats),
            third=all(seat.third for seat in seats),
        )
        for (_agency, person), seats in found.items()
    )


def _is_invited(agency: int, person: Named | None, invited: set[tuple[int, int | None]]) -> bool:
    """By name, or with the whole agency; of a whole team one who was invited by name is enough."""
    if person is None:
        return agency in {of for of, _who in invited}
    return (agency, person.id) in invited or (agency, None) in invited
