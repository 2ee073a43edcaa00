"""What the screens of a running meeting read: its course without facts, and words and facts by the one path.

`Together` is for the shared screen (everybody's eyes at once), `own_words` for a device of one's own.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import TypeVar

from django.db.models import Q

from cases.casework.purpose import Session, declared
from cases.casework.queries import NAMES
from cases.disclosure.answer import Answer, Fact
from cases.disclosure.disclose import ALL, disclose
from cases.disclosure.opening import Opening
from cases.disclosure.reading import Reading
from cases.disclosure.rows import WORDS_RELATIONS, Row, words_rows
from cases.meetings.commands.joint_view import version_of
from cases.meetings.models import AgendaItem, Decision, Meeting, ParkedPoint, Picture, Position
from cases.meetings.presence import Present, counting, heard_by, is_present, lenses, together
from cases.meetings.rights import is_chair, items_for
from cases.meetings.room_answers import AgendaLine, Decided, Parked, Stage, Stand, Task, View, Words
from cases.plans.models import Action
from cases.records.models import Participation, SealedWords


def stage_of(reading: Reading, meeting: Meeting, *, shared: bool = False) -> Stage:
    """The course of a meeting for this reader; shared: for the screen on the wall, which everybody present reads.

    An item that the reader may not see leaves no trace on their own device. On the wall it keeps its place and time,
    and its number only where every agency present takes part in its case.
    """
    item = AgendaItem.objects.filter(pk=meeting.current_id or 0).select_related("case").first()
    if item is not None:
        item.meeting = meeting
    present = counting(item) if item else ()
    rows = items_for(reading, meeting)
    known = _known_to_all(rows, present) if shared else frozenset(row.case_id for row in rows)
    mine = {row.pk for row in rows}
    return Stage(
        meeting=meeting,
        item=item if item is not None and item.pk in mine else None,
        agenda=tuple(_line(meeting, row, known, place) for place, row in enumerate(rows, 1)),
        present=present,
        leads=is_chair(reading, meeting),
        all_take_part=item is not None and (item.case_id is None or item.case_id in _known_to_all((item,), present)),
        sits=item is not None and is_present(item, agency_id=reading.visit.agency.id, at=reading.at),
    )


def _line(meeting: Meeting, row: AgendaItem, known: frozenset[int | None], place: int) -> AgendaLine:
    is_current = row.pk == meeting.current_id
    named = row.case is not None and row.case_id in known
    return AgendaLine(
        uid=row.uid, place=place, title=row.title, number=row.case.number if named and row.case else "",
        state=row.state, minutes=row.minutes, seconds_used=row.seconds_used, running_since=row.running_since,
        is_current=is_current,
    )  # fmt: skip


def _known_to_all(rows: tuple[AgendaItem, ...], present: tuple[Present, ...]) -> frozenset[int | None]:
    """The cases among these in which every agency present takes part."""
    here = {of.agency_id for of in present}
    taking = Participation.objects.filter(case_id__in=[row.case_id for row in rows], is_open=True, agency_id__in=here)
    parts: dict[int | None, set[int]] = {}
    for case_id, agency_id in taking.values_list("case_id", "agency_id"):
        parts.setdefault(case_id, set()).add(agency_id)
    return frozenset(case_id for case_id, agencies in parts.items() if agencies >= here)


Told = dict[str, dict[str, Fact]]
Kind = TypeVar("Kind", bound=SealedWords)
"""uid of words → field → what may be known of it."""
Open = Callable[[tuple[Row, ...]], Answer | None]


@dataclass(slots=True)
class _Said:
    """The rows of everything that was said at an item, still sealed."""

    pictures: list[Picture]
    decisions: list[Decision]
    positions: list[Position]
    tasks: list[Action]
    parked: list[ParkedPoint]

    def rows(self) -> tuple[Row, ...]:
        found: tuple[Row, ...] = ()
        for words in (self.pictures, self.decisions, self.tasks, self.parked):
            found += words_rows(words)
        return found

    def reasons(self, shown: Told) -> tuple[Row, ...]:
        """The reasons of positions on words that are shown: those on others stay closed."""
        known = {row.pk for row in self.pictures if str(row.uid) in shown}
        decided = {row.pk for row in self.decisions if str(row.uid) in shown}
        self.positions = [row for row in self.positions if row.picture_id in known or row.decision_id in decided]
        return tuple(row for row in words_rows(self.positions) if row.present != "0")


def _said(item: AgendaItem) -> _Said:
    relations = WORDS_RELATIONS
    positions = Position.objects.filter(Q(picture__item=item) | Q(decision__item=item), withdrawn_at=None)
    return _Said(
        pictures=list(Picture.objects.filter(item=item, withdrawn_at=None).select_related(*relations).order_by("pk")),
        decisions=list(
            Decision.objects.filter(item=item, withdrawn_at=None).select_related(*relations).order_by("number")
        ),
        positions=list(positions.select_related(*relations).order_by("source__name")),
        tasks=list(
            Action.objects.filter(item=item.uid, withdrawn_at=None)
            .select_related(*relations, "owner_agency", "owner")
            .order_by("number")
        ),
        parked=list(
            ParkedPoint.objects.filter(item=item, withdrawn_at=None, resolved_at=None)
            .select_related(*relations)
            .order_by("pk")
        ),
    )


def shared_words(reading: Reading, item: AgendaItem) -> Words:
    """The words of an item that everybody present may know, told to all of them.

    Only what the wall shows: views of one agency and points for later stand on people's own devices.
    """
    said = _said(item)
    said.pictures = [row for row in said.pictures if row.joint]
    said.parked = []
    return _words(said, lambda rows: together(reading, item, rows=rows, named=0), present=())


def shared_facts(reading: Reading, item: AgendaItem) -> Answer | None:
    """The facts of the case that everybody present may know, told to all of them."""
    return together(reading, item)


def own_words(reading: Reading, item: AgendaItem, session: Session | None, *, views_only: bool = False) -> Words:
    """The words of an item as this reader may know them. Their agency takes part in the case: the caller checked.

    views_only: just what the reader's own agency said itself, to write it anew.
    """
    case = item.case
    purpose = declared(reading, case, session) if case else ""
    if case is None or not purpose:
        return Words()
    said = _said(item)
    if views_only:
        own = [row for row in said.pictures if not row.joint and row.source_id == reading.visit.agency.id]
        said = _Said(pictures=own, decisions=[], positions=[], tasks=[], parked=[])
    present = heard_by(item) if is_chair(reading, item.meeting) else ()

    def opened(rows: tuple[Row, ...]) -> Answer:
        return disclose(reading, [Opening(case=case, purpose=purpose, rows=rows)], named=0)[0]

    return _words(said, opened, present=present)


def own_facts(
    reading: Reading, item: AgendaItem, session: Session | None, *, names_only: bool = False
) -> Answer | None:
    """The facts of the case as this reader may know them; names_only: for a title."""
    case = item.case
    if case is None:
        return None
    purpose = declared(reading, case, session)
    wanted = reading.policy.catalogue.mask(NAMES) if names_only else ALL
    shown = wanted if purpose else 0
    return disclose(reading, [Opening(case=case, purpose=purpose)], wanted=shown, named=0, titles=names_only)[0]


def wall_for_chair(reading: Reading, item: AgendaItem) -> Answer | None:
    """For who leads: what the wall shows of the case, and how many facts stay off it, by whose presence (`withheld`).

    Nobody looks along here, so nothing counts as told to them: that is the wall's own reading.
    """
    case = item.case
    purpose = declared(reading, case, None) if case else ""
    if case is None or not purpose:
        return None
    through = tuple(replace(lens, onlooker=None) for lens in lenses(reading, case, counting(item), purpose=purpose))
    return disclose(reading, [Opening(case=case, purpose=purpose, lenses=through)], named=0, tally=True)[0]


def _told(answer: Answer | None) -> Told:
    told: Told = {}
    for person in answer.disclosures if answer else ():
        for fact in person.facts:
            told.setdefault(fact.contribution, {})[fact.code] = fact
    return told


def _shown(rows: Iterable[Kind], told: Told, code: str) -> list[tuple[Kind, Fact]]:
    """The rows of which the words may be known. Counted from here, so that the others leave no gap."""
    return [(row, told[str(row.uid)][code]) for row in rows if code in told.get(str(row.uid), {})]


def _words(said: _Said, opened: Open, *, present: tuple[str, ...]) -> Words:
    answer = opened(said.rows())
    told = _told(answer)
    if reasons := said.reasons(told):
        told |= _told(opened(reasons))
    stands = _stands(said, told)
    views = (_view(row, told.get(str(row.uid), {}), stands, present) for row in said.pictures)
    return Words(
        views=tuple(view for view in views if view is not None),
        decisions=tuple(
            Decided(uid=row.uid, number=n, fact=fact, positions=tuple(stands.get(row, ())))
            for n, (row, fact) in enumerate(_shown(said.decisions, told, "decision_text"), 1)
        ),
        tasks=tuple(
            Task(
                uid=row.uid, number=n, fact=fact, owner=row.owner_agency,
                owner_name=row.owner.name if row.owner else "", due_on=row.due_on, state=row.state,
            )
            for n, (row, fact) in enumerate(_shown(said.tasks, told, "action_text"), 1)
        ),
        parked=tuple(
            Parked(uid=row.uid, fact=told[str(row.uid)]["parked_point"])
            for row in said.parked
            if "parked_point" in told.get(str(row.uid), {})
        ),
        answer=answer,
    )  # fmt: skip


def _stands(said: _Said, told: Told) -> dict[object, list[Stand]]:
    found: dict[object, list[Stand]] = {}
    about = {("p", row.pk): row for row in said.pictures} | {("d", row.pk): row for row in said.decisions}
    for row in said.positions:
        reason = told.get(str(row.uid), {}).get("dissent_reason")
        key = ("p", row.picture_id) if row.picture_id else ("d", row.decision_id)
        words = about.get(key)  # type: ignore[arg-type]
        # A position whose reason is withheld is withheld with it, as in the minutes: that there is one tells of it.
        if words is not None and (reason is not None or row.present == "0"):
            stand = Stand(agency=row.source, stance=row.stance, reason=str(reason.value) if reason else "")
            found.setdefault(words, []).append(stand)
    return found


def _view(
    row: Picture, told: dict[str, Fact], stands: dict[object, list[Stand]], present: tuple[str, ...]
) -> View | None:
    fact = told.get("joint_view" if row.joint else "agency_view")
    if fact is None:
        return None
    score = told.get("effect_score")
    heard = set(row.heard.split())
    return View(
        uid=row.uid, domain=row.domain, joint=row.joint, fact=fact,
        score=score.value.get(row.domain) if score and isinstance(score.value, dict) else None,
        version=version_of(row) if row.joint else 0, positions=tuple(stands.get(row, ())),
        unheard=tuple(code for code in present if heard and code not in heard and code != row.source.code),
    )  # fmt: skip
