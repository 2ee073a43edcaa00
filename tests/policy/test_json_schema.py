"""The published JSON Schema takes every covenant that we take, and refuses the shapes that we refuse."""

import json
from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from jsonschema import Draft202012Validator

from agreements.policy.document import DocumentInvalid, load_document
from agreements.policy.json_schema import document_schema
from agreements.policy.references import check_references
from agreements.policy.vocabulary import AGENCY_TYPES, CASE_KINDS, OBLIGATIONS, PHASES, ROLES
from tests.policy.oracle import World
from tests.policy.strategies import worlds
from tests.policy.test_agreement import thorough
from tests.policy.worked import CATALOGUE, DEMO, PGA

SCHEMA = document_schema()
VALIDATOR = Draft202012Validator(SCHEMA)
DEMOS = sorted(path.stem for path in DEMO.glob("*.v?.yaml"))


def as_json(text: str) -> Any:
    """The YAML as an editor's validator sees it: days are text."""
    return json.loads(json.dumps(yaml.safe_load(text), default=str))


def test_it_is_a_schema_that_stands_by_itself() -> None:
    Draft202012Validator.check_schema(SCHEMA)

    references = set(_references(SCHEMA))
    assert references
    assert {name.removeprefix("#/$defs/") for name in references} <= set(SCHEMA["$defs"])


def _references(value: Any) -> list[str]:
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    own = [value["$ref"]] if isinstance(value, dict) and "$ref" in value else []
    return [*own, *(found for item in inside for found in _references(item))]


def test_every_key_is_explained_in_dutch() -> None:
    for part in SCHEMA["$defs"].values():
        for key, item in part["properties"].items():
            assert item["title"], key
            assert item["description"], key


@pytest.mark.parametrize("name", DEMOS)
def test_every_covenant_of_the_demo_is_valid(name: str) -> None:
    text = (DEMO / f"{name}.yaml").read_text(encoding="utf-8")

    assert [error.message for error in VALIDATOR.iter_errors(as_json(text))] == []


@settings(thorough, max_examples=150)
@given(worlds())
def test_every_covenant_that_we_take_is_valid_in_its_canonical_form(world: World) -> None:
    for terms in world.versions:
        if not check_references(terms.document, CATALOGUE):
            written = terms.document.model_dump(mode="json", by_alias=True, exclude_unset=True)
            assert [error.message for error in VALIDATOR.iter_errors({"covenant": written})] == []


Change = Callable[[dict[str, Any]], Any]


def first(document: dict[str, Any], kind: str) -> Any:
    rules = next(item[kind] for item in document["articles"] if kind in item)
    return rules[0] if isinstance(rules, list) else rules


def put(*path: Any, value: Any) -> Change:
    def change(document: dict[str, Any]) -> None:
        target: Any = document
        for key in path[:-1]:
            target = first(document, key.rstrip("!")) if str(key).endswith("!") else target[key]
        target[path[-1]] = value

    return change


def drop(*path: Any) -> Change:
    def change(document: dict[str, Any]) -> None:
        target: Any = document
        for key in path[:-1]:
            target = first(document, key.rstrip("!")) if str(key).endswith("!") else target[key]
        del target[path[-1]]

    return change


MUTATIONS: dict[str, Change] = {
    **{f"without {key}": drop(key) for key in ("code", "title", "version", "regime", "term", "parties", "articles")},
    "an unknown key": put("colour", value="red"),
    "an unknown key in a rule": put("grants!", "colour", value="red"),
    "a small code": put("code", value="klein"),
    "a version in words": put("version", value="twee"),
    "version nought": put("version", value=0),
    "a version that is true": put("version", value=True),
    "a title that is a number": put("title", value=3),
    "a term without a start": drop("term", "from"),
    "a term from no day": put("term", "from", value="morgen"),
    "parties as a list": put("parties", value=["POL"]),
    "an unknown capacity": put("parties", "observer", value=["POL"]),
    "an unknown party": put("parties", "controller", value=["XYZ"]),
    "a contact point that is nobody": put("contact_point", value="XYZ"),
    "a bureau for nobody": drop("bureau", "acts_for"),
    "sets that are text": put("sets", "med", value="diagnosis"),
    "a set of unknown fields": put("sets", "med", value=["diagnose"]),
    "a purpose in capitals": put("purposes", "4.1", value="PGA"),
    "articles as one": put("articles", value={"article": "1"}),
    "an article without a number": drop("articles", 0, "article"),
    "a number that is a number": put("articles", 0, "article", value=1),
    "an article with an odd number": put("articles", 0, "article", value="1 a"),
    "a rule without a number": drop("grants!", "id"),
    "a grant to text": put("grants!", "to", value="POL"),
    "a grant to an unknown party": put("grants!", "to", value=["XYZ"]),
    "an unknown field": put("grants!", "fields", value=["fullname"]),
    "an unknown role": put("grants!", "roles", value=["boss"]),
    "an unknown phase": put("grants!", "phases", value=["later"]),
    "an unknown kind": put("grants!", "case_kinds", value=["dog"]),
    "an unknown duty": put("grants!", "obligations", value=["pray"]),
    "an unknown delivery": put("grants!", "delivery", value="post"),
    "an unknown condition": put("grants!", "conditions", value=["rain"]),
    "any_of nothing": put("grants!", "conditions", value=[{"any_of": []}]),
    "any_of and more": put("grants!", "conditions", value=[{"any_of": ["minor"], "all_of": []}]),
    "a condition that is a number": put("grants!", "conditions", value=[1]),
    "minutes offline in words": put("grants!", "offline_minutes", value="zestig"),
    "valid for ever": put("grants!", "valid", value="altijd"),
    "a prohibition of an odd scope": put("prohibitions!", "scope", value="world"),
    "an unless without a condition": put("prohibitions!", "unless", value={"regime": "general"}),
    "break-glass without minutes": drop("break_glass!", "minutes"),
    "break-glass for nobody": drop("break_glass!", "to"),
    "break-glass under an unknown condition": put("break_glass!", "condition", value="rain"),
    "a retention of years in words": put("retention!", "closed_case", value="een jaar"),
    "an unknown way of leaving": put("withdrawal!", "running_cases", value="thrown_away"),
}


@pytest.mark.parametrize("name", MUTATIONS)
def test_what_reading_refuses_for_its_shape_the_schema_refuses_too(name: str) -> None:
    content = deepcopy(as_json(PGA))
    MUTATIONS[name](content["covenant"])

    with pytest.raises(DocumentInvalid):
        load_document(json.dumps(content), catalogue=CATALOGUE)
    assert not VALIDATOR.is_valid(content)


def test_closed_lists_are_there_to_choose_from() -> None:
    grant = SCHEMA["$defs"]["Grant"]["properties"]

    for key, words in {"roles": ROLES, "phases": PHASES, "case_kinds": CASE_KINDS, "obligations": OBLIGATIONS}.items():
        assert grant[key]["items"]["enum"] == list(words)
    assert set(grant["fields"]["items"]["enum"]) == set(CATALOGUE.by_code)
    pattern = SCHEMA["$defs"]["Parties"]["properties"]["controller"]["items"]["pattern"]
    assert all(code in pattern for code in AGENCY_TYPES)
