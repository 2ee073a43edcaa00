"""The constraints of one rule to words of a covenant. Which of them a rule may have: reading_rules.py."""

import re
from collections.abc import Callable
from typing import Any

from agreements.policy.odrl.reading import Node, literal_of
from agreements.policy.odrl.reading_parts import PARTY, party_of
from agreements.policy.odrl.terms import DELIVERIES, LASTS, LISTS, expand, word_of

_DAY = re.compile(r"^\d{4}-\d{2}-\d{2}$")
_DURATION = re.compile(r"^PT(\d{1,9})([MH])$")
_ATOMIC = ("leftOperand", "operator", "rightOperand")
_UNSPELLED = "Vergelijk met het profiel in docs/uitwisseling.md."
Constraints = dict[str, Any]


def read_constraints(node: Node) -> Constraints:
    """What the constraints of a rule say, by the key of a covenant; each at most once but conditions."""
    found: Constraints = {}
    for constraint in node.nodes("constraint"):
        constraint.skip("type", "uid")
        if constraint.has("or"):
            _logical(constraint, found)
        else:
            _atomic(constraint, found)
        constraint.close()
    return found


def minutes_of(node: Node, hours: bool = False) -> int | None:
    """The right operand as a duration of minutes (or of hours); None with a finding for anything else."""
    text = literal_of(node.get("rightOperand"))
    match = _DURATION.match(text) if isinstance(text, str) else None
    unit = "H" if hours else "M"
    if match is None or match[2] != unit:
        example = "PT24H" if hours else "PT60M"
        node.wrong("odrl_value", "rightOperand", "dit is geen duur in hele " + ("uren." if hours else "minuten."),
                   f"Schrijf de duur als {example}.")  # fmt: skip
        return None
    return int(match[1])


def operator_is(node: Node, *wanted: str) -> bool:
    """Whether the operator is one of these; a finding when it is another."""
    operator = node.term("operator")
    if operator in {expand(item) for item in wanted}:
        return True
    if operator:
        node.wrong("odrl_operator", "operator", f"'{operator[:80]}' past hier niet.", f"Schrijf {' of '.join(wanted)}.")
    return False


def _atomic(node: Node, found: Constraints) -> None:
    operand = node.term("leftOperand")
    condition = word_of(operand, "vb-condition") if operand else None
    reader = _READERS.get(operand)
    if condition is not None:
        if _holds(node) is True:
            found.setdefault("conditions", []).append(condition)
    elif reader is not None:
        reader(node, found)
    elif operand:
        remedy = f"Dit profiel kent: {', '.join(_KNOWN)} en vb-condition:…"
        node.wrong("odrl_operand", "leftOperand", f"'{operand[:80]}' is hier geen voorwaarde.", remedy)
    node.skip(*_ATOMIC)  # whatever went wrong before, these belong to it


def _holds(node: Node, wanted: bool = True) -> bool | None:
    """The truth value that a condition must have; None with a finding for another one than `wanted`."""
    if not operator_is(node, "odrl:eq"):
        return None
    value = literal_of(node.get("rightOperand"))
    if value is wanted or value == ("true" if wanted else "false"):
        return True
    message = f"een voorwaarde staat hier op {'true' if wanted else 'false'}."
    node.wrong("odrl_value", "rightOperand", message, f"Schrijf {'true' if wanted else 'false'}.")
    return None


def _list(key: str, prefix: str) -> Callable[[Node, Constraints], None]:
    def read(node: Node, found: Constraints) -> None:
        if operator_is(node, "odrl:isAnyOf", "odrl:eq") and _given(node):
            _put(node, found, key, node.words("rightOperand", prefix, f"Schrijf {prefix}: met de code."))

    return read


def _recipient(node: Node, found: Constraints) -> None:
    if operator_is(node, "odrl:isNoneOf", "odrl:neq") and _given(node):
        _put(node, found, "except", node.words("rightOperand", party_of, PARTY))


def _days(node: Node, found: Constraints) -> None:
    day = literal_of(node.get("rightOperand"))
    if not isinstance(day, str) or not _DAY.match(day):
        node.wrong("odrl_value", "rightOperand", "dit is geen dag.", "Schrijf jjjj-mm-dd.")
    elif operator_is(node, "odrl:gteq", "odrl:lteq"):
        edge = "from" if node.term("operator") == expand("odrl:gteq") else "until"
        if edge in found.setdefault("valid", {}):
            node.wrong("odrl_twice", "", "deze grens van de geldigheid staat er al.", "Laat er één staan.")
        found["valid"][edge] = day


