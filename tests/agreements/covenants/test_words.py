"""Purposes, articles, links of the chain and rules as people read them."""

from dataclasses import replace
from itertools import product

import pytest
from django.utils import translation

from agreements.covenants import labels
from agreements.covenants.in_force import article_text, article_title, current_policy, purposes_for
from agreements.covenants.rules import Standing, State
from agreements.covenants.sentences import mend, sentence
from agreements.covenants.wording import rule_in_words
from agreements.policy import vocabulary
from agreements.policy.catalogue import load_catalogue
from agreements.policy.conditions import CONDITIONS
from agreements.policy.document import load_document
from agreements.policy.explain import STEP_KINDS, Step, explain_all
from agreements.policy.question import Delivery, Setting
from agreements.policy.rows import OWN, ArticleRef
from cases.records.phases import Kind, Phase, Urgency
from cases.records.phases import State as CaseState
from foundation import clock
from tests.agreements.covenants.world import BAKEN, GEM, OM, PGA, POL, ZVH, days, load, question, signatures, text

HOUSE = pytest.mark.usefixtures("house")


@pytest.mark.parametrize(
    ("register", "codes"),
    [
        ("role", vocabulary.ROLES),
        ("phase", vocabulary.PHASES),
        ("phase", tuple(Phase)),
        ("case_kind", vocabulary.CASE_KINDS),
        ("case_kind", tuple(Kind)),
        ("case_state", tuple(CaseState)),
        ("urgency", tuple(Urgency)),
        ("capacity", vocabulary.CAPACITIES),
        ("agency_type", vocabulary.AGENCY_TYPES),
        ("obligation", vocabulary.OBLIGATIONS),
        ("condition", CONDITIONS),
    ],
)
def test_every_code_of_the_vocabulary_has_its_label_and_no_other(register: str, codes: tuple[str, ...]) -> None:
    assert set(labels.REGISTERS[register]) == set(codes)


def test_every_stored_state_is_a_standing_or_becomes_one() -> None:
    assert set(State.values) - {State.AGREED} <= set(Standing.values)


def test_an_unknown_code_is_shown_as_words() -> None:
    assert labels.label("purpose", "some_new_purpose") == "some new purpose"


def test_a_list_is_written_as_people_do() -> None:
    assert labels.listed(["a"]) == "a"
    assert labels.listed(["a", "b", "c"], last="of") == "a, b of c"


@HOUSE
def test_the_purposes_of_a_role_are_those_of_the_rules_that_name_it() -> None:
    load()
    asked = {"covenants": {PGA}, "at": clock.now()}

    found = purposes_for(current_policy(), agency=POL, roles={"professional"}, **asked)
    assert [(o.code, o.covenant, o.article) for o in found] == [
        ("pga_youth", PGA, "4.1"),
        ("pga_adult", PGA, "4.2"),
        ("prevent_eviction", PGA, "4.3"),
        ("aftercare_detention", PGA, "4.4"),
    ]
    assert found[0].label == "Persoonsgerichte aanpak jeugd en gezin"
    street = purposes_for(current_policy(), agency=POL, roles={"team_lead"}, **asked)
    assert [option.code for option in street] == ["pga_youth", "pga_adult"]
    school = purposes_for(current_policy(), agency=BAKEN, roles={"professional"}, **asked)
    assert [option.code for option in school] == ["pga_youth"]


@HOUSE
@pytest.mark.parametrize(
    ("role", "covenants", "shift"),
    [("signatory", {PGA}, 0), ("professional", set(), 0), ("professional", {"JS-MD"}, 0), ("professional", {PGA}, 999)],
    ids=["role reads nothing", "no covenant", "another covenant", "expired"],
)
def test_no_rule_in_force_means_no_purpose(role: str, covenants: set[str], shift: int) -> None:
    load()

    at = clock.now() + days(shift)
    assert purposes_for(current_policy(), agency=OM, roles={role}, covenants=covenants, at=at) == ()


@HOUSE
def test_an_article_is_read_as_it_was_signed_in_its_own_version() -> None:
    load(text("pga-md.v1"), signatures("pga-md.v1"))
    load()
    announced, shown = (ArticleRef(covenant=PGA, version=n, article="6.4") for n in (1, 2))

    assert article_title(shown) == "Verstrekking per bron"
    assert article_text(announced) == "bekend bij leerplicht"
    assert article_text(shown).startswith("Elke bron verstrekt alleen")
    assert article_text(OWN) == article_title(OWN) == ""
    assert article_text(ArticleRef(covenant=PGA, version=9, article="6.4")) == ""


