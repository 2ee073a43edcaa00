"""A covenant goes out as ODRL and comes back with equal decisions; what is wrong with it is told with its place."""

import json
from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings

from agreements.policy.compile import Policy, compile_policy
from agreements.policy.decide import decide
from agreements.policy.document import CovenantDocument
from agreements.policy.errors import DocumentInvalid, Finding
from agreements.policy.odrl import CONTEXT, from_odrl, to_odrl
from agreements.policy.question import Question
from agreements.policy.references import check_references
from tests.policy.oracle import World
from tests.policy.strategies import many_questions, seeds, worlds
from tests.policy.test_agreement import thorough
from tests.policy.worked import CATALOGUE, DEMO, JS, PGA, ask, document, signed

DEMOS = sorted(path.stem for path in DEMO.glob("*.v?.yaml"))


def out(source: CovenantDocument) -> dict[str, Any]:
    """As it travels: text and nothing but text."""
    sent: dict[str, Any] = json.loads(json.dumps(to_odrl(source, CATALOGUE)))
    return sent


def back(sent: object) -> CovenantDocument:
    return from_odrl(sent, catalogue=CATALOGUE)


def written(source: CovenantDocument) -> dict[str, Any]:
    return source.model_dump(mode="json", by_alias=True, exclude_unset=True)


def findings(sent: object) -> tuple[Finding, ...]:
    with pytest.raises(DocumentInvalid) as caught:
        back(sent)
    return caught.value.findings


def told(sent: object) -> tuple[Finding, ...]:
    """The findings, if any."""
    try:
        back(sent)
    except DocumentInvalid as refused:
        return refused.findings
    return ()


def without_notes(sent: dict[str, Any]) -> dict[str, Any]:
    """As somebody would write it who never saw the document: the statements alone."""
    found = deepcopy(sent)
    for node in (found, *found["permission"], *found["prohibition"]):
        node.pop("asWritten", None)
    return found


def rule(sent: dict[str, Any], number: str) -> dict[str, Any]:
    return next(node for node in (*sent["permission"], *sent["prohibition"]) if node["rule"] == number)


def constraint(node: dict[str, Any], operand: str) -> dict[str, Any]:
    return next(item for item in node["constraint"] if item.get("leftOperand") == operand)


def policy_of(world: World) -> Policy:
    return compile_policy(world.catalogue, world.versions, third_party_mode=world.third_party_mode)


def through(world: World, change: Callable[[dict[str, Any]], dict[str, Any]] = lambda sent: sent) -> World:
    """The same world with every document sent out and read back."""
    versions = [replace(terms, document=back(change(out(terms.document)))) for terms in world.versions]
    return World(world.catalogue, tuple(versions), world.third_party_mode)


@pytest.mark.parametrize("name", DEMOS)
def test_a_covenant_of_the_demo_comes_back_as_it_was_signed(name: str) -> None:
    source = document((DEMO / f"{name}.yaml").read_text(encoding="utf-8"))

    assert written(back(out(source))) == written(source)


@thorough
@given(worlds(), many_questions())
def test_any_covenant_comes_back_as_it_was_and_decides_the_same(world: World, asked: list[Question]) -> None:
    bad = [terms for terms in world.versions if check_references(terms.document, CATALOGUE)]
    for terms in bad:
        told = sorted(finding.code for finding in check_references(terms.document, CATALOGUE))
        assert sorted(finding.code for finding in findings(out(terms.document))) == told
    good = World(CATALOGUE, tuple(terms for terms in world.versions if terms not in bad), world.third_party_mode)
    returned = through(good)

    assert [written(terms.document) for terms in returned.versions] == [written(t.document) for t in good.versions]
    before, after = policy_of(good), policy_of(returned)
    assert [decide(after, question) for question in asked] == [decide(before, question) for question in asked]


