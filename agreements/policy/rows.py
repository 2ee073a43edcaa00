"""A rule as a flat row: words resolved, fields a mask, conditions bits. One row is one bit of the index.

compile.py places rows in the index; decide and explain read nothing else of a covenant.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar, cast

from agreements.policy.catalogue import Catalogue
from agreements.policy.conditions import condition_bit, condition_bits
from agreements.policy.errors import Finding
from agreements.policy.question import Mask
from agreements.policy.schema import (
    Article,
    BreakGlass,
    CovenantDocument,
    Grant,
    Placed,
    Prohibition,
    Rule,
    RuleKind,
    Words,
)
from agreements.policy.validity import ALWAYS, Interval, days
from agreements.policy.vocabulary import ANY, CASE_KINDS, PHASES, ROLES

Given = TypeVar("Given")
Resolved = TypeVar("Resolved")
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
    facts given under its own covenant. basis: legal bases as the covenant codes them, for the journal.
    minutes, review_hours: of break-glass, how long it opens and within how long it is reviewed.
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
    basis: Words = ()
    minutes: int = 0
    review_hours: int = 0


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
    """Reads rules of one document; what many rules share is resolved once."""

    document: CovenantDocument
    catalogue: Catalogue
    kept: dict[object, object] = field(default_factory=dict)

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
            roles=self._roles(rule.roles),
            purposes=self._purposes(rule.purposes),
            phases=self._phases(rule.phases),
            case_kinds=self._kinds(article, rule.case_kinds),
            delivery=rule.delivery,
            conditions=self._once(_groups, rule.conditions),
            obligations=self._once(frozenset, rule.obligations),
            valid=ALWAYS if rule.valid is None else days(rule.valid.from_, rule.valid.until),
            basis=rule.basis or article.basis,
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
            roles=self._roles(rule.roles) or ANYTHING,
            purposes=self._purposes(rule.purposes) or ANYTHING,
            phases=self._phases(rule.phases) or ANYTHING,
            case_kinds=_known(rule.case_kinds, CASE_KINDS) or ANYTHING,
            valid=ALWAYS if rule.valid is None else days(rule.valid.from_, rule.valid.until),
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
            roles=self._roles(rule.roles),
            case_kinds=self._kinds(article, ()),
            delivery=RuleKind.BREAK_GLASS.value,
            conditions=(condition_bit(rule.condition),),
            obligations=frozenset({"log", "notify_source"}),
            basis=rule.basis,
            minutes=rule.minutes,
            review_hours=rule.review_hours,
        )

    def _ref(self, number: str) -> ArticleRef:
        return ArticleRef(covenant=self.document.code, version=self.document.version, article=number)

    def _once(self, resolve: Callable[[Given], Resolved], given: Given) -> Resolved:
        """resolve(given), kept. Raises what resolve raises."""
        key = (resolve, given)
        if key not in self.kept:
            self.kept[key] = resolve(given)
        return cast(Resolved, self.kept[key])

    def _mask(self, rule: Rule | BreakGlass) -> Mask:
        return self.catalogue.mask(self.document.field_codes(rule))

    def _roles(self, roles: Words) -> Words:
        return self._once(_roles, roles)

    def _phases(self, phases: Words) -> Words:
        return self._once(_phases, phases)

    def _purposes(self, purposes: Words) -> Words:
        return self._once(self.document.purpose_codes, purposes)

    def _kinds(self, article: Article, stated: Words) -> Words:
        key = (article.article, stated)
        if key not in self.kept:
            self.kept[key] = _known(self.document.kinds_of(article, stated), CASE_KINDS)
        return cast(Words, self.kept[key])


def _groups(groups: tuple[Words, ...]) -> tuple[int, ...]:
    return tuple(condition_bits(group) for group in groups)


def _roles(roles: Words) -> Words:
    return _known(roles, ROLES)


def _phases(phases: Words) -> Words:
    return _known(phases, PHASES)


def _known(words: Words, known: Words) -> Words:
    for word in words:
        if word not in known:
            raise KeyError(word)
    return words
