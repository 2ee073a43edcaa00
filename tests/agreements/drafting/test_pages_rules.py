"""Changing articles and rules from choices: what the form shows, what it writes, and what it refuses."""

from pathlib import Path
from typing import Any

import pytest

from agreements.drafting import queries
from agreements.drafting.forms_rule import RuleForm
from agreements.drafting.models import Draft
from agreements.drafting.models_nl import MODELS
from agreements.drafting.rule_writing import initial_of
from agreements.policy.document import BreakGlass, Grant, Prohibition
from tests.agreements.drafting import world
from tests.agreements.drafting.desk import LIST, Desk

COVENANTS = Path(__file__).resolve().parents[3] / "deploy" / "demo" / "covenants"
TEXTS = {path.stem: path.read_text() for path in COVENANTS.glob("*.yaml") if ".signatures" not in path.name}
# A pact of pledges has no rules.
TEXTS |= {code: model.text for code, model in MODELS.items() if "grants:" in model.text}
SHAPES: dict[str, Any] = {
    "grants": Grant,
    "announcements": Grant,
    "prohibitions": Prohibition,
    "break_glass": BreakGlass,
}
PGA = next(text for name, text in TEXTS.items() if name.startswith("pga-md"))
SEEN_BY_SCHOOL = {
    "kind": "grants",
    "givers": ["POL"],
    "receivers": ["OND"],
    "roles": ["professional"],
    "fields_": ["police_contacts_12m"],
    "purposes": ["4.1"],
    "phases": ["plan"],
    "delivery": "extract",
    "conditions": ["invited", "secrecy_signed"],
    "any_of_0": ["explicit_consent", "minor"],
    "obligations": ["log"],
    "basis": ["WGS-2.31-9"],
}


def _at(draft: Draft, place: str = "") -> str:
    return f"{LIST}{draft.uid}/{place}"


def _rule(draft: Draft, number: str) -> Any:
    articles = queries.articles_of(world.lieke(), draft.uid)
    return next(rule for article in articles for rule in article.rules if rule.number == number)


@pytest.mark.parametrize("name", TEXTS)
def test_every_rule_comes_out_of_its_form_as_it_went_in(name: str) -> None:
    draft = world.start(TEXTS[name])
    page, choices = queries.draft_page(world.lieke(), draft.uid), queries.choices(world.lieke(), draft.uid)
    seen = 0
    for article in queries.articles_of(world.lieke(), draft.uid):
        for rule in article.rules:
            begun = {**initial_of(rule.kind, rule.rule, purposes=page.purposes), "base_revision": 1}
            shown = RuleForm(choices=choices, article=article.number, written=rule.rule, initial=begun)
            sent = {field: shown[field].value() for field in shown.fields}
            form = RuleForm(sent, choices=choices, article=article.number, written=rule.rule, initial=begun)
            assert form.is_valid(), (rule.number, form.errors)
            assert set(form.rule()) == set(rule.rule) - {key for key in rule.rule if rule.rule[key] in ([], "")}
            assert _meaning(rule.kind, form.rule()) == _meaning(rule.kind, rule.rule), rule.number
            seen += 1
    assert seen > 3


def _meaning(kind: str, rule: Any) -> Any:
    """A rule without the order of its fields, which decides nothing."""
    found = SHAPES[kind].model_validate(rule)
    plain = found.model_dump()
    for key in ("fields", "extra", "sets", "to", "from_", "roles", "purposes", "phases", "obligations", "basis"):
        plain[key] = sorted(plain.get(key) or ())
    for key in ("conditions", "case_kinds", "except_", "notify"):
        plain[key] = sorted(map(str, plain.get(key) or ()))
    return plain


def test_a_rule_is_composed_from_choices_and_gets_the_next_number() -> None:
    draft = world.start(PGA)
    lieke = Desk("lieke")

    page = lieke.fill_in(_at(draft, "artikel/7/regel/"), **SEEN_BY_SCHOOL, text="Alleen het aantal.")

    assert page.where == _at(draft)
    made = _rule(draft, "7.11")
    assert made.words.sentence == "Politie verstrekt op maat aan Onderwijs: contacten 12 mnd."
    assert made.rule["conditions"] == ["invited", "secrecy_signed", {"any_of": ["explicit_consent", "minor"]}]
    assert (made.rule["delivery"], made.rule["purposes"], made.rule["phases"]) == ("extract", ["4.1"], ["plan"])
    assert made.words.sentence in page.text
    assert "artikel 7.11 toegevoegd" in lieke.read(_at(draft, "voortgang/")).text


