"""Two subjects side by side for the page and the API: text, rules in words, and what it means for whom."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from agreements.covenants.labels import listed
from agreements.covenants.sentences import party_name
from agreements.covenants.wording import RuleInWords, rule_in_words
from agreements.insight.consequences import OfRecipient, by_recipient
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
_KEYS = {
    "absent_by_design": gettext_lazy("Met opzet afwezig"),
    "accession": gettext_lazy("Toetreding"),
    "basis": gettext_lazy("Grondslag"),
    "breach": gettext_lazy("Datalek"),
    "bureau": gettext_lazy("Bureau"),
    "case_kinds": gettext_lazy("Casussoort"),
    "contact_point": gettext_lazy("Contactpunt voor betrokkenen"),
    "decision": gettext_lazy("Besluit (Wpg)"),
    "dpia": gettext_lazy("DPIA"),
    "parties": gettext_lazy("Partijen"),
    "purposes": gettext_lazy("Doelen"),
    "regime": gettext_lazy("Regime"),
    "retention": gettext_lazy("Bewaren"),
    "sets": gettext_lazy("Groepen van gegevens"),
    "term": gettext_lazy("Looptijd"),
    "title": gettext_lazy("Titel"),
    "withdrawal": gettext_lazy("Opzegging"),
}

_NAMES = {
    "controller": gettext_lazy("verwerkingsverantwoordelijken"),
    "from": gettext_lazy("van"),
    "participant": gettext_lazy("deelnemers"),
    "ref": gettext_lazy("kenmerk"),
    "renewal": gettext_lazy("verlenging"),
    "review": gettext_lazy("herziening"),
    "review_months": gettext_lazy("evaluatie, om de zoveel maanden"),
    "third_party": gettext_lazy("derden"),
    "until": gettext_lazy("tot en met"),
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
    block, _dot, name = item.key.partition(".")
    words = str(_KEYS.get(block, block.replace("_", " ")))
    change = "added" if item.before is None else "removed" if item.after is None else "changed"
    sides = compared(_plain(block, item.before), _plain(block, item.after))
    part = str(_NAMES.get(name, name.replace("_", " ")))
    return _line("", f"{words}, {part}" if part else words, change, sides)


def _plain(block: str, value: Any) -> str:
    """A plain value of a document as text."""
    if value is None:
        return ""
    if isinstance(value, Mapping):
        return "; ".join(f"{key.replace('_', ' ')}: {_plain(block, part)}" for key, part in value.items())
    if isinstance(value, Iterable) and not isinstance(value, str):
        return listed(party_name(item) if block == "parties" else _field(item) for item in value)
    return _field(str(value))


def _field(word: Any) -> str:
    known = load_catalogue().by_code.get(str(word))
    return known.label(get_language() or "nl") if known else str(word)


def _line(number: str, name: str, change: str, sides: Sides) -> Line:
    return Line(number=number, name=name, change=change, change_words=str(CHANGES.get(change, "")), sides=sides)
