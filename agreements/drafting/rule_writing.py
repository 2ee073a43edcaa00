"""A rule as the form shows it and as a document writes it. Not here: the form itself (forms_rule.py)."""

from collections.abc import Iterable, Mapping
from typing import Any

GRANTS, NOTICES, PROHIBITIONS, BREAK_GLASS = "grants", "announcements", "prohibitions", "break_glass"
EVERYBODY = "*"
NOTIFIED = ("source", "privacy_officers")
_WRITTEN_BY_FORM = frozenset(
    {
        "id", "from", "to", "except", "roles", "set", "sets", "fields", "extra", "purposes", "phases", "case_kinds",
        "delivery", "conditions", "obligations", "basis", "valid", "text", "reason", "scope", "unless",
        "offline_minutes", "condition", "minutes", "review_hours", "notify",
    }
)  # fmt: skip


def as_written(data: Mapping[str, Any], groups: Iterable[str], written: Mapping[str, Any]) -> dict[str, Any]:
    """The rule as a document writes it, from what the form found; what is empty is left out.

    data: the form's cleaned data, whole or in part. groups: the names of its "één van" boxes. written: the rule
    before, of which keys that the form does not know stay as they were.
    """
    data = {"kind": GRANTS, **data}
    kept = {key: value for key, value in written.items() if key not in _WRITTEN_BY_FORM}
    made = {**_common(data, written), **_BY_KIND[data["kind"]](data, groups), **kept}
    return {key: _in_order(value, written.get(key)) for key, value in made.items() if value not in (None, "", [], {})}


def _in_order(value: Any, written: Any) -> Any:
    """A list in the order its author wrote it, what is new behind it: saving what did not change changes nothing."""
    if not isinstance(value, list) or not isinstance(written, list):
        return value
    before = [_comparable(item) for item in written]
    place = {item: at for at, item in reversed(list(enumerate(before)))}
    chosen = sorted(value, key=lambda item: place.get(_comparable(item), len(written)))
    return [written[place[_comparable(item)]] if _comparable(item) in place else item for item in chosen]


def _comparable(item: Any) -> Any:
    """A word, or the alternatives of an "één van", which have no order."""
    return frozenset(_words(item.get("any_of"))) if isinstance(item, dict) else str(item)


def _common(data: Mapping[str, Any], written: Mapping[str, Any]) -> dict[str, Any]:
    """The keys that every kind of rule has. Fields and sets stay under the key that the author used for them."""
    sets, fields = list(data.get("sets") or ()), list(data.get("fields_") or ())
    givers, forbids = _tokens(data.get("givers")), data["kind"] in (PROHIBITIONS, BREAK_GLASS)
    alone = len(sets) == 1 and "sets" not in written
    extra = "extra" in written and "fields" not in written
    return {
        "id": data.get("number"),
        "from": None if forbids and givers in (EVERYBODY, []) else givers,
        "to": _tokens(data.get("receivers")),
        "roles": data.get("roles"),
        "set": sets[0] if alone else None,
        "sets": None if alone else sets,
        "fields": None if extra else fields,
        "extra": fields if extra else None,
        "basis": [*(data.get("basis") or ()), *(data.get("other_basis") or ())],
        "text": data.get("text"),
    }


def _stated(data: Mapping[str, Any]) -> dict[str, Any]:
    days = {"from": data.get("valid_from"), "until": data.get("valid_until")}
    return {
        "purposes": data.get("purposes"),
        "phases": data.get("phases"),
        "case_kinds": data.get("case_kinds"),
        "obligations": data.get("obligations"),
        "valid": {key: day.isoformat() for key, day in days.items() if day},
    }


def _giving(data: Mapping[str, Any], groups: Iterable[str]) -> dict[str, Any]:
    alternatives = [list(data.get(name) or ()) for name in groups]
    conditions: list[Any] = list(data.get("conditions") or ())
    conditions += [group[0] if len(group) == 1 else {"any_of": group} for group in alternatives if group]
    delivery = data.get("delivery")
    return {
        **_stated(data),
        "delivery": None if delivery == "live" else delivery,
        "conditions": conditions,
        "offline_minutes": data.get("offline_minutes"),
    }


def _forbidding(data: Mapping[str, Any], groups: Iterable[str]) -> dict[str, Any]:
    regime, condition = data.get("unless_regime"), data.get("unless_condition")
    return {
        **_stated(data),
        "scope": "covenant" if data.get("scope") == "covenant" else None,
        "except": data.get("excepted"),
        "unless": {"regime": regime, "condition": condition} if regime and condition else None,
        "reason": data.get("reason"),
    }


def _breaking(data: Mapping[str, Any], groups: Iterable[str]) -> dict[str, Any]:
    return {name: data.get(name) for name in ("condition", "minutes", "review_hours", "notify")}


_BY_KIND = {GRANTS: _giving, NOTICES: _giving, PROHIBITIONS: _forbidding, BREAK_GLASS: _breaking}


def initial_of(kind: str, rule: Mapping[str, Any], *, purposes: Mapping[str, str]) -> dict[str, Any]:
    """What the form shows for a rule as written; of whatever shape, as the text need not be right."""
    numbers = {code: number for number, code in purposes.items()}
    alone = [item for item in _listed(rule.get("conditions")) if isinstance(item, str)]
    groups = [_words(item.get("any_of")) for item in _listed(rule.get("conditions")) if isinstance(item, dict)]
    forbids = kind in (PROHIBITIONS, BREAK_GLASS)
    unless, valid = _mapping(rule.get("unless")), _mapping(rule.get("valid"))
    plain = ("roles", "phases", "case_kinds", "obligations", "basis", "notify")
    return {
        **{name: _words(rule.get(name)) for name in plain},
        **{f"any_of_{place}": group for place, group in enumerate(groups)},
        **{name: rule.get(name) for name in ("text", "reason", "offline_minutes", "minutes", "review_hours")},
        "kind": kind,
        "number": rule.get("id", ""),
        "givers": _words(rule.get("from")) or ([EVERYBODY] if forbids else []),
        "receivers": _words(rule.get("to")),
        "excepted": _words(rule.get("except")),
        "sets": [*_words(rule.get("set")), *_words(rule.get("sets"))],
        "fields_": [*_words(rule.get("fields")), *_words(rule.get("extra"))],
        "purposes": [numbers.get(word, word) for word in _words(rule.get("purposes"))],
        "conditions": alone,
        "delivery": rule.get("delivery") or "live",
        "scope": rule.get("scope") or "all",
        "unless_regime": unless.get("regime", ""),
        "unless_condition": unless.get("condition", ""),
        "condition": rule.get("condition", ""),
        "valid_from": valid.get("from"),
        "valid_until": valid.get("until"),
    }


def new_rule(kind: str) -> dict[str, Any]:
    """Where a new rule begins: the obligations and conditions that nearly every rule has."""
    if kind == PROHIBITIONS:
        return {}
    if kind == BREAK_GLASS:
        return {"condition": "acute_danger", "minutes": 60, "review_hours": 24, "notify": list(NOTIFIED)}
    return {"conditions": ["involved"], "obligations": ["log"]}


def _tokens(chosen: Any) -> Any:
    return EVERYBODY if EVERYBODY in (chosen or ()) else list(chosen or ())


def _listed(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list | tuple) else [] if value is None else [value]


def _words(value: Any) -> list[str]:
    return [str(item) for item in _listed(value) if isinstance(item, str | int | float)]


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}
