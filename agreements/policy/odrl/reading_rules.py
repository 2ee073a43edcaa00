"""One odrl:Permission or odrl:Prohibition to a rule of a covenant. Its constraints: reading_constraints.py."""

from dataclasses import dataclass
from typing import Any

from agreements.policy.odrl.reading import Node
from agreements.policy.odrl.reading_constraints import Constraints, minutes_of, operator_is, read_constraints
from agreements.policy.odrl.reading_parts import FIELD, PARTY, party_of
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
    basis_of,
    expand,
)
from agreements.policy.schema import RuleKind

_BREAK_GLASS = "break_glass"
_NAMES = {
    **{key: operand for key, (operand, _prefix) in LISTS.items()},
    "except": "odrl:recipient", "valid": "odrl:dateTime", "delivery": "odrl:deliveryChannel",
    "conditions": "vb-condition", "carried": "vb:carriedUnder", "minutes": LASTS, "unless": "vb:carriedUnderRegime",
}  # fmt: skip
_MAY = {
    RuleKind.GRANT: {*LISTS, "except", "valid", "delivery", "conditions"},
    RuleKind.PROHIBITION: {*LISTS, "except", "valid", "carried", "unless"},
    RuleKind.BREAK_GLASS: {"roles", "case_kinds", "delivery", "conditions", "minutes"},
}
_MUST = {
    RuleKind.GRANT: (*LISTS, "delivery"),
    RuleKind.PROHIBITION: (),
    RuleKind.BREAK_GLASS: ("roles", "case_kinds", "delivery", "conditions", "minutes"),
}
_DUTIES = {(expand(action), expand(told) if told else ""): word for word, (action, told) in DUTIES.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A rule as its statement says, in the words of a document. kinds: the case kinds of the statement."""

    kind: RuleKind
    article: str
    content: dict[str, Any]
    kinds: tuple[str, ...]


def read_rule(node: Node, *, prohibits: bool) -> Found | None:
    """The rule that a node states, its note aside; None when it cannot be told what kind it is."""
    _type(node, "odrl:Prohibition" if prohibits else "odrl:Permission")
    node.skip("uid", "asWritten")
    article = node.text("article", 'Noem het artikel waarin deze regel staat, zoals "6".')
    node.article = node.text("rule", 'Noem het nummer van de regel, zoals "6.1".')
    parties = {
        key: node.words(name, party_of, f"{PARTY} Of vb:Everybody.", nothing=NOBODY)
        for key, name in (("from", "assigner"), ("to", "assignee"))
    }
    fields = node.words("target", "vb-field", FIELD, nothing=NO_FIELD)
    said = read_constraints(node)
    kind = _kind(node, said, prohibits)
    duties = _duties(node, kind)
    basis = node.words("hasLegalBasis", basis_of, "Schrijf vb-basis: met de grondslag, zoals vb-basis:WGS-1.5.")
    aside = {key: node.get(key) for key in _aside(kind) if node.has(key)}
    node.close()
    if kind is None:
        return None
    _fits(node, kind, said)
    content = {"id": node.article, **parties, "fields": fields, **_said(kind, said), **duties, "basis": basis, **aside}
    kinds = tuple(said.get("case_kinds", ()))
    return Found(kind=kind, article=article, content=_brief(kind, content), kinds=kinds)


def _type(node: Node, wanted: str) -> None:
    if node.has("type") and node.term("type") != expand(wanted):
        node.wrong("odrl_type", "type", f"hier hoort {wanted}.", f"Schrijf {wanted} of zet de regel op haar plaats.")


def _kind(node: Node, said: Constraints, prohibits: bool) -> RuleKind | None:
    wanted = {USE: RuleKind.PROHIBITION} if prohibits else {CONSULT: RuleKind.GRANT, ANNOUNCE: RuleKind.NOTICE}
    action = node.term("action")
    kind = {expand(term): kind for term, kind in wanted.items()}.get(action)
    if kind is None and action:
        node.wrong("odrl_action", "action", f"'{action[:80]}' past hier niet.", f"Schrijf {' of '.join(wanted)}.")
    if said.get("delivery") == _BREAK_GLASS and kind is RuleKind.GRANT:
        return RuleKind.BREAK_GLASS
    return kind


def _fits(node: Node, kind: RuleKind, said: Constraints) -> None:
    """A finding for each constraint that this kind of rule cannot have, and for each that it needs."""
    like = RuleKind.GRANT if kind is RuleKind.NOTICE else kind
    for key in said.keys() - _MAY[like]:
        node.wrong("odrl_operand", "constraint", f"een regel van deze soort kent geen {_NAMES[key]}.", "Schrap haar.")
    for key in _MUST[like]:
        if key not in said:
            remedy = "Zonder deze beperking geldt in ODRL geen grens; noem wat mag."
            node.wrong("odrl_missing", "constraint", f"de beperking {_NAMES[key]} ontbreekt.", remedy)
    if kind is RuleKind.NOTICE and said.get("delivery") == _BREAK_GLASS:
        node.wrong("odrl_operand", "constraint", "noodinzage toont, en kondigt niet aan.", f"Schrijf {CONSULT}.")
    if kind is RuleKind.BREAK_GLASS and not _one_name(said.get("conditions", ["?"])):
        node.wrong("odrl_value", "constraint", "noodinzage heeft precies één voorwaarde.", "Laat er één staan.")
    if kind is RuleKind.PROHIBITION:
        for key in LISTS:
            if said.get(key) == []:
                message = f"{_NAMES[key]} is leeg, en dan verbiedt de regel niets."
                node.wrong("odrl_value", "constraint", message, "Schrap de regel, of noem wat zij verbiedt.")


def _one_name(conditions: list[Any]) -> bool:
    return len(conditions) == 1 and isinstance(conditions[0], str)


def _said(kind: RuleKind, said: Constraints) -> dict[str, Any]:
    """What the constraints say, under the keys of a document."""
    found = {key: value for key, value in said.items() if key not in ("carried", "delivery")}
    if kind is RuleKind.BREAK_GLASS:
        found.pop("case_kinds", None)
        conditions = found.pop("conditions", [])
        return {**found, "condition": conditions[0] if conditions else ""}
    if "carried" in said:
        found["scope"] = "covenant"
        found["carried"] = said["carried"]
    return {**found, **({"delivery": said["delivery"]} if "delivery" in said else {})}


def _duties(node: Node, kind: RuleKind | None) -> dict[str, Any]:
    obligations: list[str] = []
    found: dict[str, Any] = {}
    for duty in node.nodes("duty"):
        duty.skip("type", "uid")
        action = duty.term("action")
        if kind is RuleKind.BREAK_GLASS:
            _after_opening(duty, action, found)
        elif action:
            told = next((term for term, _place in duty.terms("informedParty")), "")
            word = _DUTIES.get((action, told))
            obligations.extend([word] if word else [])
            if word is None:
                duty.wrong("odrl_duty", "", "deze plicht kent het profiel niet.", f"Kies uit: {_known_duties()}.")
        duty.close()
    if kind is RuleKind.BREAK_GLASS and "review_hours" not in found:
        node.wrong("odrl_missing", "duty", "de beoordeling achteraf ontbreekt.", f"Noem {REVIEW} met {WITHIN}.")
    if kind is RuleKind.PROHIBITION and obligations:
        node.wrong("odrl_duty", "duty", "een verbod heeft in ODRL geen plicht.", "Schrap haar.")
    return {**found, "obligations": obligations}


def _after_opening(duty: Node, action: str, found: dict[str, Any]) -> None:
    """Whom to tell after break-glass, and within how many hours it is reviewed."""
    if action == expand("odrl:inform"):
        found["notify"] = duty.words("informedParty", "vb-notified", "Schrijf vb-notified: met wie bericht krijgt.")
    elif action == expand(REVIEW):
        for limit in duty.nodes("constraint"):
            limit.skip("type", "uid")
            if limit.term("leftOperand") == expand(WITHIN) and operator_is(limit, "odrl:lteq"):
                found["review_hours"] = minutes_of(limit, hours=True)
            limit.skip("operator", "rightOperand")
            limit.close()
    elif action:
        duty.wrong("odrl_duty", "action", "noodinzage kent deze plicht niet.", f"Schrijf odrl:inform of {REVIEW}.")


def _known_duties() -> str:
    return ", ".join(f"{action} ({told})" if told else action for action, told in DUTIES.values())


def _aside(kind: RuleKind | None) -> tuple[str, ...]:
    if kind is RuleKind.PROHIBITION:
        return ("text", "reason", "obligations")
    return ("text",) if kind is RuleKind.BREAK_GLASS else ("text", "offline_minutes")


def _brief(kind: RuleKind, content: dict[str, Any]) -> dict[str, Any]:
    """Without what a document need not say: its defaults."""
    defaults = _DEFAULTS.get(kind, {"delivery": "live"})
    return {key: value for key, value in content.items() if value != defaults.get(key, [])}


_DEFAULTS: dict[RuleKind, dict[str, Any]] = {
    RuleKind.PROHIBITION: {"from": ["*"]},
    RuleKind.BREAK_GLASS: {"from": ["*"], "to": None, "roles": None, "delivery": _BREAK_GLASS},
}
"""Where a default is not an empty list; None: always said."""
