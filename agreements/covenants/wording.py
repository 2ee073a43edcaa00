"""A rule of a covenant as plain sentences, for the covenant's own page. The reason chain is in sentences.py."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from agreements.covenants.bases import bases_words
from agreements.covenants.labels import label, labels, listed
from agreements.covenants.sentences import party_name
from agreements.policy.catalogue import Catalogue
from agreements.policy.document import Article, BreakGlass, CovenantDocument, Grant, Prohibition, Rule, RuleKind


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleInWords:
    """One rule: its number, what it does in a sentence, and its terms as (name, text)."""

    number: str
    kind: str
    kind_label: str
    sentence: str
    text: str
    terms: tuple[tuple[str, str], ...]


def rule_in_words(
    document: CovenantDocument,
    kind: RuleKind,
    article: Article,
    rule: Rule | BreakGlass,
    *,
    catalogue: Catalogue,
) -> RuleInWords:
    """A placed rule (`document.placed_rules()`) in the language of this moment. Shows the rule, not a case."""
    fields = _fields(document, rule, catalogue)
    return RuleInWords(
        number=rule.id,
        kind=kind.value,
        kind_label=_kind_label(kind, rule),
        sentence=_sentence(kind, rule, fields),
        text=rule.text or "",
        terms=tuple((name, text) for name, text in _terms(document, article, rule) if text),
    )


def _sentence(kind: RuleKind, rule: Rule | BreakGlass, fields: str) -> str:
    words = {"source": _named(rule.from_), "to": _named(rule.to), "fields": fields}
    if isinstance(rule, BreakGlass):
        one = ngettext(
            "%(to)s mag bij acuut gevaar lezen: %(fields)s.",
            "%(to)s mogen bij acuut gevaar lezen: %(fields)s.",
            len(rule.to),
        )
        return one % _capital(words, "to")
    if isinstance(rule, Prohibition):
        if rule.except_:
            words["excepted"] = _named(rule.except_)
            return _("Verboden voor %(to)s, behalve %(excepted)s: %(fields)s.") % words
        return _("Verboden voor %(to)s: %(fields)s.") % words
    delivery = rule.delivery if isinstance(rule, Grant) else "live"
    return _giving(kind, delivery, len(rule.from_)) % _capital(words, "source")


def _giving(kind: RuleKind, delivery: str, n: int) -> str:
    """The sentence of a grant or announcement by `n` kinds of source."""
    if kind is RuleKind.NOTICE:
        return ngettext(
            "%(source)s laat aan %(to)s weten of er iets bekend is over: %(fields)s.",
            "%(source)s laten aan %(to)s weten of er iets bekend is over: %(fields)s.",
            n,
        )
    if delivery == "extract":
        return ngettext(
            "%(source)s verstrekt op maat aan %(to)s: %(fields)s.",
            "%(source)s verstrekken op maat aan %(to)s: %(fields)s.",
            n,
        )
    if delivery == "inbound":
        return ngettext(
            "%(source)s meldt zelf aan %(to)s: %(fields)s.", "%(source)s melden zelf aan %(to)s: %(fields)s.", n
        )
    return ngettext("%(source)s verstrekt aan %(to)s: %(fields)s.", "%(source)s verstrekken aan %(to)s: %(fields)s.", n)


def _terms(document: CovenantDocument, article: Article, rule: Rule | BreakGlass) -> Iterable[tuple[str, str]]:
    yield _("Voor wie werkt als"), listed(labels("role", rule.roles), last=_("of"))
    if isinstance(rule, BreakGlass):
        yield _("Duur"), _("%(n)d minuten; beoordeling binnen %(h)d uur") % {
            "n": rule.minutes, "h": rule.review_hours,
        }  # fmt: skip
        yield _("Grondslag"), bases_words(rule.basis)
        return
    yield _("Doel"), listed(labels("purpose", document.purpose_codes(rule.purposes)))
    yield _("Fase"), listed(labels("phase", rule.phases))
    if isinstance(rule, Prohibition):
        yield _("Behalve"), _unless(rule)
        yield _("Reden"), rule.reason
        return
    yield _("Casussoort"), listed(labels("case_kind", document.kinds_of(article, rule.case_kinds)))
    if isinstance(rule, Grant):
        yield _("Voorwaarde"), listed(_condition(group) for group in rule.conditions)
    yield _("Daarbij"), listed(labels("obligation", rule.obligations))
    yield _("Grondslag"), bases_words(rule.basis)
    yield _("Geldig"), _valid(rule)


def _unless(rule: Prohibition) -> str:
    if rule.unless is None:
        return ""
    words = {"regime": label("regime", rule.unless.regime), "when": label("condition", rule.unless.condition)}
    return _("onder het regime %(regime)s, als %(when)s") % words


def _valid(rule: Rule) -> str:
    if rule.valid is None:
        return ""
    first, last = rule.valid.from_, rule.valid.until
    return _("%(first)s tot en met %(last)s") % {
        "first": first.isoformat() if first else "…",
        "last": last.isoformat() if last else "…",
    }


def _condition(group: tuple[str, ...]) -> str:
    return listed(labels("condition", group), last=_("of"))


def _fields(document: CovenantDocument, rule: Rule | BreakGlass, catalogue: Catalogue) -> str:
    language = get_language() or "nl"
    known = [catalogue.by_code[code] for code in document.field_codes(rule) if code in catalogue.by_code]
    return listed(_in_sentence(field.label(language)) for field in known) or _("niets")


def _in_sentence(text: str) -> str:
    """A label in the middle of a sentence: small, unless it is an abbreviation ("BSN", "BRP-adres")."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def _named(tokens: tuple[str, ...]) -> str:
    return listed(party_name(token) for token in tokens)


def _capital(words: dict[str, str], key: str) -> dict[str, str]:
    return words | {key: words[key][:1].upper() + words[key][1:]}


def _kind_label(kind: RuleKind, rule: Rule | BreakGlass) -> str:
    if isinstance(rule, Grant) and kind is RuleKind.GRANT and rule.delivery != "live":
        return label("delivery", rule.delivery)
    return {
        RuleKind.GRANT: _("Verstrekking"),
        RuleKind.NOTICE: _("Kennisgeving"),
        RuleKind.PROHIBITION: _("Verbod"),
        RuleKind.BREAK_GLASS: _("Noodinzage"),
    }[kind]
