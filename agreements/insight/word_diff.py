"""Two texts word by word: what stayed, what went, what came. Plain, no rights, no markup."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

Change = Literal["same", "gone", "new"]
_WORDS = re.compile(r"\s*\w+(?:[-./]\w+)*|\s*[^\w\s]|\s+")
"""A word with the space before it, so that matching spaces do not tear sentences apart."""
MOST_WORDS = 4000
"""Longer texts are shown whole against each other: comparing costs time with the square of their length."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A run of text on one side."""

    change: Change
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sides:
    """The old text with what went, and the new text with what came."""

    before: tuple[Piece, ...]
    after: tuple[Piece, ...]

    @property
    def differs(self) -> bool:
        """Whether anything changed."""
        return any(piece.change != "same" for piece in (*self.before, *self.after))


def compared(before: str, after: str) -> Sides:
    """Both texts in pieces; joined, the pieces of a side are its text again."""
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    if len(old) + len(new) > MOST_WORDS:
        return Sides(before=_pieces([("gone", before)]), after=_pieces([("new", after)]))
    gone: list[tuple[Change, str]] = []
    came: list[tuple[Change, str]] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        gone.append(("same" if tag == "equal" else "gone", "".join(old[i1:i2])))
        came.append(("same" if tag == "equal" else "new", "".join(new[j1:j2])))
    return Sides(before=_pieces(gone), after=_pieces(came))


def _pieces(runs: list[tuple[Change, str]]) -> tuple[Piece, ...]:
    return tuple(Piece(change=change, text=text) for change, text in runs if text)