@HOUSE
def test_every_link_of_every_chain_is_a_sentence() -> None:
    load()
    load(text("js-md.v1"), signatures("js-md.v1"))
    policy, seen = current_policy(), {}
    readers, sources = (OM, POL, ZVH, BAKEN), (GEM, POL, BAKEN)
    settings = [
        Setting(kind=kind, phase=phase, covenants=frozenset(codes))
        for kind, phase, codes in product(("person", "area"), ("", "triage", "plan"), ([PGA], [PGA, "JS-MD"], []))
    ]
    for reader, source, setting, shift, via in product(readers, sources, settings, (0, 2000), Delivery):
        asked = replace(
            question(clock.now() + days(shift), reader=reader, purpose="" if shift else "pga_youth"),
            source=source, setting=setting, under=frozenset({PGA}), via=via, held=-1 if shift else 0,
        )  # fmt: skip
        for answer in explain_all(policy, asked):
            # The words come from the link alone, so each different link is read once.
            seen |= {repr(step): step for step in {id(s): s for s in (*answer.steps, *answer.mend)}.values()}

    for language, step in product(("nl", "en"), seen.values()):
        with translation.override(language):
            words = sentence(step)
            assert words.endswith(".")
            assert "%(" not in words
            assert mend(step).endswith(".")
    assert {step.kind for step in seen.values()} == set(STEP_KINDS)


def _step(kind: str, passed: bool = False, **detail: str) -> Step:
    return Step(kind=kind, passed=passed, covenant=PGA, version=2, article="6.4", detail=detail)


@pytest.mark.parametrize(
    ("step", "said", "mended"),
    [
        (
            _step("phase", **{"is": "triage", "needs": "meeting,plan"}),
            "De casus is in de fase Triage. Dit artikel geldt alleen in: Overleg en Plan van aanpak.",
            "De fase Overleg en Plan van aanpak.",
        ),
        (
            _step("condition", **{"is": "minor", "needs": "minor,explicit_consent|good_care"}),
            "Een voorwaarde is niet vervuld: de betrokkene gaf uitdrukkelijk toestemming of goede hulpverlening "
            "vraagt erom, met een reden op schrift.",
            "Vastleggen in de casus: de betrokkene gaf uitdrukkelijk toestemming of goede hulpverlening vraagt "
            "erom, met een reden op schrift.",
        ),
        (
            _step("party", because="reader"),
            "Uw organisatie is geen partij bij PGA-MD.",
            "Toetreding van uw organisatie tot PGA-MD.",
        ),
        (
            _step("purpose", **{"is": "", "needs": "pga_youth"}),
            "U koos nog geen doel. Dit artikel geldt voor: “Persoonsgerichte aanpak jeugd en gezin”.",
            "Lezen voor het doel “Persoonsgerichte aanpak jeugd en gezin”, als u daarvoor werkt.",
        ),
        (
            _step("recipient", **{"is": "GEM-MD", "needs": "* - OM"}),
            "Uw organisatie is geen ontvanger. Dat zijn: iedereen, maar niet Openbaar Ministerie.",
            "Dit verandert alleen als partijen het convenant wijzigen.",
        ),
    ],
)
def test_a_broken_link_says_what_breaks_and_what_would_mend_it(step: Step, said: str, mended: str) -> None:
    assert (sentence(step), mend(step)) == (said, mended)


def _rules(name: str = "pga-md.v2") -> dict[str, tuple[str, dict[str, str]]]:
    catalogue = load_catalogue()
    document = load_document(text(name), catalogue=catalogue)
    placed = document.placed_rules()
    words = [rule_in_words(document, kind, article, rule, catalogue=catalogue) for kind, _p, article, rule in placed]
    return {rule.number: (rule.sentence, dict(rule.terms)) for rule in words}


def test_a_rule_reads_as_a_sentence_with_its_terms() -> None:
    sentence_, terms = _rules()["6.4"]

    assert sentence_ == (
        "Gemeente verstrekt aan Zorg- en Veiligheidshuis, Raad voor de Kinderbescherming, Jeugdbescherming, "
        "Veilig Thuis en Openbaar Ministerie: gemeld verzuim (uren) en maatregel leerplicht."
    )
    assert terms["Voor wie werkt als"] == "Professional of Procesregisseur"
    assert terms["Voorwaarde"] == "de lezer neemt deel aan de casus en de betrokkene is jonger dan 18 jaar"


@pytest.mark.parametrize(
    ("number", "begins"),
    [
        ("6.9", "Geestelijke gezondheidszorg laat aan"),
        ("7.1", "Gemeente verstrekt op maat aan Onderwijs"),
        ("7.3", "Onderwijs, Woningcorporatie en Jongerenwerk melden zelf aan"),
        ("7.8", "Verboden voor iedereen, behalve Openbaar Ministerie:"),
        ("12.1", "Politie, Gemeente, Veilig Thuis"),
    ],
)
def test_each_kind_of_rule_has_its_own_sentence(number: str, begins: str) -> None:
    assert _rules()[number][0].startswith(begins)


@pytest.mark.parametrize("name", ["pga-md.v1", "pga-md.v2", "js-md.v1", "hav-gebied.v1", "nazorg-md.v1"])
def test_no_rule_of_the_demo_is_without_words(name: str) -> None:
    for sentence_, terms in _rules(name).values():
        assert sentence_.endswith(".")
        assert all(terms.values())
