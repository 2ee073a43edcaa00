"""Two subjects side by side for the page and the API: text, rules in words, and what it means for whom."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agreements.covenants.wording import RuleInWords, rule_in_words
from agreements.insight.consequences import OfRecipient, by_recipient
from agreements.insight.key_words import key_words, value_words
from agreements.insight.subjects import Subject
from agreements.insight.word_diff import Sides, compared
from agreements.policy.catalogue import load_catalogue
from agreements.policy.difference import ArticleChange, Difference, KeyChange, RuleChange, difference
from agreements.policy.document import CovenantDocument

CHANGES = {
    "added": gettext_lazy("nieuw"),
    "removed": gettext_lazy("vervallen"),
    "changed": gettext_lazy("gewijzigd"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One thing on both sides. number: of the article or rule; "" for a key, which has a name alone."""

    number: str
    name: str
    change: str
    change_words: str
    sides: Sides


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleLines:
    """One article that differs: its text, then its rules, then what else it says."""

    article: str
    title: str
    change: str
    change_words: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DiffOut:
    """n_changed, n_added, n_removed: articles. recipients: for whom something changes, in sentences."""

    n_changed: int
    n_added: int
    n_removed: int
    heading: tuple[Line, ...]
    articles: tuple[ArticleLines, ...]
    recipients: tuple[OfRecipient, ...]

    @property
    def is_same(self) -> bool:
        """Whether nothing differs at all, number of version aside."""
        return not (self.heading or self.articles)


def diff_page(base: Subject, subject: Subject) -> DiffOut:
    """What `subject` says and gives otherwise than `base`."""
    found: Difference = difference(base.document, subject.document, load_catalogue())
    counts = [item.change for item in found.articles]
    words = (_words(base.document), _words(subject.document))
    return DiffOut(
        n_changed=counts.count("changed"),
        n_added=counts.count("added"),
        n_removed=counts.count("removed"),
        heading=tuple(_key(item) for item in found.heading if item.key != "version"),
        articles=tuple(_article(item, *words) for item in found.articles if item.change != "same"),
        recipients=by_recipient(found.rights),
    )


Rules = Mapping[str, RuleInWords]


def _words(document: CovenantDocument) -> Rules:
    catalogue = load_catalogue()
    return {
        rule.id: rule_in_words(document, kind, article, rule, catalogue=catalogue)
        for kind, _path, article, rule in document.placed_rules()
    }


def _article(item: ArticleChange, before: Rules, after: Rules) -> ArticleLines:
    lines: list[Line] = []
    if item.text_differs:
        sides = compared(item.text_before, item.text_after)
        lines.append(_line(item.article, _("Tekst"), item.change, sides))
    lines += (_rule(rule, before, after) for rule in item.rules)
    lines += (_key(key) for key in item.keys if key.key != "title" or item.change == "changed")
    return ArticleLines(
        article=item.article,
        title=item.title,
        change=item.change,
        change_words=str(CHANGES.get(item.change, "")),
        lines=tuple(lines),
    )


def _rule(rule: RuleChange, before: Rules, after: Rules) -> Line:
    old, new = before.get(rule.number), after.get(rule.number)
    named = new or old
    return _line(rule.number, named.kind_label if named else "", rule.change, compared(_told(old), _told(new)))


def _told(rule: RuleInWords | None) -> str:
    """A rule as running text: what it does, then its terms, a line each."""
    if rule is None:
        return ""
    quoted = [f"“{rule.text}”"] if rule.text else []
    terms = [f"{name}: {text}." for name, text in rule.terms]
    return "\n".join([f"{rule.kind_label}. {rule.sentence}", *quoted, *terms])


def _key(item: KeyChange) -> Line:
    change = "added" if item.before is None else "removed" if item.after is None else "changed"
    return _line("", key_words(item.key), change, compared(value_words(item.before), value_words(item.after)))


def _line(number: str, name: str, change: str, sides: Sides) -> Line:
    return Line(number=number, name=name, change=change, change_words=str(CHANGES.get(change, "")), sides=sides)
