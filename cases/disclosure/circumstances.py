"""Conditions and holds of cases as the policy wants them: bits that are satisfied, masks that are held."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from agreements.policy.conditions import condition_bit
from cases.disclosure.asking import Kept
from cases.records.models import Circumstance
from cases.records.models.subject import is_minor
from foundation.folding import folding, moment, unfold
from foundation.masks import from_hex

INVOLVED = condition_bit("involved")
MINOR = condition_bit("minor")
EVERY_FIELD = -1
"""A hold without a field list holds all: every bit is set."""

_COLUMNS = (
    "case_id", "nature", "code", "about_id", "contribution_id", "source_id", "recipient_id", "fields",
    "starts", "ends",
)  # fmt: skip

Recorded = tuple[Any, ...]
"""One row of Circumstance, in the order of its columns here."""


@dataclass(slots=True)
class Circumstances:
    """What holds in one case for one recipient: rows of conditions and of holds, already in force."""

    conditions: list[tuple[int | None, int | None, int]] = field(default_factory=list)
    holds: list[tuple[int | None, int | None, int | None, int]] = field(default_factory=list)

    def satisfied(self, *, about: int | None, source: int, involved: bool, born_on: date | None, day: date) -> int:
        """The bits of the conditions that hold for facts of `source` on one person, read by an insider or not."""
        bits = INVOLVED if involved else 0
        if is_minor(born_on, day):
            bits |= MINOR
        for of_person, of_source, bit in self.conditions:
            if of_person in (None, about) and of_source in (None, source):
                bits |= bit
        return bits

    def held(self, *, about: int | None, source: int, contribution: int) -> int:
        """The fields of this contribution that a hold withholds."""
        mask = 0
        for of_person, of_source, of_contribution, fields in self.holds:
            if of_person in (None, about) and of_source in (None, source) and of_contribution in (None, contribution):
                mask |= fields
        return mask


NOTHING_RECORDED = Circumstances()


RECORDED = Kept(lambda: Circumstance.objects.values_list(*_COLUMNS), "case_id")
"""What every reading asks."""


def circumstances_of(case_ids: Iterable[int], *, recipient: int, at: datetime) -> dict[int, Circumstances]:
    """Per case the circumstances in force at `at` for the agency `recipient`, in one query."""
    return gathered(RECORDED.ask(case_ids), recipient=recipient, at=at)


def folded(vendor: str, case: str) -> str:
    """SQL for all that is recorded in the case numbered `case`, as one value, for a query about many cases at once.

    Read with `unfolded`. One value whatever it holds: how long it takes must not tell whether there is a hold.
    """
    rows = folding(vendor, [f"x.{name}" for name in _COLUMNS])
    return f"(SELECT {rows} FROM {Circumstance._meta.db_table} x WHERE x.case_id = {case})"  # noqa: S608


def unfolded(text: str | None, *, recipient: int, at: datetime) -> Circumstances:
    """What such a value comes to at `at` for the agency `recipient`."""
    found = gathered(((*row[:-2], *map(moment, row[-2:])) for row in unfold(text)), recipient=recipient, at=at)
    return next(iter(found.values()), NOTHING_RECORDED)


def gathered(rows: Iterable[Recorded], *, recipient: int, at: datetime) -> dict[int, Circumstances]:
    """Per case what these rows come to at `at` for the agency `recipient`."""
    found: dict[int, Circumstances] = defaultdict(Circumstances)
    for case_id, nature, code, about, contribution, source, to, fields, starts, ends in rows:
        # A case has few of these, ended ones included: telling them apart here beats asking for them.
        if to not in (None, recipient) or at < starts or (ends is not None and ends <= at):
            continue
        if nature == Circumstance.Nature.CONDITION:
            found[case_id].conditions.append((about, source, condition_bit(code)))
        else:
            found[case_id].holds.append((about, source, contribution, from_hex(fields) if fields else EVERY_FIELD))
    return found
