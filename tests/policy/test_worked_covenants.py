"""What the worked covenants PGA-MD (wgs_zvh) and JS-MD (general) give whom: the law in examples."""

from dataclasses import replace
from datetime import timedelta

import pytest

from agreements.policy.decide import ArticleRef, decide
from agreements.policy.document import CovenantDocument
from agreements.policy.explain import explain
from agreements.policy.question import Delivery, Question
from agreements.policy.regimes import check
from tests.policy.worked import CATALOGUE, DEMO, ENDS, JS, PGA, STARTS, ask, document, policy

BOTH = policy()
EXTRACT, BREAK_GLASS = Delivery.EXTRACT, Delivery.BREAK_GLASS


def sees(question: Question, *, mode: str = "extract") -> set[str]:
    return set(CATALOGUE.codes(decide(policy(mode=mode), question).visible))


ROWS = [
    # the municipality's professional
    (ask("GEM", "POL"), "police_incident", "visible"),
    (ask("GEM", "POL", satisfied="minor"), "police_incident", "silent"),
    (ask("GEM", "POL", purpose=""), "police_incident", "silent"),
    (ask("GEM", "POL", purpose="prevent_eviction"), "police_incident", "silent"),
    (ask("GEM", "POL", phase="aftercare"), "police_incident", "silent"),
    (ask("GEM", "POL", phase="closed"), "police_incident", "silent"),
    (ask("GEM", "POL", kind="area"), "police_incident", "silent"),
    (ask("GEM", "POL", role="agency_admin"), "police_incident", "silent"),
    (ask("GEM", "GEM", purpose="", phase="closed"), "diagnosis", "visible"),
    # in triage only the light set
    (ask("GEM", "POL", phase="triage"), "police_contacts_12m", "visible"),
    (ask("GEM", "POL", phase="triage"), "police_incident", "silent"),
    # care: consent or good care, and never the diagnosis
    (ask("POL", "GGZ", satisfied="involved"), "handling_advice", "silent"),
    (ask("POL", "GGZ", satisfied="involved good_care"), "handling_advice", "visible"),
    (ask("POL", "GGZ", satisfied="involved explicit_consent"), "diagnosis", "silent"),
    (ask("GEM", "GGZ", satisfied="involved explicit_consent"), "diagnosis", "announced"),
    (ask("GEM", "GGZ", satisfied="involved good_care"), "diagnosis", "silent"),
    # he turned 18
    (ask("RVK", "GEM"), "truancy_hours", "visible"),
    (ask("RVK", "GEM", satisfied="involved"), "truancy_hours", "silent"),
    # the school is a third party in PGA-MD: nothing live, named fields by extract
    (ask("OND", "GEM", phase="plan", satisfied="invited secrecy_signed minor"), "school_agreement", "silent"),
    (
        ask("OND", "GEM", phase="plan", satisfied="invited secrecy_signed minor", via=EXTRACT),
        "school_agreement",
        "visible",
    ),
    (ask("OND", "GEM", phase="plan", satisfied="secrecy_signed minor", via=EXTRACT), "school_agreement", "silent"),
    (ask("OND", "POL", phase="plan", via=EXTRACT), "police_incident", "silent"),
    (ask("ZVH", "OND", role="case_director", satisfied="", phase="triage"), "school_observation", "visible"),
    # and a full party in JS-MD
    (ask("OND", "GEM", purpose="youth_school", covenants="JS-MD"), "support_goals", "visible"),
    (ask("OND", "POL", purpose="youth_school", covenants="JS-MD"), "police_contacts_12m", "announced"),
    (ask("OND", "POL", purpose="youth_school", covenants="JS-MD"), "police_incident", "silent"),
    # a case under both: facts are seen through the covenant that carries them
    (ask("GEM", "OND", purpose="youth_school", covenants="PGA-MD JS-MD", under="JS-MD"), "school_support", "visible"),
    (ask("GEM", "OND", purpose="youth_school", covenants="PGA-MD JS-MD", under="PGA-MD"), "school_support", "silent"),
    # and PGA-MD 7.6 forbids what JS-MD 6.3 announces: the prohibition of one beats the other
    (ask("OND", "POL", purpose="youth_school", covenants="PGA-MD JS-MD"), "police_contacts_12m", "silent"),
    # an agency that never signed
    (ask("POL", "POL-ELDERS"), "police_incident", "silent"),
    (ask("GEM-ELDERS", "POL"), "police_incident", "silent"),
    # danger to life, under article 12.1 only
    (ask("GEM", "POL", purpose="", satisfied="acute_danger", via=BREAK_GLASS), "weapon_risk", "visible"),
    (ask("GEM", "POL", phase="closed", satisfied="acute_danger", via=BREAK_GLASS), "weapon_risk", "visible"),
    (ask("GEM", "POL", purpose="", satisfied="", via=BREAK_GLASS), "weapon_risk", "silent"),
    (ask("GEM", "POL", satisfied="acute_danger involved"), "full_name", "silent"),
    (ask("RVK", "POL", satisfied="acute_danger", via=BREAK_GLASS), "weapon_risk", "silent"),
]  # fmt: skip


