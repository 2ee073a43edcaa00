"""A rule that is still being composed, as the sentence it would read. Needs no text that loads; changes nothing."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from pydantic import ValidationError

from agreements.covenants.wording import RuleInWords, rule_in_words
from agreements.policy.catalogue import load_catalogue
from agreements.policy.document import Article, BreakGlass, CovenantDocument, Grant, Prohibition, Rule, RuleKind

_SHAPES: dict[RuleKind, type[Rule | BreakGlass]] = {
    RuleKind.GRANT: Grant,
    RuleKind.NOTICE: Grant,
    RuleKind.PROHIBITION: Prohibition,
    RuleKind.BREAK_GLASS: BreakGlass,
}


def in_words(
    kind: str,
    rule: Mapping[str, Any],
    *,
    article: str,
    purposes: Mapping[str, str],
    sets: Mapping[str, Iterable[str]],
    case_kinds: Iterable[str] = (),
) -> RuleInWords | None:
    """The rule in words, or None while it has too little to be one.

    rule: as a document writes it. purposes, sets: those of the draft; a purpose or set that it does not name
    is left out. case_kinds: those of the article.
    """
    place = RuleKind(kind)
    if not _says_enough(place, rule):
        return None
    known = {number: code for number, code in purposes.items() if isinstance(code, str)}
    content = {"id": f"{article}.0", **rule}
    content["purposes"] = [word for word in _words(rule, "purposes") if word in known or word in known.values()]
    content["sets"] = [name for name in (*_words(rule, "set"), *_words(rule, "sets")) if name in sets]
    content.pop("set", None)
    if place is RuleKind.BREAK_GLASS:
        content.pop("purposes")
    try:
        made = _SHAPES[place].model_validate(content)
        document = _around(known, sets, article, tuple(case_kinds))
    except ValidationError:
        return None
    return rule_in_words(document, place, document.articles[0], made, catalogue=load_catalogue())


def _says_enough(kind: RuleKind, rule: Mapping[str, Any]) -> bool:
    gives = kind in (RuleKind.PROHIBITION, RuleKind.BREAK_GLASS) or bool(rule.get("from"))
    return gives and bool(rule.get("to")) and any(rule.get(key) for key in ("fields", "set", "sets", "extra"))


def _around(
    purposes: Mapping[str, str], sets: Mapping[str, Iterable[str]], article: str, case_kinds: tuple[str, ...]
) -> CovenantDocument:
    """The smallest document in which a rule can be read: its purposes, its sets and its article."""
    return CovenantDocument.model_validate(
        {
            "code": "CONCEPT",
            "title": "",
            "version": 1,
            "regime": "general",
            "term": {"from": date(2000, 1, 1)},
            "parties": {},
            "purposes": dict(purposes),
            "sets": {name: [code for code in codes if isinstance(code, str)] for name, codes in sets.items()},
            "articles": [Article(article=article, case_kinds=case_kinds)],
        }
    )


def _words(rule: Mapping[str, Any], key: str) -> tuple[str, ...]:
    found = rule.get(key) or ()
    return (found,) if isinstance(found, str) else tuple(item for item in found if isinstance(item, str))
