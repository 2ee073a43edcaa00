"""A document of the wrong shape without its broken parts, so that the words of the rest can still be judged.

What is left is never used as a covenant: it is only checked further, so that everything is reported at once.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from agreements.policy.catalogue import Catalogue
from agreements.policy.errors import Finding
from agreements.policy.locations import Key, Path
from agreements.policy.references import check_references
from agreements.policy.schema import CovenantDocument

Lines = dict[Path, int]
ROUNDS = 6
_STANDS_IN: dict[str, object] = {
    "code": "XX", "title": "", "version": 1, "regime": "", "term": {"from": "2000-01-01"}, "parties": {},
    "articles": [],
}  # fmt: skip
_FOLLOWS = {
    "parties": "unknown_party",
    "bureau": "unknown_party",
    "sets": "unknown_set",
    "purposes": "unknown_purpose",
}
"""Which words seem unknown only because the part that names them is broken."""


@dataclass(slots=True)
class _Rest:
    """What is left of the content, with the lines of what is left, and where something was taken out."""

    content: object
    lines: Lines
    heads: set[str]


def rest_of(
    content: object, lines: Lines, errors: Iterable[ErrorDetails], catalogue: Catalogue
) -> tuple[CovenantDocument | None, tuple[Finding, ...]]:
    """The parts that have the right shape, and the findings about their words. Never raises; None when none is left."""
    rest = _Rest(content, lines, set())
    found = list(errors)
    for _ in range(ROUNDS):
        _take_out(rest, found)
        try:
            document = CovenantDocument.model_validate(rest.content)
        except ValidationError as error:
            found = error.errors()
        else:
            document._lines.update(rest.lines)
            words = check_references(document, catalogue)
            return document, tuple(item for item in words if _is_real(item, rest.heads))
    return None, ()


def _is_real(finding: Finding, heads: set[str]) -> bool:
    """Whether the finding is about a word that was typed, and not about one that was taken out."""
    lost = {code for head, code in _FOLLOWS.items() if head in heads}
    return finding.code not in lost and finding.code != "prohibits_nothing"


def _take_out(rest: _Rest, errors: Iterable[ErrorDetails]) -> None:
    drop: set[Path] = set()
    for error in errors:
        path: Path = error["loc"]
        if path:
            rest.heads.add(str(path[0]))
        if error["type"] != "missing":
            drop.add(_whole(path))
        elif len(path) == 1 and isinstance(rest.content, dict):
            rest.content = {**rest.content, str(path[0]): _STANDS_IN.get(str(path[0]))}
        else:
            drop.add(_owner(path))
    kept: Lines = {}
    rest.content = _without(rest.content, drop, rest.lines, (), (), kept)
    rest.lines = kept


def _whole(path: Path) -> Path:
    """What goes out for an error at a path: that very value, or the condition around a part of one."""
    return path[: path.index("conditions") + 2] if "conditions" in path[:-1] else path


def _owner(path: Path) -> Path:
    """What goes out when a key is missing: the rule, the article or the block that should have had it."""
    return path[:-1]


def _without(value: object, drop: set[Path], lines: Lines, was: Path, now: Path, kept: Lines) -> object:
    """The value without the dropped paths; `kept` gets the line of each path as it is now called."""
    if was in lines:
        kept[now] = lines[was]
    if isinstance(value, dict):
        items = [(key, item) for key, item in value.items() if (*was, key) not in drop]
        return {key: _without(item, drop, lines, (*was, key), (*now, key), kept) for key, item in items}
    if isinstance(value, list):
        left = [index for index in range(len(value)) if (*was, index) not in drop]
        pairs: list[tuple[Key, Key]] = list(zip(left, range(len(left)), strict=True))
        return [_without(value[int(old)], drop, lines, (*was, old), (*now, new), kept) for old, new in pairs]
    return value