def test_the_sentence_is_shown_before_anything_is_kept() -> None:
    draft = world.start(PGA)
    lieke, place = Desk("lieke"), _at(draft, "artikel/7/regel/")
    begun = {**lieke.read(place).fields, **SEEN_BY_SCHOOL}

    fragment = lieke.send(place, hx=True, **begun, toon="zin")
    whole = lieke.send(place, **begun, toon="zin")

    assert "Politie verstrekt op maat aan Onderwijs" in fragment.text
    assert "<main" not in fragment.html
    assert "Politie verstrekt op maat aan Onderwijs" in whole.text
    assert whole.fields["receivers"] == ["OND"]
    assert world.reread(draft).revision == 1


def test_a_sentence_waits_until_there_is_enough_to_say() -> None:
    draft = world.start(PGA)
    place = _at(draft, "artikel/7/regel/")

    fragment = Desk("lieke").send(place, hx=True, kind="grants", givers=["POL"], base_revision=1, toon="zin")

    assert fragment.status == 200
    assert "Kies wie geeft, wie ontvangt en welke gegevens" in fragment.text


@pytest.mark.parametrize(
    ("kind", "missing"),
    [
        ("grants", {"givers", "receivers", "roles", "fields_", "purposes", "phases"}),
        ("announcements", {"givers", "receivers", "roles", "fields_", "purposes", "phases"}),
        ("prohibitions", {"receivers", "fields_"}),
        ("break_glass", {"receivers", "fields_", "roles", "condition", "minutes", "review_hours"}),
    ],
)
def test_what_a_kind_of_rule_needs_is_asked_at_its_field(kind: str, missing: set[str]) -> None:
    draft = world.start(PGA)

    page = Desk("lieke").send(_at(draft, "artikel/7/regel/"), kind=kind, base_revision=1)

    assert page.status == 422
    assert {name for name in missing if f'href="#id_{name}"' in page.html} == missing
    assert page.html.count('href="#id_') == len(missing)
    assert world.reread(draft).revision == 1


def test_a_whole_section_is_one_box() -> None:
    draft = world.start(PGA)

    Desk("lieke").fill_in(_at(draft, "artikel/7/regel/"), **{**SEEN_BY_SCHOOL, "fields_": [], "sections": ["housing"]})

    chosen = _rule(draft, "7.11").rule["fields"]
    assert {"tenancy", "rent_arrears_months", "eviction_date"} <= set(chosen)


def test_a_rule_becomes_of_another_kind_and_loses_what_that_kind_does_not_know() -> None:
    draft = world.start(PGA)

    Desk("lieke").fill_in(_at(draft, "regel/6.4/"), kind="prohibitions", reason="niet meer", scope="covenant")

    moved = _rule(draft, "6.4")
    assert (moved.kind, moved.rule["reason"], moved.rule["scope"]) == ("prohibitions", "niet meer", "covenant")
    assert "conditions" not in moved.rule


def test_words_that_the_form_does_not_know_stay_until_somebody_unticks_them() -> None:
    text = PGA.replace('{id: "6.4", from: [GEM]', '{id: "6.4", kleur: rood, from: [GEM, HLP]')
    draft = world.start(text)
    lieke, place = Desk("lieke"), _at(draft, "regel/6.4/")

    shown = lieke.read(place)
    lieke.send(place, **{**shown.fields, "phases": ["plan"]})

    assert "HLP (onbekend)" in shown.text
    kept = _rule(draft, "6.4").rule
    assert (kept["kleur"], kept["from"], kept["phases"]) == ("rood", ["GEM", "HLP"], ["plan"])


def test_a_number_of_another_article_and_a_term_that_ends_before_it_begins_are_refused_at_their_fields() -> None:
    draft = world.start(PGA)

    page = Desk("lieke").fill_in(
        _at(draft, "regel/6.4/"), number="7.99", valid_from="2027-02-01", valid_until="2027-01-01"
    )

    assert page.status == 422
    assert 'href="#id_number"' in page.html
    assert 'href="#id_valid_until"' in page.html
    assert page.fields["number"] == "7.99"