@pytest.mark.parametrize(("question", "code", "grade"), ROWS)
def test_the_covenants_give_this_grade(question: Question, code: str, grade: str) -> None:
    decision, bit = decide(BOTH, question), CATALOGUE.by_code[code].bit

    given = "visible" if decision.visible >> bit & 1 else "announced" if decision.announced >> bit & 1 else "silent"
    assert given == grade
    assert explain(BOTH, question, code).grade == grade


def test_a_decision_names_its_articles_and_their_obligations() -> None:
    decision = decide(BOTH, ask("GEM", "POL"))

    ref = decision.article_of(CATALOGUE.by_code["police_incident"].bit)
    assert ref == ArticleRef(covenant="PGA-MD", version=2, article="6.1")
    assert str(ref) == "PGA-MD art. 6.1"
    assert {"watermark", "no_export", "secrecy"} <= decision.obligations
    assert decision.until == ENDS


def test_own_facts_stand_under_no_article() -> None:
    decision = decide(BOTH, ask("GEM", "GEM", covenants=""))

    assert str(decision.article_of(0)) == "own"
    assert (decision.until, decision.obligations) == (None, frozenset())


def test_a_covenant_that_ends_gives_nothing_from_that_moment() -> None:
    tick = timedelta(microseconds=1)

    assert sees(ask("GEM", "POL", at=STARTS)) == sees(ask("GEM", "POL", at=ENDS - tick)) != set()
    assert sees(ask("GEM", "POL", at=STARTS - tick)) == sees(ask("GEM", "POL", at=ENDS)) == set()


def test_no_mode_lets_a_third_party_read_live_under_the_wgs() -> None:
    live = ask("OND", "GEM", phase="plan", satisfied="invited secrecy_signed minor")

    assert [sees(live, mode=mode) for mode in ("extract", "live", "none")] == [set(), set(), set()]
    pushed = replace(live, via=EXTRACT)
    assert sees(pushed) == {"school_agreement", "action_for_recipient"}
    assert sees(pushed, mode="none") == set()


def test_investigation_data_reach_nobody_but_the_prosecutor_unless_general_carries_them() -> None:
    granting = JS.replace(
        '{id: "6.2", from: [OM]', '{id: "6.4", from: [POL], to: [OM, GEM], roles: [professional], '
        'fields: [investigation_note], purposes: ["4.1"], phases: [meeting], conditions: [om_consent]}\n'
        '        - {id: "6.2", from: [OM]'
    )  # fmt: skip
    without_own_prohibition = granting.replace('{id: "11.3", to: "*", except: [OM]', '{id: "11.3", to: [WON]')
    both = policy(PGA, without_own_prohibition)
    question = ask("GEM", "POL", purpose="youth_school", covenants="PGA-MD JS-MD", satisfied="om_consent")

    def reaches(question: Question) -> bool:
        return bool(decide(both, question).visible & CATALOGUE.mask(["investigation_note"]))

    assert reaches(question)
    assert not reaches(replace(question, satisfied=0))
    assert reaches(replace(question, under=frozenset({"JS-MD"})))
    assert not reaches(replace(question, under=frozenset({"PGA-MD"})))


def test_a_prohibition_may_be_limited_to_facts_given_under_its_own_covenant() -> None:
    limited = policy(PGA.replace('"7.6", to: [OND', '"7.6", scope: covenant, to: [OND'), JS)
    bit = CATALOGUE.mask(["police_contacts_12m"])
    school = ask("OND", "POL", purpose="youth_school", covenants="PGA-MD JS-MD", under="JS-MD")

    assert decide(limited, school).announced & bit
    assert not decide(limited, replace(school, under=frozenset({"JS-MD", "PGA-MD"}))).announced & bit


def covenant_files() -> list[str]:
    return sorted(path.name for path in DEMO.glob("*.yaml") if "signatures" not in path.name)


@pytest.mark.parametrize("text", [PGA, JS], ids=["PGA-MD", "JS-MD"])
def test_the_worked_covenants_satisfy_their_regime(text: str) -> None:
    assert check(document(text), CATALOGUE) == ()


@pytest.mark.parametrize("name", covenant_files())
def test_the_covenants_of_the_demo_satisfy_their_regime(name: str) -> None:
    parsed: CovenantDocument = document((DEMO / name).read_text(encoding="utf-8"))

    assert check(parsed, CATALOGUE) == ()
