"""A rule as a flat row: words resolved, fields a mask, conditions bits. One row is one bit of the index.

compile.py places rows in the index; decide and explain read nothing else of a covenant.
"""

from dataclasses import dataclass, field

from agreements.policy.catalogue import Catalogue
from agreements.policy.conditions import condition_bit, condition_bits
from agreements.policy.errors import Finding
from agreements.policy.question import Mask
from agreements.policy.schema import (
    Article,
    BreakGlass,
    CovenantDocument,
    Days,
    Grant,
    Placed,
    Prohibition,
    Rule,
    RuleKind,
    Words,
)
from agreements.policy.validity import ALWAYS, Interval, days
from agreements.policy.vocabulary import ANY, CASE_KINDS, PHASES, ROLES

ANYTHING: Words = (ANY,)


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleRef:
    """Where a right stands. Own facts have covenant "" and article "own"."""

    covenant: str
    version: int
    article: str

    def __str__(self) -> str:
        return f"{self.covenant} art. {self.article}" if self.covenant else self.article


OWN = ArticleRef(covenant="", version=0, article="own")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One rule. A dimension holds the values it matches; ("*",) matches any, () matches none.

    conditions: each mask must share a bit with what is satisfied. valid: the rule's own days, if it has any.
    unless: (regime, condition bit) that lifts a prohibition. carried: a prohibition that counts only for
    facts given under its own covenant.
    """

    kind: RuleKind
    ref: ArticleRef
    fields: Mask
    sources: Words = ANYTHING
    recipients: Words = ANYTHING
    excepted: Words = ()
    roles: Words = ANYTHING
    purposes: Words = ANYTHING
    phases: Words = ANYTHING
    case_kinds: Words = ANYTHING
    delivery: str = ANY
    conditions: tuple[int, ...] = ()
    obligations: frozenset[str] = frozenset()
    valid: Interval = ALWAYS
    unless: tuple[str, int] | None = None
    carried: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """All rows of a document. `findings` is not empty when a rule could not be read; see `_barred`."""

    rows: tuple[Row, ...]
    findings: tuple[Finding, ...] = ()


def rows_of(document: CovenantDocument, catalogue: Catalogue) -> Rows:
    """The rows of a document, kept with it per catalogue. Never raises: an unreadable rule bars the rest."""
    kept = document._rows.get(catalogue.hash)
    if isinstance(kept, Rows):
        return kept
    rows: list[Row] = []
    findings: list[Finding] = []
    reader = _Reader(document, catalogue)
    for placed in document.placed_rules():
        try:
            rows.append(reader.row(placed))
        except KeyError as error:
            findings.append(_unreadable(document, placed, str(error)))
    found = Rows(rows=(*rows, *_barred(document, findings)), findings=tuple(findings))
    document._rows[catalogue.hash] = found
    return found


def _barred(document: CovenantDocument, findings: list[Finding]) -> tuple[Row, ...]:
    """Where one rule is unreadable, a prohibition of everything: it might have been a prohibition of that.

    Cedar skips a policy that errs; here that would make a broken prohibition a permission.
    """
    if not findings:
        return ()
    ref = ArticleRef(covenant=document.code, version=document.version, article=findings[0].article)
    return (Row(kind=RuleKind.PROHIBITION, ref=ref, fields=-1, reason=findings[0].message),)


def _unreadable(document: CovenantDocument, placed: Placed, word: str) -> Finding:
    return Finding(
        severity="error",
        code="unreadable_rule",
        article=placed[3].id,
        line=document.line(placed[1]),
        message=f"Deze regel noemt {word}, dat niet bestaat; het hele convenant verstrekt daarom niets.",
        remedy="Verbeter het woord en laat partijen de nieuwe versie tekenen.",
    )


@dataclass(slots=True)
class _Reader:
    document: CovenantDocument
    catalogue: Catalogue
    masks: dict[tuple[Words, Words, Words], Mask] = field(default_factory=dict)
    groups: dict[tuple[Words, ...], tuple[int, ...]] = field(default_factory=dict)
    named: dict[Words, Words] = field(default_factory=dict)
    kinds: dict[tuple[str, Words], Words] = field(default_factory=dict)

    def row(self, placed: Placed) -> Row:
        kind, _, article, rule = placed
        if isinstance(rule, BreakGlass):
            return self._break_glass(kind, article, rule)
        if isinstance(rule, Prohibition):
            return self._prohibition(kind, rule)
        assert isinstance(rule, Grant)  # noqa: S101 - the three kinds of rule there are
        return self._grant(kind, article, rule)

    def _grant(self, kind: RuleKind, article: Article, rule: Grant) -> Row:
        return Row(
            kind=kind,
            ref=self._ref(rule.id),
            fields=self._mask(rule),
            sources=rule.from_,
            recipients=rule.to,
            excepted=rule.except_,
            roles=_known(rule.roles, ROLES),
            purposes=self._purposes(rule.purposes),
            phases=_known(rule.phases, PHASES),
            case_kinds=self._kinds(article, rule.case_kinds),
            delivery=rule.delivery,
            conditions=self._conditions(rule.conditions),
            obligations=frozenset(rule.obligations),
            valid=_interval(rule.valid),
        )

    def _prohibition(self, kind: RuleKind, rule: Prohibition) -> Row:
        unless = rule.unless
        return Row(
            kind=kind,
            ref=self._ref(rule.id),
            fields=self._mask(rule),
            sources=rule.from_,
            recipients=rule.to,
            excepted=rule.except_,
            roles=_known(rule.roles, ROLES) or ANYTHING,
            purposes=self._purposes(rule.purposes) or ANYTHING,
            phases=_known(rule.phases, PHASES) or ANYTHING,
            case_kinds=_known(rule.case_kinds, CASE_KINDS) or ANYTHING,
            valid=_interval(rule.valid),
            unless=None if unless is None else (unless.regime, condition_bit(unless.condition)),
            carried=rule.scope == "covenant",
            reason=rule.reason,
        )

    def _break_glass(self, kind: RuleKind, article: Article, rule: BreakGlass) -> Row:
        return Row(
            kind=kind,
            ref=self._ref(rule.id),
            fields=self._mask(rule),
            sources=rule.from_,
            recipients=rule.to,
            roles=_known(rule.roles, ROLES),
            case_kinds=self._kinds(article, ()),
            delivery=RuleKind.BREAK_GLASS.value,
            conditions=(condition_bit(rule.condition),),
            obligations=frozenset({"log", "notify_source"}),
        )

    def _ref(self, number: str) -> ArticleRef:
        return ArticleRef(covenant=self.document.code, version=self.document.version, article=number)

    def _mask(self, rule: Rule | BreakGlass) -> Mask:
        key = (rule.fields, rule.set_names, rule.extra)
        if key not in self.masks:
            self.masks[key] = self.catalogue.mask(self.document.field_codes(rule))
        return self.masks[key]

    def _purposes(self, purposes: Words) -> Words:
        if purposes not in self.named:
            self.named[purposes] = self.document.purpose_codes(purposes)
        return self.named[purposes]

    def _kinds(self, article: Article, stated: Words) -> Words:
        key = (article.article, stated)
        if key not in self.kinds:
            self.kinds[key] = _known(self.document.kinds_of(article, stated), CASE_KINDS)
        return self.kinds[key]

    def _conditions(self, groups: tuple[Words, ...]) -> tuple[int, ...]:
        if groups not in self.groups:
            self.groups[groups] = tuple(condition_bits(group) for group in groups)
        return self.groups[groups]


def _known(words: Words, known: Words) -> Words:
    for word in words:
        if word not in known:
            raise KeyError(word)
    return words


def _interval(valid: Days | None) -> Interval:
    return ALWAYS if valid is None else days(valid.from_, valid.until)
