"""One rule of a covenant to one odrl:Permission or odrl:Prohibition: parties, action, target, constraints, duties."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from agreements.policy.catalogue import Catalogue
from agreements.policy.odrl.reading import Findings, Node, note_of
from agreements.policy.odrl.reading_rules import read_rule
from agreements.policy.odrl.terms import (
    ANNOUNCE,
    CONSULT,
    DUTIES,
    LASTS,
    LISTS,
    NO_FIELD,
    NOBODY,
    REVIEW,
    USE,
    WITHIN,
    basis_iri,
    iri,
    party_iri,
)
from agreements.policy.schema import Article, BreakGlass, CovenantDocument, Grant, Prohibition, Rule, RuleKind, Words

_ACTIONS = {
    RuleKind.GRANT: CONSULT,
    RuleKind.NOTICE: ANNOUNCE,
    RuleKind.BREAK_GLASS: CONSULT,
    RuleKind.PROHIBITION: USE,
}
Constraint = dict[str, Any]


@dataclass(slots=True)
class RuleWriter:
    """Writes the rules of one document. `named` grows to the fields that any of them names."""

    document: CovenantDocument
    catalogue: Catalogue
    uid: str
    named: set[str] = field(default_factory=set)

    def node(self, kind: RuleKind, article: Article, rule: Rule | BreakGlass) -> dict[str, Any]:
        """The rule as a node, with a note of how it was written where the statement alone does not tell."""
        codes = self.document.field_codes(rule)
        self.named.update(codes)
        stated = {
            "uid": f"{self.uid}#{rule.id}",
            "type": "odrl:Prohibition" if kind is RuleKind.PROHIBITION else "odrl:Permission",
            "article": article.article,
            "rule": rule.id,
            "assigner": _parties(rule.from_),
            "assignee": _parties(rule.to),
            "action": _ACTIONS[kind],
            "target": [iri("vb-field", code) for code in codes] or NO_FIELD,
            "constraint": self._constraints(article, rule),
            "duty": [] if isinstance(rule, Prohibition) else _duties(rule),
            "hasLegalBasis": [basis_iri(word) for word in rule.basis or article.basis],
            **_aside(rule),
        }
        node = {key: value for key, value in stated.items() if value != []}
        note = _note(node, rule)
        return {**node, "asWritten": note} if note else node

    def _constraints(self, article: Article, rule: Rule | BreakGlass) -> list[Constraint]:
        if isinstance(rule, BreakGlass):
            return self._of_break_glass(article, rule)
        return [
            *self._lists(article, rule),
            *_of_recipients(rule.except_),
            *_of_days(rule),
            *(_of_grant(rule) if isinstance(rule, Grant) else ()),
            *(self._of_prohibition(rule) if isinstance(rule, Prohibition) else ()),
        ]

    def _lists(self, article: Article, rule: Rule) -> Iterable[Constraint]:
        """What a rule matches. A prohibition leaves open what it does not state; a grant leaves nothing open."""
        closed = not isinstance(rule, Prohibition)
        kinds = self.document.kinds_of(article, rule.case_kinds) if closed else rule.case_kinds
        words = {
            "purposes": self.document.purpose_codes(rule.purposes),
            "roles": rule.roles,
            "phases": rule.phases,
            "case_kinds": kinds,
        }
        return (any_of(key, found) for key, found in words.items() if found or closed)

    def _of_prohibition(self, rule: Prohibition) -> Iterable[Constraint]:
        if rule.scope == "covenant":
            yield _constraint("vb:carriedUnder", "odrl:eq", iri("vb-covenant", self.document.code))
        if rule.unless is not None:
            # Lifted when both hold, so it counts when either does not.
            regime = _constraint(
                "vb:carriedUnderRegime", "odrl:isNoneOf", _list([iri("vb-regime", rule.unless.regime)])
            )
            yield {"type": "odrl:LogicalConstraint", "or": _list([regime, _condition(rule.unless.condition, False)])}

    def _of_break_glass(self, article: Article, rule: BreakGlass) -> list[Constraint]:
        return [
            any_of("roles", rule.roles),
            any_of("case_kinds", self.document.kinds_of(article, ())),
            _delivery("break_glass"),
            _condition(rule.condition, True),
            _constraint(LASTS, "odrl:lteq", _typed(f"PT{rule.minutes}M", "duration")),
        ]


def any_of(key: str, words: Iterable[str]) -> Constraint:
    """The constraint for one of the lists of a rule."""
    operand, prefix = LISTS[key]
    return _constraint(operand, "odrl:isAnyOf", _list([iri(prefix, word) for word in words]))


def _note(node: dict[str, Any], rule: Rule | BreakGlass) -> dict[str, Any]:
    """Keys as the document writes them, where reading the statement alone would write them otherwise.

    Sets by name, purposes by article, case kinds wider than the covenant's, keys with nothing in them.
    """
    written = rule.model_dump(mode="json", by_alias=True, exclude_unset=True)
    found = read_rule(Node(node, "", Findings()), prohibits=isinstance(rule, Prohibition))
    return note_of(written, found.content if found else {})


def _aside(rule: Rule | BreakGlass) -> dict[str, Any]:
    """What no constraint says: text, reason, minutes offline; and what obliges nobody under a prohibition."""
    found: dict[str, Any] = {} if rule.text is None else {"text": rule.text}
    if isinstance(rule, Grant) and rule.offline_minutes is not None:
        found["offline_minutes"] = rule.offline_minutes
    if isinstance(rule, Prohibition):
        found |= {"reason": rule.reason} if rule.reason else {}
        found |= {"obligations": list(rule.obligations)} if rule.obligations else {}
    return found


def _duties(rule: Rule | BreakGlass) -> list[dict[str, Any]]:
    if isinstance(rule, BreakGlass):
        limit = _constraint(WITHIN, "odrl:lteq", _typed(f"PT{rule.review_hours}H", "duration"))
        told = [iri("vb-notified", word) for word in rule.notify]
        inform = [{"type": "odrl:Duty", "action": "odrl:inform", "informedParty": told}] if told else []
        return [*inform, {"type": "odrl:Duty", "action": REVIEW, "constraint": [limit]}]
    return [_duty(word) for word in rule.obligations]


def _duty(word: str) -> dict[str, Any]:
    action, informed = DUTIES[word]
    return {"type": "odrl:Duty", "action": action, **({"informedParty": informed} if informed else {})}


def _parties(tokens: Words) -> list[str]:
    return [party_iri(token) for token in tokens] or [NOBODY]


def _of_recipients(excepted: Words) -> Iterable[Constraint]:
    if excepted:
        yield _constraint("odrl:recipient", "odrl:isNoneOf", _list([party_iri(token) for token in excepted]))


def _of_days(rule: Rule) -> Iterable[Constraint]:
    """Both days are inclusive, in the Netherlands."""
    if rule.valid is not None and rule.valid.from_ is not None:
        yield _constraint("odrl:dateTime", "odrl:gteq", _typed(rule.valid.from_.isoformat(), "date"))
    if rule.valid is not None and rule.valid.until is not None:
        yield _constraint("odrl:dateTime", "odrl:lteq", _typed(rule.valid.until.isoformat(), "date"))


def _of_grant(rule: Grant) -> Iterable[Constraint]:
    yield _delivery(rule.delivery)
    for group in rule.conditions:
        held = [_condition(name, True) for name in group]
        yield held[0] if len(held) == 1 else {"type": "odrl:LogicalConstraint", "or": _list(held)}


def _delivery(word: str) -> Constraint:
    return _constraint("odrl:deliveryChannel", "odrl:eq", iri("vb-channel", word))


def _condition(name: str, holds: bool) -> Constraint:
    return _constraint(iri("vb-condition", name), "odrl:eq", holds)


def _constraint(operand: str, operator: str, value: object) -> Constraint:
    return {"leftOperand": operand, "operator": operator, "rightOperand": value}


def _list(values: list[Any]) -> dict[str, Any]:
    return {"@list": values}


def _typed(text: str, kind: str) -> dict[str, str]:
    return {"@value": text, "@type": f"xsd:{kind}"}