@settings(thorough, max_examples=150)
@given(worlds(), many_questions())
def test_the_statements_alone_decide_the_same(world: World, asked: list[Question]) -> None:
    good = [terms for terms in world.versions if not check_references(terms.document, CATALOGUE)]
    kept = World(CATALOGUE, tuple(good), world.third_party_mode)
    # A grant for no case kind at all is no grant, and without a note a document cannot say it: a finding.
    codes = {finding.code for terms in good for finding in told(without_notes(out(terms.document)))}
    assert codes <= {"odrl_kinds"}
    if codes:
        return

    before, after = policy_of(kept), policy_of(through(kept, without_notes))
    assert [decide(after, question) for question in asked] == [decide(before, question) for question in asked]


@pytest.mark.parametrize("text", [PGA, JS], ids=["pga", "js"])
def test_a_changed_statement_changes_the_decision_whatever_the_note_says(text: str) -> None:
    sent = out(document(text))
    first = next(node for node in sent["permission"] if "set" in node.get("asWritten", {}).get("with", {}))
    taken = first["target"].pop()
    rules = {item.id: item for _k, _p, _a, item in back(sent).placed_rules()}

    found = back(sent).field_codes(rules[first["rule"]])

    assert taken.removeprefix("vb-field:") not in found
    assert [f"vb-field:{code}" for code in found] == first["target"]


def test_a_note_that_says_more_than_the_statement_is_not_believed() -> None:
    source, sent = document(PGA), out(document(PGA))
    for node in sent["permission"]:
        node["asWritten"] = {"with": {"set": "med", "to": ["*"], "roles": ["street"], "conditions": []}}
    sent["asWritten"] = {"with": {"parties": {"controller": ["OND"]}, "sets": {}, "regime": "general"}}

    returned = back(sent)

    before, after = (compile_policy(CATALOGUE, [replace(signed(PGA), document=item)]) for item in (source, returned))
    for kind, path, _article, item in source.placed_rules():
        other = next(found for k, p, _a, found in returned.placed_rules() if (k, p) == (kind, path))
        assert set(returned.field_codes(other)) == set(source.field_codes(item))
        assert other.to == item.to
    question = ask("OND", "GGZ", purpose="pga_youth")
    assert decide(after, question) == decide(before, question)


def test_it_is_an_agreement_of_odrl_with_its_context_inside() -> None:
    sent = out(document(PGA))

    assert (sent["type"], sent["conflict"]) == ("odrl:Agreement", "odrl:prohibit")
    assert sent["@context"] == CONTEXT
    assert CONTEXT["odrl"] == "http://www.w3.org/ns/odrl/2/"
    assert CONTEXT["dpv"] == "https://w3id.org/dpv#"
    for node in (*sent["permission"], *sent["prohibition"]):
        assert node["assigner"]
        assert node["assignee"]
        assert node["target"]
        assert node["action"] in ("dpv:Consult", "vb:announce", "odrl:use")
    assert constraint(rule(sent, "6.1"), "odrl:purpose")["operator"] == "odrl:isAnyOf"
    assert rule(sent, "12.1")["hasLegalBasis"] == ["eu-gdpr:A6-1-d", "eu-gdpr:A9-2-c"]


def test_json_ld_may_write_the_same_in_other_ways() -> None:
    sent = out(document(PGA))
    node = rule(sent, "6.1")
    node["assigner"] = node["assigner"][0]
    node["action"] = {"@id": "https://w3id.org/dpv#Consult"}
    node["@id"] = node.pop("uid")
    node["target"] = {
        "@list": [f"urn:verbond:odrl:1:field:{item.removeprefix('vb-field:')}" for item in node["target"]]
    }
    constraint(node, "odrl:deliveryChannel")["rightOperand"] = {"@id": "vb-channel:live"}
    held = constraint(node, "vb-condition:involved")
    held["odrl:rightOperand"] = held.pop("rightOperand")
    sent["dct:title"] = sent.pop("title")
    sent["articles"] = {"@list": sent["articles"]}

    assert written(back(sent)) == written(document(PGA))


