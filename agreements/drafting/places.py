"""Where things stand in the values of a covenant text, and how they are put, replaced and taken out there. Pure.

Works on plain values and on the tree that remembers comments and style alike: it does to the one what it
does to the other (yaml_text.py compares them).
"""

import re
from collections.abc import Iterator, Mapping, MutableMapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NoReturn

from django.utils.translation import gettext as _
from ruamel.yaml.comments import CommentedMap, CommentedSeq

from agreements.drafting.yaml_text import Content, block, key_of, plain, styled
from agreements.policy.locations import Path
from foundation.errors import Invalid

HEAD_KEYS = ("code", "title", "version", "regime", "term", "contact_point", "dpia", "decision", "bureau")
DOCUMENT_KEYS = (
    "code", "title", "version", "regime", "term", "contact_point", "dpia", "decision", "parties", "bureau", "purposes",
    "sets", "articles",
)  # fmt: skip
ARTICLE_KEYS = (
    "article", "title", "text", "basis", "case_kinds", "grants", "announcements", "prohibitions", "break_glass",
    "absent_by_design", "retention", "breach", "withdrawal", "accession",
)  # fmt: skip
RULE_KEYS = (
    "id", "delivery", "scope", "from", "to", "except", "roles", "set", "sets", "fields", "extra", "condition",
    "minutes", "notify", "review_hours", "purposes", "phases", "case_kinds", "conditions", "obligations", "basis",
    "valid", "unless", "reason", "text", "offline_minutes",
)  # fmt: skip
RULE_LISTS = ("grants", "announcements", "prohibitions")
_DAYS = frozenset({"from", "until", "review", "date"})
_NUMBER = re.compile(r"[0-9A-Za-z]+(\.[0-9A-Za-z]+)*")
_LONGEST = 20

