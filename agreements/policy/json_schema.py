"""The JSON Schema of a covenant document, so that an editor can help and a partner can check before sending.

Built from schema.py, so the two cannot drift; words in Dutch from json_schema_words.py. It knows shape and
closed lists. What only a whole document shows (a set that is not defined, a number that stands twice) and
what the law asks stay with `load_document` and the regimes.
"""

from collections.abc import Iterable
from copy import deepcopy
from functools import cache
from typing import Any

from agreements.policy.catalogue import load_catalogue
from agreements.policy.conditions import CONDITIONS
from agreements.policy.json_schema_words import PARTS, WORDS
from agreements.policy.regimes import REGIMES
from agreements.policy.schema import CovenantDocument
from agreements.policy.vocabulary import AGENCY_TYPES, ANY, CASE_KINDS, OBLIGATIONS, PHASES, ROLES

DIALECT = "https://json-schema.org/draft/2020-12/schema"
IDENTIFIER = "urn:verbond:schema:covenant:1"
Schema = dict[str, Any]

_TYPES = "|".join(AGENCY_TYPES)
_DAY = r"^\d{4}-\d{2}-\d{2}$"


def document_schema() -> Schema:
    """JSON Schema (draft 2020-12) of a covenant file: one key `covenant` with the document under it.

    `$defs/CovenantDocument` is the document itself, which is also what its canonical JSON looks like.
    """
    return deepcopy(_built())


@cache
def _built() -> Schema:
    document = CovenantDocument.model_json_schema(by_alias=True)
    parts: dict[str, Schema] = document.pop("$defs")
    parts["CovenantDocument"] = document
    for name, part in parts.items():
        _describe(name, part)
    return {
        "$schema": DIALECT,
        "$id": IDENTIFIER,
        "title": PARTS["CovenantDocument"][0],
        "description": "Een convenant staat onder één sleutel 'covenant'.",
        "type": "object",
        "required": ["covenant"],
        "additionalProperties": False,
        "properties": {"covenant": {"$ref": "#/$defs/CovenantDocument"}},
        "$defs": dict(sorted(parts.items())),
    }


def _describe(name: str, part: Schema) -> None:
    """Words in Dutch and closed lists, on one part and its keys."""
    part["title"], part["description"] = PARTS[name]
    for key, item in part["properties"].items():
        title, description = WORDS.get(f"{name}.{key}") or WORDS[key]
        item |= {"title": title, "description": description}
        narrow = _NARROWED.get(f"{name}.{key}") or _NARROWED.get(key)
        if narrow is not None:
            for old in ("anyOf", "type", "items", "enum", "pattern"):
                item.pop(old, None)
            item |= deepcopy(narrow)
        _with_days(item)


def _with_days(item: Schema) -> None:
    """`format: date` is only a remark to most validators; the pattern is not."""
    for choice in (item, *item.get("anyOf", ())):
        if choice.get("format") == "date":
            choice["pattern"] = _DAY


def _list(item: Schema) -> Schema:
    return {"type": "array", "items": item}


def _one_of(words: Iterable[str]) -> Schema:
    return {"type": "string", "enum": list(words)}


def _or_null(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "null"}]}


def _conditions() -> Schema:
    name = _one_of(CONDITIONS)
    any_of = {
        "type": "object",
        "required": ["any_of"],
        "additionalProperties": False,
        "properties": {"any_of": {**_list(name), "minItems": 1}},
    }
    return _list({"anyOf": [name, any_of, {**_list(name), "minItems": 1}]})


_PARTY = {"type": "string", "pattern": f"^({_TYPES})(-.*)?$"}
_PARTY_OR_ANY = {"type": "string", "pattern": rf"^(\*|({_TYPES})(-.*)?)$"}
_TOKENS = {"anyOf": [{"type": "string", "const": ANY}, _list(_PARTY_OR_ANY)]}
_FIELDS = _list(_one_of(load_catalogue().by_code))
_REGIME = {"type": "string", "examples": sorted(REGIMES)}

# By key, or by part and key where a key means something else elsewhere.
_NARROWED: dict[str, Schema] = {
    "Grant.from": _TOKENS,
    "Prohibition.from": _TOKENS,
    "BreakGlass.from": _TOKENS,
    "to": _TOKENS,
    "except": _TOKENS,
    "fields": _FIELDS,
    "extra": _FIELDS,
    "roles": _list(_one_of(ROLES)),
    "phases": _list(_one_of(PHASES)),
    "case_kinds": _list(_one_of(CASE_KINDS)),
    "obligations": _list(_one_of(OBLIGATIONS)),
    "Grant.conditions": _conditions(),
    "BreakGlass.condition": _one_of(CONDITIONS),
    "Unless.condition": _one_of(CONDITIONS),
    "CovenantDocument.regime": _REGIME,
    "Unless.regime": _REGIME,
    "contact_point": _or_null(_PARTY),
    "controller": _list(_PARTY),
    "participant": _list(_PARTY),
    "third_party": _list(_PARTY),
    "Bureau.code": _PARTY,
    "acts_for": _PARTY,
    "CovenantDocument.purposes": {
        "type": "object",
        "additionalProperties": {"type": "string", "pattern": "^[a-z_][a-z0-9_]*$"},
    },
    "CovenantDocument.sets": {"type": "object", "additionalProperties": _FIELDS},
}