def _delivery(node: Node, found: Constraints) -> None:
    if operator_is(node, "odrl:eq") and _given(node):
        words = node.words("rightOperand", "vb-channel", f"Schrijf vb-channel: met een van: {', '.join(DELIVERIES)}.")
        if words and words[0] not in DELIVERIES:
            message = f"de wijze van verstrekken '{words[0][:80]}' bestaat niet."
            node.wrong("odrl_word", "rightOperand", message, f"Kies uit: {', '.join(DELIVERIES)}.")
        elif len(words) == 1:
            _put(node, found, "delivery", words[0])


def _carried(node: Node, found: Constraints) -> None:
    if operator_is(node, "odrl:eq") and _given(node):
        words = node.words("rightOperand", "vb-covenant", "Schrijf vb-covenant: met de code van dit convenant.")
        if words:
            _put(node, found, "carried", words[0])


def _lasts(node: Node, found: Constraints) -> None:
    minutes = minutes_of(node) if operator_is(node, "odrl:lteq") and _given(node) else None
    if minutes is not None:
        _put(node, found, "minutes", minutes)


def _logical(node: Node, found: Constraints) -> None:
    """An `or`: of conditions that hold (any_of), or of what a prohibition gives way to (unless)."""
    parts = list(node.nodes("or"))
    operands = [part.term("leftOperand") for part in parts]
    if expand("vb:carriedUnderRegime") in operands:
        _unless(node, parts, operands, found)
    else:
        names = [word_of(operand, "vb-condition") for operand in operands]
        held = [name for part, name in zip(parts, names, strict=True) if _alternative(part, name)]
        if held and len(held) == len(parts):
            found.setdefault("conditions", []).append({"any_of": held})
        elif not parts:
            node.wrong("odrl_value", "or", "hier staat geen enkele voorwaarde.", "Noem er ten minste één.")
    for part in parts:
        part.skip("type", "uid", *_ATOMIC)
        part.close()


def _alternative(part: Node, name: str | None) -> bool:
    if name is None:
        message = "binnen 'or' staan alleen voorwaarden."
        part.wrong("odrl_operand", "leftOperand", message, "Schrijf vb-condition: met de naam van een voorwaarde.")
        return False
    return _holds(part) is True


def _unless(node: Node, parts: list[Node], operands: list[str], found: Constraints) -> None:
    by_operand = dict(zip(operands, parts, strict=True))
    regime = by_operand.pop(expand("vb:carriedUnderRegime"))
    other, part = next(iter(by_operand.items()), ("", None))
    condition = word_of(other, "vb-condition") if other else None
    if len(parts) != 2 or condition is None or part is None:
        node.wrong("odrl_value", "or", "naast het regime staat hier precies één voorwaarde.", _UNSPELLED)
        return
    words = regime.words("rightOperand", "vb-regime", "Schrijf vb-regime: met de code van een regime.")
    known = operator_is(regime, "odrl:isNoneOf", "odrl:neq")
    if len(words) != 1 and known:
        regime.wrong("odrl_value", "rightOperand", "hier staat precies één regime.", _UNSPELLED)
    elif known and _holds(part, wanted=False):
        _put(node, found, "unless", {"regime": words[0], "condition": condition})


def _given(node: Node) -> bool:
    if node.has("rightOperand"):
        return True
    remedy = 'Noem wat hier past; niets is {"@list": []}.'
    node.wrong("odrl_missing", "rightOperand", "'rightOperand' ontbreekt.", remedy)
    return False


def _put(node: Node, found: Constraints, key: str, value: Any) -> None:
    if key in found:
        # Two constraints hold together: reading only one of them would widen or narrow the rule.
        node.wrong("odrl_twice", "", "deze beperking staat er twee keer.", "Voeg ze samen tot één.")
    found[key] = value


_READERS: dict[str, Callable[[Node, Constraints], None]] = {
    **{expand(operand): _list(key, prefix) for key, (operand, prefix) in LISTS.items()},
    expand("odrl:recipient"): _recipient,
    expand("odrl:dateTime"): _days,
    expand("odrl:deliveryChannel"): _delivery,
    expand("vb:carriedUnder"): _carried,
    expand(LASTS): _lasts,
}
_KNOWN = (
    *(operand for operand, _prefix in LISTS.values()),
    "odrl:recipient", "odrl:dateTime", "odrl:deliveryChannel", "vb:carriedUnder", LASTS,
)  # fmt: skip