Part = MutableMapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A rule with where it stands. place: its index in the list of its kind; 0 for break_glass."""

    article: Part
    kind: str
    place: int
    rule: Part
    path: Path


def refuse(sentence: str, *, field: str, remedy: str = "") -> NoReturn:
    """Raises Invalid."""
    raise Invalid(sentence, remedy=remedy or _("Kies uit wat de tekst heeft."), field=field)


def articles(content: Content) -> Any:
    """The list of articles, made when there is none. Raises Invalid: it is no list."""
    found = content.get("articles")
    if found is None:
        put(content, "articles", CommentedSeq(), order=DOCUMENT_KEYS)
        return content["articles"]
    if not isinstance(found, list):
        refuse(_("'articles' is geen lijst."), field="text", remedy=_("Begin elk artikel met '- article: …'."))
    return found


def article_at(content: Content, number: str) -> tuple[int, Part]:
    """The place of an article and the article. Raises Invalid: there is none with this number."""
    for place, item in enumerate(articles(content)):
        if isinstance(item, dict) and str(item.get("article", "")) == number:
            return place, item
    refuse(_("Artikel %(n)s staat niet in de tekst.") % {"n": number[:_LONGEST]}, field="article")


def rules(content: Content) -> Iterator[Found]:
    """Every rule, in order."""
    for at, article in enumerate(articles(content)):
        if not isinstance(article, dict):
            continue
        for kind in RULE_LISTS:
            listed = article.get(kind)
            for place, rule in enumerate(listed if isinstance(listed, list) else ()):
                if isinstance(rule, dict):
                    yield Found(article=article, kind=kind, place=place, rule=rule, path=("articles", at, kind, place))
        if isinstance(glass := article.get("break_glass"), dict):
            yield Found(article=article, kind="break_glass", place=0, rule=glass, path=("articles", at, "break_glass"))


def rule_at(content: Content, number: str) -> Found:
    """The rule with this number. Raises Invalid: there is none."""
    for found in rules(content):
        if str(found.rule.get("id", "")) == number:
            return found
    refuse(_("Regel %(n)s staat niet in de tekst.") % {"n": number[:_LONGEST]}, field="number")


def take_out(found: Found) -> None:
    """Remove a rule; a list that it leaves empty goes too."""
    if found.kind == "break_glass":
        del found.article["break_glass"]
        return
    del found.article[found.kind][found.place]
    if not found.article[found.kind]:
        del found.article[found.kind]


def add_rule(article: Part, kind: str, rule: Any) -> None:
    """A rule as the last of its kind. Raises Invalid: a second break_glass, or the kind is no list here."""
    present = article.get(kind)
    if kind == "break_glass":
        if present is not None:
            refuse(_("Dit artikel heeft al een noodinzage."), field="kind", remedy=_("Wijzig die, of kies een ander."))
        put(article, kind, rule, order=ARTICLE_KEYS)
    elif isinstance(present, list):
        present.append(rule)
    elif present is None:
        put(article, kind, CommentedSeq([rule]), order=ARTICLE_KEYS)
    else:
        refuse(_("'%(kind)s' is hier geen lijst.") % {"kind": kind}, field="kind", remedy=_("Herstel eerst de tekst."))


def checked_number(number: str) -> str:
    """A number as articles and rules have them. Raises Invalid."""
    if len(number) > _LONGEST or not _NUMBER.fullmatch(number):
        refuse(
            _("'%(n)s' is geen nummer van een artikel.") % {"n": number[:_LONGEST]},
            field="number",
            remedy=_("Schrijf het als 6 of 6.4."),
        )
    return number


def new_number(number: str, content: Content) -> str:
    """A number that nothing has yet. Raises Invalid: taken, or none."""
    if checked_number(number) in _taken(content):
        refuse(
            _("Nummer %(n)s bestaat al.") % {"n": number}, field="number", remedy=_("Laat het leeg voor het volgende.")
        )
    return number


def next_article(content: Content) -> str:
    """The next free whole number."""
    return str(max((int(word) for word in _taken(content) if word.isdecimal()), default=0) + 1)


def next_rule(content: Content, article: str) -> str:
    """The next free number in an article ("6.10")."""
    return _next_under(article, _taken(content) | _purpose_numbers(content))


def next_purpose(content: Content) -> str:
    """The next free number where the purposes stand; "4.1" for the first, as the models have it."""
    known = sorted(_purpose_numbers(content))
    return _next_under(known[-1].split(".")[0] if known else "4", _taken(content) | set(known))


def _next_under(article: str, taken: set[str]) -> str:
    heads = (word.removeprefix(f"{article}.") for word in taken if word.startswith(f"{article}."))
    return f"{article}.{max((int(word) for word in heads if word.isdecimal()), default=0) + 1}"


def _taken(content: Content) -> set[str]:
    own = {str(item.get("article", "")) for item in articles(content) if isinstance(item, dict)}
    return own | {str(found.rule.get("id", "")) for found in rules(content)}


def _purpose_numbers(content: Content) -> set[str]:
    found = content.get("purposes")
    return {str(number) for number in found} if isinstance(found, dict) else set()


def says(value: Any) -> bool:
    """Whether a value says something: not None, "", [] or {}."""
    return value is not None and value != "" and value != [] and value != () and value != {}


def with_days(value: Any) -> Any:
    """The same, with days as days where a covenant has them; what is no day stays as it was typed."""
    if not isinstance(value, Mapping):
        return value
    return {key: _day(item) if key in _DAYS else with_days(item) for key, item in value.items()}


def in_order(pairs: Mapping[str, Any], order: Sequence[str]) -> dict[str, Any]:
    """The pairs in the order in which a covenant writes them; unknown keys last."""
    return {key: pairs[key] for key in sorted(pairs, key=lambda key: _rank(key, order))}


def put(part: Part, key: str, value: Any, *, order: Sequence[str]) -> None:
    """A new key in its place in the order."""
    at = next((n for n, known in enumerate(part) if _rank(known, order) > _rank(key, order)), len(part))
    if isinstance(part, CommentedMap):
        part.insert(at, key_of(key), value)
        return
    pairs = list(part.items())
    part.clear()
    part.update([*pairs[:at], (key, value), *pairs[at:]])


def replace(part: Part, key: str, value: Any, *, order: Sequence[str]) -> None:
    """A key gets this value, keeps it when it is the same, or goes when the value says nothing."""
    if not says(value):
        part.pop(key, None)
    elif key not in part:
        put(part, key, styled(value), order=order)
    elif plain(part[key]) != plain(value):
        part[key] = styled(value)


def rewrite(part: Part, pairs: Mapping[str, Any], *, order: Sequence[str]) -> None:
    """The part says these pairs and nothing else; what stays the same stays as it was written."""
    for key in [key for key in part if key not in pairs]:
        del part[key]
    for key, value in in_order(pairs, order).items():
        replace(part, key, value, order=order)


def amend(part: Part, key: str, value: Any, *, order: Sequence[str], keep_empty: bool = False) -> None:
    """As replace; a mapping changes those keys of the part and leaves its others, None removing one."""
    present = part.get(key)
    if not isinstance(value, Mapping):
        replace(part, key, value, order=order)
    elif not isinstance(present, MutableMapping):
        stated = {name: item for name, item in value.items() if says(item)}
        if stated or keep_empty:
            part.pop(key, None)
            put(part, key, block(stated) if key in ("parties", "purposes", "sets") else styled(stated), order=order)
    else:
        for name, item in value.items():
            replace(present, name, item, order=())
        if not present and not keep_empty:
            del part[key]


def _rank(key: str, order: Sequence[str]) -> int:
    return order.index(key) if key in order else len(order)


def _day(value: Any) -> Any:
    if not isinstance(value, str):
        return with_days(value)
    try:
        return date.fromisoformat(value)
    except ValueError:
        return value
