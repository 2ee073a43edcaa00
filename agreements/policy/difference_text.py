"""What two documents say differently: keys, articles and rules, side by side. Not here: what that does to rights."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from agreements.policy.schema import Article, CovenantDocument, RuleKind

Change = Literal["added", "removed", "changed", "same"]
_KINDS = (RuleKind.GRANT, RuleKind.NOTICE, RuleKind.PROHIBITION, RuleKind.BREAK_GLASS)
_APART = {"article", "text", *(kind.value for kind in _KINDS)}
Plain = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyChange:
    """One key that differs, with its plain value in both (None = not there). `sets.med` is a key in a block."""

    key: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleChange:
    """A rule by its number: where it stands (grants, …), what happened, and the keys that differ."""

    number: str
    kind: str
    change: Change
    keys: tuple[KeyChange, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleChange:
    """An article by its number. keys: what differs beside the text and the rules; rules: those that differ."""

    article: str
    title: str
    change: Change
    text_before: str
    text_after: str
    keys: tuple[KeyChange, ...]
    rules: tuple[RuleChange, ...]

    @property
    def text_differs(self) -> bool:
        return self.text_before != self.text_after


def heading(before: CovenantDocument, after: CovenantDocument) -> tuple[KeyChange, ...]:
    """What differs outside the articles, a block (parties, sets, term, …) key by key."""
    old, new = _plain(before), _plain(after)
    flat = [(_flat(side)) for side in (old, new)]
    return tuple(_keys(flat[0], flat[1]))


def articles(before: CovenantDocument, after: CovenantDocument) -> tuple[ArticleChange, ...]:
    """Every article of both, in the order of the new document; a removed one stands where it stood."""
    old = {article.article: article for article in before.articles}
    new = {article.article: article for article in after.articles}
    return tuple(_article(old.get(number), new.get(number)) for number in _merged(list(old), list(new)))


def _merged(old: list[str], new: list[str]) -> list[str]:
    """The new order, with each old number that is gone after the one it came after."""
    found = list(new)
    for place, number in enumerate(old):
        if number not in found:
            earlier = next((n for n in reversed(old[:place]) if n in found), None)
            found.insert(0 if earlier is None else found.index(earlier) + 1, number)
    return found


def _article(old: Article | None, new: Article | None) -> ArticleChange:
    one, other = _plain(old), _plain(new)
    keys = tuple(_keys({k: v for k, v in one.items() if k not in _APART}, _without(other)))
    rules = tuple(_rules(one, other))
    shown = new or old
    before, after = one.get("text") or "", other.get("text") or ""
    differs = bool(keys or rules or before != after)
    return ArticleChange(
        article=shown.article if shown else "",
        title=shown.title if shown else "",
        change="added" if old is None else "removed" if new is None else "changed" if differs else "same",
        text_before=before,
        text_after=after,
        keys=keys,
        rules=rules,
    )


def _without(plain: Plain) -> Plain:
    return {key: value for key, value in plain.items() if key not in _APART}


def _rules(old: Plain, new: Plain) -> Iterator[RuleChange]:
    """The rules that differ. One that moved from grants to announcements is the same rule, changed."""
    one, other = dict(_placed(old)), dict(_placed(new))
    for number in _merged(list(one), list(other)):
        keys = tuple(_keys(one.get(number, {}), other.get(number, {})))
        if keys:
            change: Change = "added" if number not in one else "removed" if number not in other else "changed"
            kind = (other.get(number) or one[number])["kind"]
            yield RuleChange(number=number, kind=kind, change=change, keys=keys)


def _placed(article: Plain) -> Iterator[tuple[str, Plain]]:
    for kind in _KINDS:
        stands = article.get(kind.value) or ()
        for rule in (stands,) if isinstance(stands, dict) else stands:
            yield rule["id"], {"kind": kind.value, **{key: value for key, value in rule.items() if key != "id"}}


def _keys(old: Plain, new: Plain) -> Iterator[KeyChange]:
    for key in dict.fromkeys((*old, *new)):
        if old.get(key) != new.get(key):
            yield KeyChange(key=key, before=old.get(key), after=new.get(key))


def _flat(plain: Plain) -> Plain:
    """Blocks one level deep as `block.key`; the articles are compared apart."""
    found: Plain = {}
    for key, value in plain.items():
        if key != "articles":
            found |= (
                {f"{key}.{name}": part for name, part in value.items()} if isinstance(value, dict) else {key: value}
            )
    return found


def _plain(part: Article | CovenantDocument | None) -> Plain:
    """As JSON, without what was left to its default."""
    return {} if part is None else part.model_dump(by_alias=True, mode="json", exclude_defaults=True)
