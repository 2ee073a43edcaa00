"""Editing operations: the document changes in that place only, and the text keeps its comments, order and style."""

import json
import re
from contextlib import suppress
from copy import deepcopy
from difflib import unified_diff
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agreements.drafting import editing
from agreements.drafting.models_nl import MODELS
from agreements.policy.locations import read_yaml
from foundation.errors import Invalid
from tests.agreements.covenants.world import text as demo

ODD = """\
# een eigen stijl, met commentaar overal
covenant:
    title:   "Vreemd"    # titel
    code: 'VREEMD'
    version: 0x2
    regime: general
    parties:
        controller:
        - POL     # politie
        - GEM
    purposes: {"4.1": area_safety}
    # de sets
    sets:
        picture:
        - area_unit   # buurt
        - nuisance_count
    term: {from: 2026-01-01,
           until: 2027-01-01}
    articles:
    # eerst dit
    - {article: "1", title: yes please, text: "hallo
         daar"}

    - article: "2"
      text: |
        eerste regel

        derde regel
      grants:
      # een regel
      - id: "2.1"
        from: [POL]   # van
        to: [GEM]
        conditions:
        - involved
        - any_of: [minor, invited]
      - {id: "2.2", from: [GEM], to: [POL]}
    # en dan dit
    - article: "3"
      break_glass: {id: "3.1", to: [POL]}
"""


def _texts() -> list[str]:
    plain = json.dumps(read_yaml(demo("hav-gebied.v1")).value, default=str, indent=1)
    return [ODD, plain, demo("hav-gebied.v1"), demo("nazorg-md.v1"), MODELS["youth_group"].text]


TEXTS = _texts()
words = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=30) | st.sampled_from(
    [
        "no",
        "y",
        "1",
        "4.10",
        "~",
        "a: b",
        "# nee",
        "- a",
        "'",
        '"',
        "{",
        "a\n\nb ",
        "\ttab",
        "2026-01-01",
        "0x1",
        "é",
        "-",
    ]
)
codes = st.lists(st.sampled_from(["POL", "GEM", "OND-BAKEN", "no", "visit_risk", "4.1", "*", "on"]), max_size=3)
rules = st.fixed_dictionaries(
    {"from": codes, "to": codes},
    optional={
        "roles": codes,
        "text": words,
        "reason": words,
        "offline_minutes": st.integers(1, 99),
        "conditions": st.lists(st.sampled_from(["involved", {"any_of": ["minor", "invited"]}]), max_size=2),
        "valid": st.fixed_dictionaries({}, optional={"from": st.just("2026-01-01"), "until": st.just("morgen")}),
        "fields": codes,
    },
)


def _values(text: str) -> dict[str, Any]:
    return read_yaml(text).value["covenant"]


def _rules(content: dict[str, Any]) -> list[tuple[Any, str, Any]]:
    found = []
    for article in content["articles"]:
        for kind in ("grants", "announcements", "prohibitions"):
            found += [(article, kind, rule) for rule in article.get(kind, [])]
        if "break_glass" in article:
            found.append((article, "break_glass", article["break_glass"]))
    return found


def _without_rule(content: dict[str, Any], number: str) -> dict[str, Any]:
    left = deepcopy(content)
    for article, kind, rule in _rules(left):
        if rule["id"] == number:
            if kind == "break_glass" or len(article[kind]) == 1:
                del article[kind]
            else:
                article[kind].remove(rule)
    return left


def _comments(text: str) -> list[str]:
    return sorted(re.findall(r"(?:^|\s)(#[^\n]*)", text)) if not text.startswith("{") else []


@pytest.mark.slow
@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_after_an_operation_the_document_is_the_same_apart_from_that_change(data: Any) -> None:
    before = data.draw(st.sampled_from(TEXTS))
    content = _values(before)
    numbers = [rule["id"] for _article, _kind, rule in _rules(content)]
    articles = [article["article"] for article in content["articles"]]
    what = data.draw(st.sampled_from(["put", "replace", "remove", "add", "set", "drop", "head", "set_of", "purpose"]))
    after, expected = _DO[what](data, before, content, numbers, articles)
    assert _values(after) == expected
    if what not in ("remove", "drop", "replace"):
        assert set(_comments(after)) >= set(_comments(before)) or what == "set_of"


