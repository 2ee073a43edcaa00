"""What the covenants say of one row for one reader: the same rule for who opens a row and for who finds a match.

Not here: opening (disclose.py), and which rows there are.
"""

from collections.abc import Callable
from datetime import date
from typing import Any, Protocol

from agreements.policy.decide import Decision
from agreements.policy.fold import NOTHING
from agreements.policy.together import minimum
from cases.disclosure.circumstances import Circumstances
from cases.disclosure.reading import actor, codes


class Concerned(Protocol):
    """A person whom a row is about, by row number and date of birth."""

    @property
    def about_id(self) -> int | None:
        """Row number in the case; None in an area."""

    @property
    def born_on(self) -> date | None:
        """Date of birth."""


class Decidable(Concerned, Protocol):
    """What decides about a row; see `rows.Row`."""

    @property
    def id(self) -> int:
        """Row number of the contribution; 0 for words of a room."""

    @property
    def source_id(self) -> int:
        """Row number of who gave it."""

    @property
    def source_code(self) -> str:
        """Its code."""

    @property
    def source_type(self) -> str:
        """Its type."""

    @property
    def under(self) -> str:
        """The covenants it was given under."""

    @property
    def heard(self) -> str:
        """Codes of the only agencies that may know of it; "" is no such limit."""

    @property
    def other(self) -> Any:
        """A second person (Concerned) whom it is about, or None."""


def deciding(
    decide: Callable[..., Decision],
    recorded: Circumstances,
    *,
    code: str,
    day: date,
    involved: bool,
    grounds: int = 0,
) -> Callable[[Decidable], Decision]:
    """The word of `decide` (a prepared reader's) on rows of one case.

    recorded: what is recorded in the case for the reader's agency, whose code is `code`; day: today in Amsterdam.
    involved: whether the reader takes part in the case. grounds: what an act of break-glass counts as given.
    """

    def of(row: Decidable) -> Decision:
        if row.heard and code != row.source_code and code not in codes(row.heard):
            return NOTHING
        told = about(row, row)
        return told if row.other is None else minimum((told, about(row, row.other)))

    def about(row: Decidable, whom: Concerned) -> Decision:
        satisfied = recorded.satisfied(
            about=whom.about_id, source=row.source_id, involved=involved, born_on=whom.born_on, day=day
        )
        held = recorded.held(about=whom.about_id, source=row.source_id, contribution=row.id)
        return decide(
            actor(row.source_code, row.source_type), codes(row.under), satisfied=satisfied | grounds, held=held
        )

    return of
