"""From the facts that disclosure let out to the items of minutes: which words belong together, in which order."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from agreements.policy.catalogue import Catalogue
from agreements.policy.decide import ArticleRef
from cases.casework.fact_rows import language
from cases.disclosure import answer as told
from cases.disclosure.answer import Fact, Source
from cases.meetings import models as meetings
from cases.meetings.models import AgendaItem, Attendance
from cases.minutes.answers import Action, Decision, Item, Parked, Picture, Position, Present
from cases.minutes.models import Addendum
from cases.plans import models as plans
from cases.records.models import SealedWords

MARK = 4
"""Digits of a mark: enough to tell apart what stands in one set of minutes."""


@dataclass(slots=True, kw_only=True)
class Words:
    """All words of one item, still sealed, in the order in which minutes give them."""

    pictures: list[meetings.Picture] = field(default_factory=list)
    decisions: list[meetings.Decision] = field(default_factory=list)
    positions: list[meetings.Position] = field(default_factory=list)
    actions: list[plans.Action] = field(default_factory=list)
    parked: list[meetings.ParkedPoint] = field(default_factory=list)
    addenda: list[Addendum] = field(default_factory=list)

    def all(self) -> list[SealedWords]:
        """Every one of them, for disclosure."""
        return [*self.pictures, *self.decisions, *self.positions, *self.actions, *self.parked, *self.addenda]

    def wordless(self, shown: Iterable[str]) -> list[meetings.Position]:
        """Positions without a reason on something that the reader sees; `shown`: uids."""
        seen = set(shown)
        return [row for row in self.positions if not int(row.present or "0", 16) and _target(row) in seen]


def _target(position: meetings.Position) -> str:
    of = position.picture or position.decision
    return str(of.uid) if of else ""


class Facts:
    """The facts of one answer by the words they came from; stances: articles of positions without words."""

    def __init__(self, answer: told.Answer, stances: Mapping[str, ArticleRef]) -> None:
        self._by: dict[tuple[str, str], Fact] = {
            (fact.contribution, fact.code): fact for person in answer.disclosures for fact in person.facts
        }
        self._stances = stances

    def of(self, words: SealedWords, code: str) -> Fact | None:
        """The value of one field of these words, if the reader may know it."""
        return self._by.get((str(words.uid), code))

    def knows(self, position: meetings.Position) -> bool:
        """Whether the reader may know this position."""
        return self.article_of(position) is not None

    def article_of(self, position: meetings.Position) -> ArticleRef | None:
        """The article by which the reader may know it; None when they may not."""
        reason = self.of(position, "dissent_reason")
        return reason.article if reason else self._stances.get(str(position.uid))


def assembled(
    item: AgendaItem, words: Words, facts: Facts, catalogue: Catalogue, base: Mapping[str, Any], answer: told.Answer
) -> Item:
    """The item as its reader may know it. What disclosure left out leaves no number, heading or gap."""
    on: dict[str, list[Position]] = defaultdict(list)
    for row in sorted(words.positions, key=lambda row: row.source.name):
        if facts.knows(row):
            on[_target(row)].append(_position(row, facts))
    pictures = _pictures(words, facts, on, catalogue)
    decisions = tuple(
        Decision(number=n, mark=mark_of(row), words=fact, positions=tuple(on.pop(str(row.uid), ())))
        for n, (row, fact) in enumerate(_known(words.decisions, facts, "decision_text"), 1)
    )
    return Item(
        **base,
        answer=answer,
        pictures=pictures,
        decisions=decisions,
        actions=tuple(
            _action(n, row, fact) for n, (row, fact) in enumerate(_known(words.actions, facts, "action_text"), 1)
        ),
        parked=tuple(
            Parked(words=fact, resolved=row.resolved_at is not None)
            for row, fact in _known(words.parked, facts, "parked_point")
        ),
        stances=tuple(position for rest in on.values() for position in rest if position.reason),
        addenda=tuple(fact for _row, fact in _known(words.addenda, facts, "case_note")),
    )


def mark_of(words: SealedWords) -> str:
    """How all readers can name the same words, whatever else each of them sees."""
    return words.uid.hex[:MARK].upper()


def present_at(rows: Iterable[Attendance]) -> tuple[Present, ...]:
    """Who sat at an item, by agency, each name once."""
    found: dict[str, tuple[Source, dict[str, None]]] = {}
    for row in sorted(rows, key=lambda row: (row.agency.name, row.arrived_at, row.pk)):
        _source, people = found.setdefault(row.agency.code, (source_of(row.agency), {}))
        people[row.professional.name if row.professional else row.guest] = None
    return tuple(
        Present(source=source, people=tuple(name for name in people if name)) for source, people in found.values()
    )


def source_of(agency: Any) -> Source:
    """An agency as answers name it."""
    return Source(code=agency.code, type=agency.type, name=agency.name)


def _known(rows: Iterable[Any], facts: Facts, code: str) -> list[tuple[Any, Fact]]:
    return [(row, fact) for row in rows if (fact := facts.of(row, code)) is not None]


def _position(row: meetings.Position, facts: Facts) -> Position:
    return Position(
        source=source_of(row.source), stance=row.stance, reason=facts.of(row, "dissent_reason"),
        article=facts.article_of(row),
    )  # fmt: skip


def _pictures(words: Words, facts: Facts, on: dict[str, list[Position]], catalogue: Catalogue) -> tuple[Picture, ...]:
    english = language() == "en"
    names = {code: en if english else nl for code, nl, en in catalogue.by_code["effect_score"].choices}
    order = {code: place for place, code in enumerate(names)}
    found = []
    for row in sorted(words.pictures, key=lambda row: (order.get(row.domain, len(order)), row.pk)):
        joint, score = facts.of(row, "joint_view"), facts.of(row, "effect_score")
        if joint or score:
            domain = names.get(row.domain, row.domain)
            positions = tuple(on.pop(str(row.uid), ()))
            found.append(Picture(domain=domain, words=joint, score=score, positions=positions))
    return tuple(found)


def _action(number: int, row: plans.Action, fact: Fact) -> Action:
    return Action(
        number=number, mark=mark_of(row), words=fact, owner=source_of(row.owner_agency),
        person=row.owner.name if row.owner else "", due_on=row.due_on, state=row.state,
        state_label=str(row.get_state_display()),
    )  # fmt: skip