def _put(data: Any, before: str, content: Any, numbers: list[str], articles: list[str], replaces: str = "") -> Any:
    home, rule = data.draw(st.sampled_from(articles)), data.draw(rules)
    kind = data.draw(st.sampled_from(["grants", "announcements", "prohibitions"]))
    done = editing.put_rule(before, article=home, kind=kind, rule=rule, replaces=replaces)
    values = _values(done.text)
    mine = [rule for article, at, rule in _rules(values) if rule["id"] == done.number]
    assert len(mine) == 1
    assert {key for key in mine[0] if key != "id"} == {key for key, value in rule.items() if value}
    assert all(
        str(mine[0][key]) == str(rule[key]) or key in ("valid", "text", "reason") for key in mine[0] if key != "id"
    )
    left = _without_rule(content, replaces) if replaces else content
    assert _without_rule(values, done.number) == left
    return done.text, values


def _replace(data: Any, before: str, content: Any, numbers: list[str], articles: list[str]) -> Any:
    return _put(data, before, content, numbers, articles, replaces=data.draw(st.sampled_from(numbers)))


def _remove(data: Any, before: str, content: Any, numbers: list[str], _articles: list[str]) -> Any:
    number = data.draw(st.sampled_from(numbers))
    return editing.remove_rule(before, number=number).text, _without_rule(content, number)


def _add(data: Any, before: str, content: Any, _numbers: list[str], articles: list[str]) -> Any:
    title, body, after = data.draw(words), data.draw(words), data.draw(st.sampled_from(["", *articles]))
    done = editing.add_article(before, title=title, body=body, after=after)
    at = articles.index(after) + 1 if after else len(articles)
    new = {"article": done.number, "title": _tidy(title), "text": _tidy(body)}
    expected = deepcopy(content)
    expected["articles"].insert(at, {key: value for key, value in new.items() if value})
    return done.text, expected


def _set(data: Any, before: str, content: Any, _numbers: list[str], articles: list[str]) -> Any:
    number, title, body = data.draw(st.sampled_from(articles)), data.draw(words), data.draw(words)
    more = {"retention": {"closed_case": "P1Y"}, "basis": None}
    done = editing.set_article(before, number=number, title=title, body=body, more=more)
    expected = deepcopy(content)
    article = expected["articles"][articles.index(number)]
    for key, value in {"title": _tidy(title), "text": _tidy(body), **more}.items():
        article.pop(key, None) if not value else article.__setitem__(key, value)
    return done.text, expected


def _drop(data: Any, before: str, content: Any, _numbers: list[str], articles: list[str]) -> Any:
    number = data.draw(st.sampled_from(articles))
    expected = deepcopy(content)
    del expected["articles"][articles.index(number)]
    return editing.remove_article(before, number=number).text, expected


def _head(data: Any, before: str, content: Any, _numbers: list[str], _articles: list[str]) -> Any:
    title = data.draw(words.filter(lambda word: word.strip()))
    done = editing.set_head(before, changes={"title": title, "term": {"review_months": 7}, "contact_point": None})
    expected = deepcopy(content)
    expected["title"] = title
    expected["term"]["review_months"] = 7
    expected.pop("contact_point", None)
    return done.text, expected


def _set_of(data: Any, before: str, content: Any, _numbers: list[str], _articles: list[str]) -> Any:
    name, fields = data.draw(st.sampled_from(["picture", "nieuw", "no"])), list(dict.fromkeys(data.draw(codes)))
    done = editing.put_set(before, name=name, fields=fields)
    expected = deepcopy(content)
    expected["sets"].pop(name, None) if not fields else expected["sets"].__setitem__(name, fields)
    if not expected["sets"]:
        del expected["sets"]
    return done.text, expected


def _purpose(data: Any, before: str, content: Any, _numbers: list[str], _articles: list[str]) -> Any:
    done = editing.put_purpose(before, code="youth_school")
    expected = deepcopy(content)
    assert done.number not in expected["purposes"]
    expected["purposes"][done.number] = "youth_school"
    return done.text, expected


def _tidy(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")).strip()


_DO = {
    "put": _put, "replace": _replace, "remove": _remove, "add": _add, "set": _set, "drop": _drop, "head": _head,
    "set_of": _set_of, "purpose": _purpose,
}  # fmt: skip


def _changed_lines(before: str, after: str) -> list[str]:
    lines = unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=0)
    return [line for line in list(lines)[2:] if not line.startswith("@@")]


def test_a_new_rule_is_one_line_more_and_nothing_else() -> None:
    rule = {"from": ["POL"], "to": ["OND"], "roles": ["professional"], "fields": ["police_contacts_12m"]}
    before = MODELS["youth_group"].text

    done = editing.put_rule(before, article="6", kind="grants", rule=rule)

    assert (done.number, done.note) == ("6.4", "artikel 6.4 toegevoegd")
    assert _changed_lines(before, done.text) == [
        '+        - {id: "6.4", from: [POL], to: [OND], roles: [professional], fields: [police_contacts_12m]}'
    ]


