"""The text of a draft as values: what can be read of it, whether it loads, and what its parts are. No tables."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from agreements.policy.catalogue import load_catalogue
from agreements.policy.document import TOP, CovenantDocument, DocumentInvalid, load_document
from agreements.policy.locations import Path, line_of, read_yaml

RULE_LISTS = ("grants", "announcements", "prohibitions")
_ARTICLE_WORDS = ("article", "title", "text", "basis", "case_kinds", "break_glass", *RULE_LISTS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """A text as far as it can be read. content: under the top key, {} for none; document: None unless it loads."""

    content: Mapping[str, Any]
    lines: Mapping[Path, int]
    document: CovenantDocument | None

    def line(self, *path: str | int) -> int:
        """The line of a part of the covenant, 1 = first; 0 when not known."""
        return line_of(dict(self.lines), (TOP, *path))

    @property
    def articles(self) -> Iterator[tuple[int, Mapping[str, Any]]]:
        """The articles that are mappings, with their place in the list."""
        found = self.content.get("articles")
        for place, item in enumerate(found if isinstance(found, list) else []):
            if isinstance(item, dict):
                yield place, item


@lru_cache(maxsize=64)
def outline(text: str) -> Outline:
    """What can be read of a text; never raises. Remembered, as one page asks several times."""
    try:
        located = read_yaml(text)
    except DocumentInvalid:
        return Outline(content={}, lines={}, document=None)
    value = located.value
    content = value.get(TOP) if isinstance(value, dict) else None
    try:
        document: CovenantDocument | None = load_document(text, catalogue=load_catalogue())
    except DocumentInvalid:
        document = None
    return Outline(content=content if isinstance(content, dict) else {}, lines=located.lines, document=document)


def head_of(text: str) -> dict[str, Any]:
    """The parts that are not articles, sets or purposes, as plain values."""
    return {key: value for key, value in outline(text).content.items() if key not in ("articles", "sets", "purposes")}


def number_of(text: str) -> int:
    """The version number that a text gives itself; 0 for none."""
    found = outline(text).content.get("version")
    return found if isinstance(found, int) and not isinstance(found, bool) else 0


def rules_of(article: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The rules of an article as written, with their kind, in order."""
    for kind in RULE_LISTS:
        found = article.get(kind)
        for item in found if isinstance(found, list) else []:
            if isinstance(item, dict):
                yield kind, item
    if isinstance(glass := article.get("break_glass"), dict):
        yield "break_glass", glass


def terms_of(article: Mapping[str, Any]) -> dict[str, Any]:
    """The other keys of an article: retention, breach, withdrawal, accession, absent_by_design."""
    return {key: value for key, value in article.items() if key not in _ARTICLE_WORDS}


def numbers_in(text: str) -> frozenset[str]:
    """Every article and rule number in a text."""
    found: set[str] = set()
    for _place, article in outline(text).articles:
        found.add(str(article.get("article", "")))
        found |= {str(rule.get("id", "")) for _kind, rule in rules_of(article)}
    return frozenset(found - {""})


def article_of(number: str) -> str:
    """The article that a number of a rule or article stands in."""
    return number.split(".", 1)[0]
