"""Whether two spellings of a document mean the same, by the rows that decide. Not here: reading any text."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from typing import Any

from agreements.policy.catalogue import Catalogue
from agreements.policy.locations import Path
from agreements.policy.rows import Row, rows_of
from agreements.policy.schema import CovenantDocument, Prohibition

_SPELLING = frozenset({"fields", "set", "sets", "extra", "purposes", "case_kinds", "valid", "basis"})
"""Keys of a rule whose words may differ while its row stays the same. All others must be equal."""


def same_meaning(
    plain: CovenantDocument, spelled: CovenantDocument, paths: Collection[Path], catalogue: Catalogue
) -> set[Path]:
    """The paths, of those given, whose part does not say the same in both; () is the document but its articles."""
    found: set[Path] = set()
    if () in paths and _head(plain) != _head(spelled):
        found.add(())
    pairs = zip(plain.placed_rules(), spelled.placed_rules(), _rows(plain, catalogue), _rows(spelled, catalogue),
                strict=True)  # fmt: skip
    for (_kind, path, _article, rule), (_k, _p, _a, other), row, other_row in pairs:
        if row != other_row or _rest(rule) != _rest(other):
            # A rule without a note of its own can only differ through the parts that it names.
            found.add(path if path in paths else ())
    return found


def wider_kinds(document: CovenantDocument, stated: Mapping[Path, tuple[str, ...]]) -> Iterator[tuple[Path, str]]:
    """Rules whose statement names case kinds that a document could not give them, with those kinds."""
    for _kind, path, article, rule in document.placed_rules():
        if isinstance(rule, Prohibition):
            continue
        kinds = document.kinds_of(article, getattr(rule, "case_kinds", ()))
        if set(kinds) != set(stated[path]):
            yield path, ", ".join(stated[path]) or "leeg"


def _head(document: CovenantDocument) -> dict[str, Any]:
    return document.model_dump(exclude={"articles"})


def _rest(rule: Any) -> dict[str, Any]:
    found: dict[str, Any] = rule.model_dump(exclude=set(_SPELLING))
    return found


def _rows(document: CovenantDocument, catalogue: Catalogue) -> list[Row]:
    """The rows, with lists of words in one order: they are sets."""
    return [
        replace(
            row,
            purposes=_sorted(row.purposes),
            case_kinds=_sorted(row.case_kinds),
            basis=_sorted(row.basis),
        )
        for row in rows_of(document, catalogue).rows
    ]


def _sorted(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted(set(words)))
