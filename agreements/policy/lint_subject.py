"""What the linter looks at: a document whose rules are spread out over everything they can match.

Not here: any judgement. The questions are in lint_reach.py, lint_clash.py, lint_law.py and lint_whole.py.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from agreements.policy.catalogue import Catalogue, Field
from agreements.policy.errors import Finding, Severity
from agreements.policy.locations import Path
from agreements.policy.question import Mask
from agreements.policy.schema import (
    Article,
    BreakGlass,
    CovenantDocument,
    Grant,
    Prohibition,
    Rule,
    RuleKind,
    Words,
)
from agreements.policy.validity import ALWAYS, Interval, days
from agreements.policy.vocabulary import ANY, type_of

Values = frozenset[str]
ANYTHING: Values = frozenset({ANY})
NAMED = 6
"""So many fields a sentence names before it counts the rest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A rule as the sets it matches. sources and recipients are written out; {"*"} elsewhere is everything.

    conditions: each set is a group of which one must hold.
    """

    kind: RuleKind
    path: Path
    article: Article
    rule: Rule | BreakGlass
    fields: Mask
    sources: Values
    recipients: Values
    roles: Values
    purposes: Values
    phases: Values
    kinds: Values
    valid: Interval = ALWAYS
    conditions: tuple[Values, ...] = ()

    @property
    def id(self) -> str:
        return self.rule.id

    @property
    def gives(self) -> bool:
        """Whether this is a grant or an announcement: what a reader meets in an ordinary case."""
        return isinstance(self.rule, Grant)

    @property
    def dead(self) -> bool:
        """Whether some list is empty, so that it can match nothing at all."""
        sets = (self.sources, self.recipients, self.roles, self.purposes, self.phases, self.kinds)
        return not self.fields or not all(sets)

    def pairs(self) -> Iterator[tuple[str, str]]:
        """Source and recipient of every provision; an agency needs no rule for its own facts."""
        return (
            (source, to)
            for source in sorted(self.sources)
            for to in sorted(self.recipients)
            if source != to or "-" not in to
        )


@dataclass(frozen=True, kw_only=True)
class Linted:
    """A document under the linter, with what is known around it.

    others: covenants in force beside it. holders: role to the agency types that can have it (None = not known).
    today: to tell a date that has passed (None = not asked). skip: numbers of rules that are not judged.
    """

    document: CovenantDocument
    catalogue: Catalogue
    others: tuple[CovenantDocument, ...] = ()
    holders: Mapping[str, frozenset[str]] | None = None
    today: date | None = None
    skip: frozenset[str] = field(default=frozenset())

    @cached_property
    def spans(self) -> tuple[Span, ...]:
        return tuple(spans_of(self.document, self.catalogue, self.parties, skip=self.skip))

    @cached_property
    def parties(self) -> Words:
        """Every party a rule can be about: agency types, and the agencies that are named apart."""
        return parties_of(self.document)

    @property
    def grants(self) -> tuple[Span, ...]:
        """Grants and announcements."""
        return tuple(span for span in self.spans if span.gives)

    @property
    def prohibitions(self) -> tuple[Span, ...]:
        return tuple(span for span in self.spans if span.kind is RuleKind.PROHIBITION)

    def error(self, code: str, path: Path, article: str, message: str, remedy: str) -> Finding:
        return self._finding("error", code, path, article, message, remedy)

    def warning(self, code: str, path: Path, article: str, message: str, remedy: str) -> Finding:
        return self._finding("warning", code, path, article, message, remedy)

    def _finding(self, severity: Severity, code: str, path: Path, article: str, message: str, remedy: str) -> Finding:
        line = self.document.line(path)
        return Finding(severity=severity, code=code, article=article, line=line, message=message, remedy=remedy)

    def named(self, mask: Mask) -> str:
        """The fields of a mask in words: labels with codes, and a count of what is over NAMED."""
        return field_names([self.catalogue.by_code[code] for code in self.catalogue.codes(mask)])


LintCheck = Callable[[Linted], Iterable[Finding]]


def field_names(fields: list[Field]) -> str:
    words = [f"'{item.label_nl}' ({item.code})" for item in fields[:NAMED]]
    return ", ".join(words) + (f" en nog {len(fields) - NAMED}" if len(fields) > NAMED else "")


def matches(tokens: Iterable[str], party: str) -> bool:
    """Whether a list names this party: everybody, the party itself or its type."""
    return ANY in tokens or party in tokens or type_of(party) in tokens


def covers(wide: Values, narrow: Values) -> bool:
    return ANY in wide or narrow <= wide


def meets(one: Values, other: Values) -> bool:
    return (ANY in one and bool(other)) or (ANY in other and bool(one)) or not one.isdisjoint(other)


def parties_of(document: CovenantDocument) -> Words:
    """The parties of a document, and agencies that its rules name apart from their type."""
    lists = ((*rule.from_, *rule.to, *getattr(rule, "except_", ())) for _, _, _, rule in document.placed_rules())
    named = (token for tokens in lists for token in tokens)
    apart = (token for token in named if "-" in token and document.capacity_of(token, type_of(token)))
    return tuple(dict.fromkeys((*document.capacities, *apart)))


def spans_of(
    document: CovenantDocument, catalogue: Catalogue, parties: Words, *, skip: frozenset[str] = frozenset()
) -> Iterator[Span]:
    """The rules of a document over these parties, in its order; those that cannot be read are left out."""
    for kind, path, article, rule in document.placed_rules():
        if rule.id not in skip:
            try:
                yield _span(document, catalogue, parties, (kind, path, article, rule))
            except KeyError:  # a word that does not exist has its own finding
                continue


def _span(
    document: CovenantDocument,
    catalogue: Catalogue,
    parties: Words,
    placed: tuple[RuleKind, Path, Article, Rule | BreakGlass],
) -> Span:
    kind, path, article, rule = placed
    excepted = rule.except_ if isinstance(rule, Rule) else ()
    open_ = ANYTHING if isinstance(rule, Prohibition | BreakGlass) else frozenset[str]()
    asked = rule if isinstance(rule, Rule) else None
    own = asked.valid if asked else None
    return Span(
        kind=kind,
        path=path,
        article=article,
        rule=rule,
        fields=catalogue.mask(document.field_codes(rule)),
        sources=frozenset(party for party in parties if matches(rule.from_, party)),
        recipients=frozenset(party for party in parties if matches(rule.to, party) and not matches(excepted, party)),
        roles=frozenset(rule.roles) or (ANYTHING if isinstance(rule, Prohibition) else frozenset()),
        purposes=frozenset(document.purpose_codes(asked.purposes)) if asked and asked.purposes else open_,
        phases=frozenset(asked.phases) if asked and asked.phases else open_,
        kinds=_kinds(document, article, rule),
        valid=days(own.from_, own.until) if own else ALWAYS,
        conditions=tuple(frozenset(group) for group in rule.conditions) if isinstance(rule, Grant) else (),
    )


def _kinds(document: CovenantDocument, article: Article, rule: Rule | BreakGlass) -> Values:
    if isinstance(rule, Prohibition):
        return frozenset(rule.case_kinds) or ANYTHING
    return frozenset(document.kinds_of(article, rule.case_kinds if isinstance(rule, Rule) else ()))
