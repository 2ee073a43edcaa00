"""The one read of this room: the minutes of a meeting as a reader may know them. All words go by one disclosure."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from agreements.policy.decide import ArticleRef
from cases.casework import purpose as purposes
from cases.disclosure.answer import Answer
from cases.disclosure.disclose import disclose
from cases.disclosure.opening import Opening
from cases.disclosure.reading import Reading
from cases.disclosure.rows import WORDS_RELATIONS, Row, words_rows
from cases.meetings import models as meetings
from cases.meetings.models import AgendaItem, Attendance
from cases.meetings.rights import meetings_for
from cases.minutes.answers import Approval, Item, MinutesView
from cases.minutes.assembling import Facts, Words, assembled, present_at, source_of
from cases.minutes.models import Addendum, Minutes
from cases.minutes.models import Approval as ApprovalRow
from cases.minutes.rights import Taken, asked_agencies, leads, may_speak, minutes_for
from cases.papers.duties import duties_of
from cases.plans import models as plans
from foundation.masks import to_hex

FIELDS = ("joint_view", "effect_score", "decision_text", "dissent_reason", "action_text", "parked_point", "case_note")
"""What minutes show: decisions and actions, no repeated facts (domain 5.7)."""
STANCE = ("dissent_reason",)


def read_minutes(reading: Reading, uid: UUID, session: purposes.Session | None) -> MinutesView:
    """The minutes of the meeting `uid`. Raises NotYourMinutes (journalled), JournalUnavailable."""
    taken, shelf = minutes_for(reading, uid), Shelf()
    told, minutes = what_was_said(reading, taken, session, shelf), taken.minutes
    sat = shelf.sat_at(taken.items)
    met = _met((sat[item.pk] for item in taken.items), own=reading.visit.agency.id)
    return replace(
        told,
        approvals=_approvals(reading, minutes, met),
        may_speak=may_speak(reading, minutes),
        leads=leads(reading, minutes),
        has_meeting=meetings_for(reading).filter(pk=taken.meeting.pk).exists(),
    )


def what_was_said(
    reading: Reading, taken: Taken, session: purposes.Session | None, shelf: "Shelf | None" = None
) -> MinutesView:
    """Minutes already found, without what stands beside them on a page.

    The facts go by one disclosure per case, journalled under reading.event.
    shelf: where words that were read for somebody else are taken from, still sealed.
    """
    minutes, meeting = taken.minutes, taken.meeting
    return MinutesView(
        uid=str(minutes.uid),
        meeting=str(meeting.uid),
        title=meeting.title,
        chair=meeting.chair.name,
        lead=source_of(meeting.lead),
        began_at=meeting.started_at or meeting.starts_at,
        ended_at=meeting.ended_at,
        made_at=minutes.made_at,
        state=minutes.state,
        approve_before=minutes.approve_before,
        approved_at=minutes.approved_at,
        items=_items(reading, taken.items, session, shelf or Shelf()),
        at=reading.at,
    )


def _items(
    reading: Reading,
    rows: tuple[AgendaItem, ...],
    session: purposes.Session | None,
    shelf: "Shelf",
) -> tuple[Item, ...]:
    sat = shelf.sat_at(rows)
    bases = {row.pk: _base(reading, number, row, sat[row.pk], session) for number, row in enumerate(rows, 1)}
    open_ = {row.pk: purposes.declared(reading, row.case, session) for row in rows if row.case is not None}
    opened = [row for row in rows if open_.get(row.pk)]
    words = shelf.words_of(opened)
    openings = [
        Opening(case=row.case, purpose=open_[row.pk], rows=words_rows(words[row.pk].all()))
        for row in opened
        if row.case
    ]
    catalogue = reading.policy.catalogue
    answers = disclose(reading, openings, wanted=catalogue.mask(FIELDS), named=0) if openings else ()
    stances = _stances(reading, opened, openings, words, answers)
    told = {
        row.pk: assembled(row, words[row.pk], Facts(answer, stances[row.pk]), catalogue, bases[row.pk], answer)
        for row, answer in zip(opened, answers, strict=True)
    }
    items = (told.get(row.pk) or Item(**bases[row.pk]) for row in rows)
    return tuple(replace(item, obligations=duties_of(reading.policy, item.facts())) for item in items)


def _base(
    reading: Reading, number: int, row: AgendaItem, sat: list[Attendance], session: purposes.Session | None
) -> dict[str, Any]:
    """What an item says of itself without any fact: the label of an area is known to every participant."""
    case = row.case
    return {
        "uid": str(row.uid),
        "number": number,
        "title": case.label if case else row.title,
        "case": case.number if case else "",
        "kind": case.kind if case else "",
        "needs_purpose": case is not None and not purposes.declared(reading, case, session),
        "moved": row.state == meetings.ItemState.MOVED,
        "was_there": any(found.agency_id == reading.visit.agency.id for found in sat),
        "present": present_at(sat),
    }


def _stances(
    reading: Reading,
    rows: list[AgendaItem],
    openings: list[Opening],
    words: dict[int, Words],
    answers: Iterable[Answer],
) -> dict[int, dict[str, ArticleRef]]:
    """Which positions without a reason the reader may know, and by which article.

    The covenants decide as they do about a reason. There is no value to open, so such a position is told as an
    announcement of the field, and journalled as that.
    """
    asked: list[tuple[int, Opening]] = []
    mask = to_hex(reading.policy.catalogue.mask(STANCE))
    for row, opening, answer in zip(rows, openings, answers, strict=True):
        shown = {fact.contribution for person in answer.disclosures for fact in person.facts}
        silent = words_rows(words[row.pk].wordless(shown))
        if silent:
            told: tuple[Row, ...] = tuple(found._replace(present=mask) for found in silent)
            asked.append((row.pk, replace(opening, rows=told)))
    found: dict[int, dict[str, ArticleRef]] = {row.pk: {} for row in rows}
    if asked:
        named = reading.policy.catalogue.mask(STANCE)
        for (pk, _opening), answer in zip(
            asked, disclose(reading, [opening for _pk, opening in asked], wanted=0, named=named), strict=True
        ):
            found[pk] = {item.contribution: item.article for who in answer.disclosures for item in who.announcements}
    return found


class Shelf:
    """Words of items as they were read, sealed, and who was there.

    What each reader may open of them is decided for each anew.
    """

    def __init__(self) -> None:
        self._read: dict[int, Words] = {}
        self._sat: dict[int, list[Attendance]] = {}

    def sat_at(self, items: Iterable[AgendaItem]) -> dict[int, list[Attendance]]:
        """Who was at each item at least; for those that are not here yet it is read."""
        missing = [item.pk for item in items if item.pk not in self._sat]
        if missing:
            self._sat |= {pk: [] for pk in missing}
            for row in Attendance.objects.filter(item__in=missing).select_related("agency", "professional"):
                self._sat[row.item_id].append(row)
        return self._sat

    def words_of(self, items: Iterable[AgendaItem]) -> dict[int, Words]:
        """The words of each item at least; those that are not here yet are read."""
        if missing := [item for item in items if item.pk not in self._read]:
            self._read |= words_of(missing)
        return self._read


def words_of(items: Iterable[AgendaItem]) -> dict[int, Words]:
    """The words of each item, sealed: as many queries whatever the number of items."""
    found = {item.pk: Words() for item in items}
    by_uid = {item.uid: (item.pk, item.case_id) for item in items}
    for picture in _words(meetings.Picture.objects.filter(item__in=found, joint=True).order_by("pk")):
        found[picture.item_id].pictures.append(picture)
    for decision in _words(meetings.Decision.objects.filter(item__in=found).order_by("number")):
        found[decision.item_id].decisions.append(decision)
    for point in _words(meetings.ParkedPoint.objects.filter(item__in=found).order_by("given_at", "pk")):
        found[point.item_id].parked.append(point)
    for addendum in _words(Addendum.objects.filter(item__in=found).order_by("given_at", "pk")):
        found[addendum.item_id].addenda.append(addendum)
    actions = plans.Action.objects.filter(item__in=by_uid).select_related("owner_agency", "owner").order_by("number")
    for action in _words(actions):
        pk, case_id = by_uid[action.item] if action.item else (0, None)
        if case_id == action.case_id:
            found[pk].actions.append(action)
    for position in (*_positions_on("picture", found), *_positions_on("decision", found)):
        if target := position.picture or position.decision:
            found[target.item_id].positions.append(position)
    return found


def _positions_on(what: str, items: Iterable[int]) -> "QuerySet[meetings.Position]":
    """Positions on a joint view or a decision of these items that stands."""
    more = {"picture__joint": True} if what == "picture" else {}
    stands = {f"{what}__item__in": list(items), f"{what}__withdrawn_at": None, **more}
    found: QuerySet[meetings.Position] = _words(
        meetings.Position.objects.filter(**stands).select_related("picture", "decision").order_by("pk")
    )
    return found


def _words(rows: Any) -> Any:
    return rows.filter(withdrawn_at=None).select_related(*WORDS_RELATIONS)


def _met(sat: Iterable[list[Attendance]], *, own: int) -> dict[int, Any]:
    """The agencies that sat at an item at which `own` sat too, itself included."""
    return {row.agency_id: row.agency for rows in sat if any(found.agency_id == own for found in rows) for row in rows}


def _approvals(reading: Reading, minutes: Minutes, met: dict[int, Any]) -> tuple[Approval, ...]:
    """What agencies said, of those that the reader's agency met at an item, itself first: others leave no trace."""
    own = reading.visit.agency.id
    said = {row.agency_id: row for row in ApprovalRow.objects.filter(minutes=minutes)}
    asked = [met[pk] for pk in asked_agencies(minutes, at=reading.at) if pk in met]
    return tuple(
        Approval(
            source=source_of(agency),
            agrees=said[agency.pk].agrees if agency.pk in said else None,
            at=said[agency.pk].at if agency.pk in said else None,
            is_own=agency.pk == own,
        )
        for agency in sorted(asked, key=lambda agency: (agency.pk != own, agency.name))
    )