def test_the_example_of_the_documentation_is_read() -> None:
    page = (DEMO.parents[2] / "docs" / "uitwisseling.md").read_text(encoding="utf-8")
    example = json.loads(page.split("```json\n")[1].split("```")[0])

    found = back(example | {"@context": CONTEXT})

    assert [item.id for _kind, _path, _article, item in found.placed_rules()] == ["6.5"]


def _set(number: str, key: str, value: Any) -> Callable[[dict[str, Any]], None]:
    return lambda sent: rule(sent, number).__setitem__(key, value)


def _constrain(number: str, operand: str, key: str, value: Any) -> Callable[[dict[str, Any]], None]:
    return lambda sent: constraint(rule(sent, number), operand).__setitem__(key, value)


def _also(number: str, item: Any) -> Callable[[dict[str, Any]], None]:
    return lambda sent: rule(sent, number).setdefault("constraint", []).append(item)


def _drop(number: str, operand: str) -> Callable[[dict[str, Any]], None]:
    return lambda sent: rule(sent, number)["constraint"].remove(constraint(rule(sent, number), operand))


def _top(key: str, value: Any) -> Callable[[dict[str, Any]], None]:
    return lambda sent: sent.__setitem__(key, value)


_EXTRA = {"leftOperand": "odrl:count", "operator": "odrl:lteq", "rightOperand": 3}
# what is done to it, the code of the finding, and a word that its sentence must hold
SLIPS: list[tuple[Callable[[dict[str, Any]], None], str, str]] = [
    (_top("@context", "http://www.w3.org/ns/odrl.jsonld"), "odrl_context", "@context"),
    (_top("type", "odrl:Offer"), "odrl_head", "type"),
    (_top("conflict", "odrl:perm"), "odrl_head", "conflict"),
    (_top("conflict", None), "odrl_missing", "conflict"),
    (_top("profile", "http://example.com/other"), "odrl_head", "profile"),
    (_top("obligation", []), "odrl_key", "obligation"),
    (_top("parties", "POL"), "odrl_object", "parties"),
    (_top("version", "2"), "int_type", "version"),
    (_top("code", "klein"), "string_pattern_mismatch", "code"),
    (_set("6.1", "assigner", []), "odrl_missing", "assigner"),
    (_set("6.1", "assignee", None), "odrl_missing", "assignee"),
    (_set("6.1", "assignee", 7), "odrl_term", "assignee"),
    (_set("6.1", "assignee", "vb-field:bsn"), "odrl_term", "assignee"),
    (_set("6.1", "assignee", "vb-party:XYZ"), "unknown_party", "XYZ"),
    (_set("6.1", "target", "vb-field:fullname"), "unknown_field", "fullname"),
    (_set("6.1", "target", []), "odrl_missing", "target"),
    (_set("6.1", "action", "odrl:use"), "odrl_action", "action"),
    (_set("6.1", "action", ["dpv:Consult", "dpv:Copy"]), "odrl_twice", "action"),
    (_set("6.1", "article", "66"), "odrl_article", "66"),
    (_set("6.1", "rule", None), "odrl_missing", "rule"),
    (_set("6.1", "rule", "6.2"), "duplicate_number", "6.2"),
    (_set("6.1", "refinement", []), "odrl_key", "refinement"),
    (_set("6.1", "asWritten", 3), "odrl_type", "asWritten"),
    (_set("6.1", "duty", [{"action": "odrl:compensate"}]), "odrl_duty", "plicht"),
    (_set("6.1", "constraint", ["vrij"]), "odrl_object", "constraint[0]"),
    (_set("7.7", "action", "dpv:Consult"), "odrl_action", "action"),
    (_set("12.1", "duty", []), "odrl_missing", "duty"),
    (_also("6.1", _EXTRA), "odrl_operand", "count"),
    (_also("6.1", {"or": []}), "odrl_value", "or"),
    (_also("6.1", {"or": [_EXTRA]}), "odrl_operand", "or[0]"),
    (_also("7.7", {"leftOperand": "vb:role", "operator": "odrl:isAnyOf", "rightOperand": []}), "odrl_value", "leeg"),
    (_drop("6.1", "odrl:purpose"), "odrl_missing", "odrl:purpose"),
    (_drop("6.1", "odrl:deliveryChannel"), "odrl_missing", "deliveryChannel"),
    (_drop("12.1", "odrl:elapsedTime"), "odrl_missing", "elapsedTime"),
    (_constrain("6.1", "vb:phase", "operator", "odrl:neq"), "odrl_operator", "neq"),
    (_constrain("6.1", "vb:phase", "rightOperand", "vb-phase:triaje"), "unknown_phase", "triaje"),
    (_constrain("6.1", "vb:phase", "rightOperand", None), "odrl_missing", "rightOperand"),
    (_constrain("6.1", "vb:caseKind", "rightOperand", "vb-kind:area"), "odrl_kinds", "area"),
    (_constrain("6.1", "vb-condition:involved", "rightOperand", False), "odrl_value", "true"),
    (_constrain("12.1", "odrl:elapsedTime", "rightOperand", "een uur"), "odrl_value", "duur"),
]  # fmt: skip