@pytest.mark.parametrize("before", TEXTS[2:])
def test_a_text_keeps_every_line_that_an_operation_is_not_about(before: str) -> None:
    done = editing.set_head(before, changes={"version": 9})

    assert [line.strip() for line in _changed_lines(before, done.text)][1:] == ["+  version: 9"]


def test_an_odd_style_is_kept_in_every_other_place() -> None:
    done = editing.set_article(ODD, number="3", title="Nieuw", body="Tekst.")

    assert _changed_lines(ODD, done.text) == ['+      title: "Nieuw"', '+      text: "Tekst."']


def test_taking_out_an_article_leaves_what_is_said_above_the_next_one() -> None:
    done = editing.remove_article(ODD, number="2")

    assert "# en dan dit" in done.text
    assert "# een regel" not in done.text


def test_a_rule_can_move_to_another_article_and_gets_a_number_there() -> None:
    before = demo("hav-gebied.v1")

    done = editing.put_rule(before, article="5", kind="announcements", rule={"from": ["POL"]}, replaces="6.3")

    assert (done.number, done.note) == ("5.2", "artikel 6.3 is nu 5.2")
    assert '"6.3"' not in done.text


def test_json_stays_json() -> None:
    done = editing.set_head(TEXTS[1], changes={"term": {"from": "2030-01-01"}})

    assert json.loads(done.text)["covenant"]["term"]["from"] == "2030-01-01"


BEFORE = demo("hav-gebied.v1")


@pytest.mark.parametrize(
    ("operation", "arguments", "field"),
    [
        ("set_head", {"changes": {"articles": []}}, "articles"),
        ("add_article", {"title": "a", "number": "5"}, "number"),
        ("add_article", {"title": "a", "number": "5.1"}, "number"),
        ("add_article", {"title": "a", "number": "een nummer"}, "number"),
        ("add_article", {"title": "a", "after": "99"}, "article"),
        ("set_article", {"number": "99", "title": "a", "body": ""}, "article"),
        ("set_article", {"number": "1", "title": "a", "body": "", "more": {"grants": []}}, "grants"),
        ("remove_article", {"number": "99"}, "article"),
        ("put_rule", {"article": "99", "kind": "grants", "rule": {}}, "article"),
        ("put_rule", {"article": "5", "kind": "wensen", "rule": {}}, "kind"),
        ("put_rule", {"article": "5", "kind": "grants", "rule": {"id": "6.1"}}, "number"),
        ("put_rule", {"article": "5", "kind": "grants", "rule": {}, "replaces": "9.9"}, "number"),
        ("remove_rule", {"number": "9.9"}, "number"),
        ("put_set", {"name": "een set", "fields": []}, "name"),
        ("put_purpose", {"number": "vier punt een", "code": "area_safety"}, "number"),
    ],
)
def test_what_has_no_place_in_the_text_is_refused_by_name(operation: str, arguments: Any, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        getattr(editing, operation)(BEFORE, **arguments)

    assert refused.value.field == field
    assert refused.value.remedy


def test_an_article_has_one_break_glass() -> None:
    glass = {"to": ["POL"], "condition": "acute_danger"}
    once = editing.put_rule(BEFORE, article="6", kind="break_glass", rule=glass)

    with pytest.raises(Invalid) as refused:
        editing.put_rule(once.text, article="6", kind="break_glass", rule=glass)

    assert refused.value.field == "kind"


def test_a_value_that_cannot_be_written_is_refused() -> None:
    deep: Any = []
    for _ in range(30):
        deep = [deep]

    with pytest.raises(Invalid):
        editing.put_rule(BEFORE, article="6", kind="grants", rule={"from": [deep]})


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_whatever_was_typed_an_operation_changes_it_or_says_why_not(data: Any) -> None:
    typed = data.draw(st.text(max_size=40))
    at, size = data.draw(st.integers(0, len(ODD))), data.draw(st.integers(0, 40))
    text = data.draw(st.sampled_from([typed, f"covenant: {typed}", ODD[:at] + typed + ODD[at + size :]]))
    for operation, arguments in (
        ("put_rule", {"article": "2", "kind": "grants", "rule": {"from": ["POL"]}}),
        ("set_parties", {"parties": {"controller": ["POL"]}, "bureau": {}}),
        ("remove_article", {"number": "2"}),
    ):
        with suppress(Invalid):
            assert _values(getattr(editing, operation)(text, **arguments).text)