def test_a_number_that_is_taken_is_refused_at_its_field_and_nothing_typed_is_lost() -> None:
    draft = world.start(PGA)

    page = Desk("lieke").fill_in(_at(draft, "artikel/7/regel/"), **SEEN_BY_SCHOOL, number="7.1")

    assert page.status == 422
    assert 'href="#id_number"' in page.html
    assert page.fields["receivers"] == ["OND"]


def test_a_rule_and_an_article_leave_only_after_a_yes() -> None:
    draft = world.start(PGA)
    lieke = Desk("lieke")
    assert "Verwijder regel 6.4" in lieke.read(_at(draft, "regel/6.4/verwijder/")).text
    assert world.reread(draft).revision == 1

    lieke.fill_in(_at(draft, "regel/6.4/verwijder/"))
    lieke.fill_in(_at(draft, "artikel/9/verwijder/"))

    numbers = {item.number for item in queries.articles_of(world.lieke(), draft.uid)}
    assert "9" not in numbers
    assert lieke.read(_at(draft, "regel/6.4/")).status == 404


def test_an_article_is_added_in_its_place_and_its_text_changed() -> None:
    draft = world.start(PGA)
    lieke = Desk("lieke")

    lieke.fill_in(_at(draft, "artikel/"), number="8a", after="8", title="Audit", body="Elk jaar kijkt iemand mee.")
    lieke.fill_in(_at(draft, "artikel/8a/"), body="Elk jaar.\n\nIemand anders.", basis="WGS-1.11, AVG-5-2")

    articles = [item.number for item in queries.articles_of(world.lieke(), draft.uid)]
    assert articles[articles.index("8") + 1] == "8a"
    made = next(item for item in queries.articles_of(world.lieke(), draft.uid) if item.number == "8a")
    assert (made.text, made.basis) == ("Elk jaar.\n\nIemand anders.", ("WGS-1.11", "AVG-5-2"))


def test_head_sets_and_purposes_are_changed_by_their_forms() -> None:
    draft = world.start(PGA)
    lieke = Desk("lieke")

    lieke.fill_in(_at(draft, "aanhef/"), title="Nieuwe titel", term_until="2028-06-30", review_months="6")
    lieke.fill_in(_at(draft, "set/"), name="school_kort", fields_=["truancy_hours"])
    lieke.fill_in(_at(draft, "set/id_core/"), fields_=["full_name"])
    lieke.fill_in(_at(draft, "doel/"), number="4.5", code="area_safety")

    page = queries.draft_page(world.lieke(), draft.uid)
    assert (page.title, str(page.head["term"]["until"]), page.head["term"]["review_months"]) == (
        "Nieuwe titel", "2028-06-30", 6,
    )  # fmt: skip
    assert page.head["term"]["renewal"] == "new_signatures"
    assert (page.sets["school_kort"], page.sets["id_core"]) == (("truancy_hours",), ("full_name",))
    assert page.purposes["4.5"] == "area_safety"

    lieke.fill_in(_at(draft, "doel/4.5/verwijder/"))
    lieke.fill_in(_at(draft, "set/school_kort/verwijder/"))
    page = queries.draft_page(world.lieke(), draft.uid)
    assert ("4.5" in page.purposes, "school_kort" in page.sets) == (False, False)


def test_opening_the_head_and_saving_it_changes_nothing() -> None:
    for text in TEXTS.values():
        draft = world.start(text)
        Desk("lieke").fill_in(_at(draft, "aanhef/"))
        assert world.reread(draft).text == text


def test_opening_a_rule_and_saving_it_changes_nothing() -> None:
    draft = world.start(PGA)
    for number in ("6.4", "6.5", "7.6", "7.8", "7.10", "12.1"):
        page = Desk("lieke").fill_in(_at(draft, f"regel/{number}/"))
        assert page.status == 200
    assert world.reread(draft).text == PGA


def test_a_draft_that_is_put_up_is_read_but_no_longer_changed() -> None:
    draft = world.offered()

    page = Desk("lieke").read(_at(draft))
    refused = Desk("lieke").read(_at(draft, "artikel/6/"))

    assert "Wijzig de tekst" not in page.text
    assert (refused.status, "niet meer te wijzigen" in refused.text) == (403, True)


@pytest.mark.parametrize(
    "place", ["artikel/99/", "regel/99.1/", "set/nee/", "doel/9.9/verwijder/", "tekst/99/", "tekst/0/"]
)
def test_what_is_not_in_the_text_is_not_found(place: str) -> None:
    draft = world.start(PGA)

    assert Desk("lieke").read(_at(draft, place)).status == 404
