"""The picture of the people as values for a template: cards, lines, legend. From an answer alone; no decision here."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from cases.casework.pages import age, person_label
from cases.disclosure.answer import Answer, Disclosure
from cases.relations.kinds import KINDS, Line, Shape
from cases.relations.layout import HEIGHT, WIDTH, Link, lay_out
from cases.relations.lines import Bond, Point, draw, zigzag
from cases.relations.queries import Tie

LETTERS = 13
"""What fits on a line of a card."""
LINES = 3
PAD = 14
NARROW = 420
"""A picture of two columns is made to fit a phone; a wider one is scrolled, or nobody could read it."""
ARROWS = (Line.GUARDIAN, Line.THREAT, Line.SUPPORT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody as the reader may know them. name, born: "" when that is not theirs to know."""

    uid: str
    label: str
    name: str
    born: str
    is_subject: bool


def people_of(answer: Answer) -> tuple[Person, ...]:
    """Everybody this reader sees in the case, in the order of the case."""
    return tuple(_person(person, n) for n, person in enumerate(answer.disclosures, 1) if person.subject)


def genogram(people: Sequence[Person], ties: Sequence[Tie]) -> dict[str, Any] | None:
    """The picture; None for fewer than two people. Placed and drawn from what is given here and nothing else."""
    if len(people) < 2:
        return None
    spots = lay_out(
        [person.uid for person in people], [Link(tie.about, tie.other, tie.kind.place) for tie in ties]
    )  # fmt: skip
    strokes = draw(spots, [Bond(tie.about, tie.other, tie.kind.place, tie.kind.line) for tie in ties])
    shapes = _shapes(ties)
    cards = [
        _card(person, spots[person.uid].x, spots[person.uid].y, shapes.get(person.uid, Shape.DIAMOND))
        for person in people
    ]
    lines = [_line(stroke.bond.line, stroke.points, stroke.middle) for stroke in strokes]
    every = [point for stroke in strokes for point in stroke.points]
    every += [(s.x + dx * WIDTH / 2, s.y + dy * HEIGHT / 2) for s in spots.values() for dx in (-1, 1) for dy in (-1, 1)]
    left, top = min(x for x, _y in every) - PAD, min(y for _x, y in every) - PAD
    right, bottom = max(x for x, _y in every) + PAD, max(y for _x, y in every) + PAD
    return {
        "box": f"{_n(left)} {_n(top)} {_n(right - left)} {_n(bottom - top)}",
        "width": _n(right - left),
        "height": _n(bottom - top),
        "cards": cards,
        "lines": lines,
        "legend": _legend(people, ties, shapes),
        "narrow": right - left <= NARROW,
        "card_width": WIDTH,
        "card_height": HEIGHT,
    }


def _person(person: Disclosure, position: int) -> Person:
    name, born = person.first("full_name"), person.first("date_of_birth")
    return Person(
        uid=person.subject or "", label=person_label(person, position), is_subject=person.role == "subject",
        name=str(name) if name else _("Persoon %(n)d") % {"n": position}, born=str(born or ""),
    )  # fmt: skip


def _shapes(ties: Sequence[Tie]) -> dict[str, Shape]:
    """A square or a circle only where a relation that this reader sees says it: mother, father."""
    return {tie.about: tie.kind.shape for tie in ties if tie.kind.shape is not Shape.DIAMOND}


def _card(person: Person, x: float, y: float, shape: Shape) -> dict[str, Any]:
    words = _wrapped(person.name)
    first = y + 5 - (len(words) - 1) * 8.5
    return {
        "label": person.label,
        "x": _n(x - WIDTH / 2),
        "y": _n(y - HEIGHT / 2),
        "sign_x": _n(x - WIDTH / 2 + 28),
        "sign_y": _n(y),
        "age_y": _n(y + 5),
        "text_x": _n(x - WIDTH / 2 + 54),
        "words": [{"y": _n(first + n * 17), "text": text} for n, text in enumerate(words)],
        "age": str(age(person.born)) if person.born else "",
        "shape": str(shape),
        "is_subject": person.is_subject,
    }


def _line(line: Line, points: tuple[Point, ...], middle: Point) -> dict[str, Any]:
    drawn = zigzag(points) if line is Line.THREAT else points
    return {
        "d": "M" + " L".join(f"{_n(x)} {_n(y)}" for x, y in drawn),
        "line": str(line),
        "arrow": line in ARROWS,
        "slash": {"x": _n(middle[0]), "y": _n(middle[1])} if line is Line.PARTED else None,
    }


def _legend(people: Sequence[Person], ties: Sequence[Tie], shapes: dict[str, Shape]) -> list[dict[str, str]]:
    """What the signs of this picture mean; a sign that is not in it is not explained."""
    found: list[dict[str, str]] = []
    if any(person.is_subject for person in people):
        found.append({"sign": "hoofd", "text": _("betrokkene")})
    present = {shapes.get(person.uid, Shape.DIAMOND) for person in people}
    words = {Shape.SQUARE: _("vader"), Shape.CIRCLE: _("moeder"), Shape.DIAMOND: _("geslacht niet genoemd")}
    found += [{"sign": str(shape), "text": text} for shape, text in words.items() if shape in present]
    lines = {
        Line.FAMILY: _("ouder en kind, broers en zussen"), Line.COUPLE: _("partners"), Line.PARTED: _("uit elkaar"),
        Line.GUARDIAN: _("gezag"), Line.SUPPORT: _("steun"), Line.THREAT: _("dreiging of conflict"),
        Line.LOOSE: _("andere band"),
    }  # fmt: skip
    drawn = {tie.kind.line for tie in ties}
    return found + [{"sign": f"lijn-{line}", "text": text} for line, text in lines.items() if line in drawn]


def _wrapped(name: str) -> list[str]:
    """A name over the lines of a card; what does not fit ends in an ellipsis, and stands whole in the list."""
    lines = [""]
    for word in name.split():
        if lines[-1] and len(lines[-1]) + 1 + len(word) > LETTERS:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    cut = [line if len(line) <= LETTERS + 1 else f"{line[:LETTERS]}…" for line in lines]
    return cut if len(cut) <= LINES else [*cut[: LINES - 1], f"{cut[LINES - 1][: LETTERS - 1]}…"]


def _n(number: float) -> str:
    """A coordinate as text, the same in every language."""
    return f"{round(number, 1):g}"


DRAWN = frozenset(kind.line for kind in KINDS.values())
"""Every line that a picture can have; the style sheet has a class for each."""
