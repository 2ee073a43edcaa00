"""Many single changes of rights to a few that read well: equal ones are put together, exactly and no further."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields, replace
from functools import lru_cache
from operator import attrgetter
from typing import Any

from agreements.policy.conditions import condition_names
from agreements.policy.question import Grade
from agreements.policy.schema import Words

Days = tuple[tuple[str, str], ...]
_ARTICLES = ("given_before", "given_after", "forbidden_before", "forbidden_after")
_FOLDED = ("phases", "purposes", "roles", "case_kinds", "days", "fields", "sources")
_LOOSE = ("phases", "purposes", "roles", "case_kinds", "days")
"""Over these, one field keeps together though another article gives it here and there; the group names both."""
_RANK = {Grade.SILENT: 0, Grade.ANNOUNCED: 1, Grade.VISIBLE: 2}


@dataclass(frozen=True, slots=True, kw_only=True)
class RightChange:
    """Fields that reach a recipient otherwise than before, in all combinations of what is listed.

    recipient, sources: parties of the documents (types, or agencies named apart). delivery: live, extract
    or break_glass. when: the sets of conditions, out of `depends_on`, under which it is so. given, forbidden:
    numbers of the articles that give the fields and of those that take them away. days: half-open, ISO, ""
    for open; only when rules have days of their own.
    """

    recipient: str
    sources: Words
    fields: Words
    roles: Words
    purposes: Words
    phases: Words
    case_kinds: Words
    delivery: str
    days: Days
    before: Grade
    after: Grade
    depends_on: Words
    when: tuple[Words, ...]
    given_before: Words
    given_after: Words
    forbidden_before: Words
    forbidden_after: Words

    @property
    def gained(self) -> bool:
        """Whether more is known than before; else less."""
        return _RANK[self.after] > _RANK[self.before]

    @property
    def conditions(self) -> tuple[Words, ...]:
        """The least that must hold, as alternatives: of ((a, b), (c,)) either a and b, or c."""
        return tuple(item for item in self.when if not any(set(other) < set(item) for other in self.when))

    @property
    def ends_with(self) -> tuple[Words, ...]:
        """The least that must hold for there to be no change: (involved, minor) when `minor` is now asked as well.

        Empty when the change holds whatever else does.
        """
        holds = {frozenset(item) for item in self.when}
        every = (frozenset(names) for names in _subsets(self.depends_on))
        ends = [names for names in every if names not in holds and any(item < names for item in holds)]
        least = (names for names in ends if not any(other < names for other in ends))
        return tuple(tuple(name for name in self.depends_on if name in names) for names in least)


def subsets(mask: int) -> Iterable[int]:
    """Every part of a mask, nothing and all included."""
    part = mask
    while True:
        yield part
        if part == 0:
            return
        part = part - 1 & mask


def _subsets(names: Words) -> Iterable[Words]:
    return (tuple(name for n, name in enumerate(names) if mask >> n & 1) for mask in subsets((1 << len(names)) - 1))


def needed(relevant: int, when: Iterable[int]) -> tuple[Words, tuple[Words, ...]]:
    """`depends_on` and `when` in names, without the conditions that make no difference."""
    return _needed(relevant, frozenset(when))


@lru_cache(maxsize=4096)
def _needed(relevant: int, holds: frozenset[int]) -> tuple[Words, tuple[Words, ...]]:
    for bit in (1 << n for n in range(relevant.bit_length()) if relevant >> n & 1):
        if all(part ^ bit in holds for part in holds):
            relevant &= ~bit
            holds = frozenset(part & ~bit for part in holds)
    names = sorted((condition_names(part) for part in holds), key=lambda item: (len(item), item))
    return condition_names(relevant), tuple(names)


def folded(changes: Iterable[RightChange], rank: Mapping[str, int]) -> tuple[RightChange, ...]:
    """The same changes in fewer groups; by recipient, gains before losses. rank: the order of all words."""
    found = list(changes)
    count = -1
    while count != len(found):
        count = len(found)
        for name in _FOLDED:
            found = _together(found, name, rank)
    return tuple(sorted((replace(item, days=_joined_days(item.days)) for item in found), key=_order(rank)))


def _together(changes: list[RightChange], name: str, rank: Mapping[str, int]) -> list[RightChange]:
    """Changes that differ in this one dimension only, as one."""
    groups: dict[tuple[Any, ...], list[RightChange]] = {}
    loose = {name, *(_ARTICLES if name in _LOOSE else ())}
    others = attrgetter(*(item.name for item in fields(RightChange) if item.name not in loose))
    for change in changes:
        groups.setdefault(others(change), []).append(change)
    return [_joined(group, name, rank) for group in groups.values()]


def _joined(group: list[RightChange], name: str, rank: Mapping[str, int]) -> RightChange:
    if len(group) == 1:
        return group[0]
    words = {word for change in group for word in getattr(change, name)}
    found: dict[str, Any] = {name: tuple(sorted(words, key=None if name == "days" else lambda word: rank.get(word, 0)))}
    for article in _ARTICLES:
        found[article] = tuple(sorted({number for change in group for number in getattr(change, article)}))
    return replace(group[0], **found)


def _joined_days(days: Days) -> Days:
    """Stretches that touch as one; () when together they are always."""
    found: list[tuple[str, str]] = []
    for starts, ends in days:
        if found and found[-1][1] == starts:
            found[-1] = (found[-1][0], ends)
        else:
            found.append((starts, ends))
    return () if found == [("", "")] else tuple(found)


def _order(rank: Mapping[str, int]) -> Callable[[RightChange], tuple[Any, ...]]:
    def place(words: Words) -> list[int]:
        return [rank.get(word, 0) for word in words]

    return lambda item: (
        rank.get(item.recipient, 0), not item.gained, place(item.sources), place(item.fields),
        place(item.purposes), place(item.phases), place(item.roles), item.when,
    )  # fmt: skip
