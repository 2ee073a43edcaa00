"""A cell of the matrix: its letter, and per field the articles that give or forbid it. No questions are put here."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from agreements.policy.catalogue import Catalogue
from agreements.policy.conditions import condition_bit, condition_names
from agreements.policy.fold import Decision
from agreements.policy.question import Actor, Grade, Mask
from agreements.policy.rows import ArticleRef, Row
from agreements.policy.schema import Words

_INVOLVED = condition_bit("involved")


class Letter(StrEnum):
    """What a cell or a field says. `involved` counts as true throughout: it is asked of every reader."""

    ALL = "V"
    SOME = "S"
    ANNOUNCED = "B"
    CONDITION = "T"
    FORBIDDEN = "–"
    SILENT = "∅"
    OWN = "E"


_NOTHING = (Letter.SILENT, Letter.FORBIDDEN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """One article that gives a field: how much of it, in which roles, and what it asks and binds to.

    conditions: of each group one must hold; `involved` is left out. delivery: live, inbound or extract.
    """

    article: ArticleRef
    grade: Grade
    roles: Words
    conditions: tuple[Words, ...]
    obligations: Words
    delivery: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldCell:
    """One field in a cell. forbidden: articles that take it away, in some role."""

    field: str
    letter: Letter
    ways: tuple[Way, ...] = ()
    forbidden: tuple[ArticleRef, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """What one recipient may know of one section of one source. roles: those with which the letter is reached."""

    recipient: str
    letter: Letter
    roles: Words
    fields: tuple[FieldCell, ...]

    @property
    def articles(self) -> tuple[ArticleRef, ...]:
        """The articles that give something here, each once."""
        return tuple(dict.fromkeys(way.article for item in self.fields for way in item.ways))

    @property
    def forbidden(self) -> tuple[ArticleRef, ...]:
        """The articles that take something away here, each once."""
        return tuple(dict.fromkeys(ref for item in self.fields for ref in item.forbidden))

    @property
    def obligations(self) -> Words:
        return tuple(sorted({word for item in self.fields for way in item.ways for word in way.obligations}))

    @property
    def deliveries(self) -> Words:
        return tuple(dict.fromkeys(way.delivery for item in self.fields for way in item.ways))


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One question put twice, in one role: `now` with only `involved` true, `most` with every condition true.

    stops: prohibitions that count now. lifted: those of them that a condition takes away.
    """

    role: str
    now: Decision
    most: Decision
    stops: tuple[Row, ...] = ()
    lifted: tuple[Row, ...] = ()


@dataclass(slots=True, kw_only=True)
class Pair:
    """One recipient and one source, with the answers of every role: cells of all sections are read from it."""

    source: Actor
    recipient: Actor
    rows: Mapping[ArticleRef, Row]
    answers: list[Answer] = field(default_factory=list)
    visible: Mask = 0
    announced: Mask = 0
    possible: Mask = 0
    stopped: Mask = -1
    touched: Mask = 0

    @property
    def own(self) -> bool:
        return self.source.code == self.recipient.code

    def add(self, answer: Answer) -> None:
        now, most = answer.now, answer.most
        self.visible |= now.visible
        self.announced |= now.announced
        self.possible |= most.visible | most.announced
        stops = _union(row.fields for row in answer.stops)
        self.stopped &= stops
        self.touched |= stops
        if now.grants or now.notices or most.grants or most.notices or answer.stops:
            self.answers.append(answer)

    def cell(self, catalogue: Catalogue, held: Mask) -> Cell:
        """The cell of the fields in `held`."""
        code = self.recipient.code
        if self.own:
            return Cell(recipient=code, letter=Letter.OWN, roles=(), fields=())
        fields = tuple(self._field(item, catalogue.by_code[item].bit) for item in catalogue.codes(held))
        letter = self._letter(held)
        return Cell(recipient=code, letter=letter, roles=self._reached(letter, held), fields=fields)

    def _letter(self, held: Mask) -> Letter:
        if self.visible & held:
            return Letter.SOME if held & ~self.visible else Letter.ALL
        if self.announced & held:
            return Letter.ANNOUNCED
        if self.possible & held:
            return Letter.CONDITION
        return Letter.SILENT if held & ~self.stopped else Letter.FORBIDDEN

    def _reached(self, letter: Letter, held: Mask) -> Words:
        if letter in (Letter.ALL, Letter.SOME):
            found = (answer.role for answer in self.answers if answer.now.visible & held)
        elif letter is Letter.ANNOUNCED:
            found = (answer.role for answer in self.answers if answer.now.announced & held)
        elif letter is Letter.CONDITION:
            found = (a.role for a in self.answers if (a.most.visible | a.most.announced) & held)
        else:
            return ()
        return tuple(dict.fromkeys(role for role in found if role))

    def _field(self, code: str, bit: int) -> FieldCell:
        letter = self._letter(1 << bit)
        if letter is Letter.SILENT and not self.touched >> bit & 1:
            return FieldCell(field=code, letter=letter)
        stops = (row.ref for answer in self.answers for row in answer.stops if row.fields >> bit & 1)
        return FieldCell(
            field=code,
            letter=letter,
            ways=() if letter in _NOTHING else tuple(self._ways(bit)),
            forbidden=tuple(dict.fromkeys(stops)),
        )

    def _ways(self, bit: int) -> Iterable[Way]:
        """The articles that give the field, with their roles together."""
        roles: dict[tuple[ArticleRef, Grade], dict[str, None]] = {}
        lifting: dict[ArticleRef, dict[Words, None]] = {}
        for answer in self.answers:
            asked = [condition_names(r.unless[1]) for r in answer.lifted if r.unless and r.fields >> bit & 1]
            for ref, grade in _giving(answer, bit):
                roles.setdefault((ref, grade), {})[answer.role] = None
                lifting.setdefault(ref, {}).update(dict.fromkeys(asked))
        for (ref, grade), named in roles.items():
            row = self.rows[ref]
            groups = [condition_names(group) for group in row.conditions if group != _INVOLVED]
            yield Way(
                article=ref,
                grade=grade,
                roles=tuple(role for role in named if role),
                conditions=tuple(dict.fromkeys((*groups, *lifting[ref]))),
                obligations=tuple(sorted(row.obligations)),
                delivery=row.delivery,
            )


def _giving(answer: Answer, bit: int) -> Iterable[tuple[ArticleRef, Grade]]:
    """The articles that give the field, now or with all conditions; first those that show it."""
    for rights, grade in (
        (answer.now.grants, Grade.VISIBLE),
        (answer.most.grants, Grade.VISIBLE),
        (answer.now.notices, Grade.ANNOUNCED),
        (answer.most.notices, Grade.ANNOUNCED),
    ):
        for ref, mask in rights:
            if mask >> bit & 1:
                yield ref, grade


def _union(masks: Iterable[Mask]) -> Mask:
    found = 0
    for mask in masks:
        found |= mask
    return found