@pytest.mark.parametrize(("slip", "code", "word"), SLIPS, ids=[f"{n}-{s[1]}" for n, s in enumerate(SLIPS)])
def test_what_is_wrong_is_told_with_its_place_and_its_mend(
    slip: Callable[[dict[str, Any]], None], code: str, word: str
) -> None:
    sent = out(document(PGA))
    slip(sent)

    found = [finding for finding in findings(sent) if finding.code == code and word in finding.message]

    assert found, [str(finding) for finding in findings(sent)]
    assert found[0].remedy


def test_two_hundred_errors_give_two_hundred_findings() -> None:
    sent = out(document(PGA))
    nodes = [deepcopy(rule(sent, "6.1")) for _ in range(200)]
    for number, node in enumerate(nodes):
        node["target"] = [*node["target"], f"http://example.com/{number}"]
    sent["permission"] = nodes

    found = findings(sent)

    assert len(found) == 200
    assert found[17].message.startswith("permission[17].target[6]: ")
    assert {finding.article for finding in found} == {"6.1"}


def test_wrong_words_of_many_rules_each_name_their_place() -> None:
    sent = out(document(PGA))
    for node in sent["permission"]:
        node["assignee"] = "vb-party:NIEMAND"

    found = findings(sent)

    assert [finding.message.split(":")[0] for finding in found] == [
        f"permission[{number}].assignee" for number in range(len(sent["permission"]))
    ]


@pytest.mark.parametrize(
    "odd", [None, [], "x", 3, {}, {"permission": 1}, {"@context": CONTEXT, "articles": [{"article": []}]}]
)
def test_anything_else_is_refused_with_findings(odd: object) -> None:
    assert findings(odd)


ODD: list[Any] = [
    None, True, 0, -1, 2.5, "", "x", "vb-field:bsn", "vb-party:", "%", "vb-party:%ff", [], [[]], [None], {},
    {"@list": 3}, {"@id": 4}, {"@value": []}, {"or": [{}]}, {"with": {"set": []}, "without": [{}]}, {"with": 1},
]  # fmt: skip


def break_something(dice: Random, value: Any) -> None:
    """Replace one value, anywhere inside, by something odd."""
    while True:
        keys = list(value) if isinstance(value, dict) else range(len(value))
        key = dice.choice(list(keys))
        if not isinstance(value[key], dict | list) or not value[key] or dice.random() < 0.15:
            value[key] = deepcopy(dice.choice(ODD))  # an odd list of its own: a shared one could come to hold itself
            return
        value = value[key]


@settings(thorough, max_examples=300)
@given(seeds)
def test_whatever_stands_anywhere_gives_a_document_or_findings(seed: int) -> None:
    dice, sent = Random(seed), out(document(PGA))
    for _ in range(dice.randint(1, 4)):
        break_something(dice, sent)

    for finding in told(sent):
        assert finding.message
        assert finding.remedy
