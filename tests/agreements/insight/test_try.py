"""What would this teacher see in this phase? The answer is the decision, with article or reason."""

from typing import Any

import pytest
from django.utils import translation

from agreements.covenants.in_force import current_policy
from agreements.insight import choices
from agreements.insight.try_page import GRADES, TryOut, try_page
from agreements.insight.words import why_not
from agreements.policy.catalogue import load_catalogue
from agreements.policy.conditions import condition_bits
from agreements.policy.decide import decide
from agreements.policy.explain import STEP_KINDS, Step
from agreements.policy.question import Question, Reader, Setting
from agreements.policy.vocabulary import PHASES
from foundation import clock
from tests.agreements.insight.world import NEXT, NOW, page, subject

pytestmark = pytest.mark.usefixtures("house")
CONTACTS = "police_contacts_12m"


def _tried(key: str, agency: str, *conditions: str, compare: bool = False, **asked: str) -> TryOut:
    found = subject(key)
    member = choices.member_of(found, agency, default="")
    terms = choices.terms_of(found, {"rol": "professional"} | asked)
    return try_page(found, member, terms, satisfied=condition_bits(conditions), compare=compare)


def _grades(found: TryOut) -> dict[tuple[str, str], str]:
    return {(right.field, right.source.code): right.grade for part in found.sections for right in part.rights}


@pytest.mark.parametrize("phase", PHASES)
def test_the_page_says_what_the_decision_says(phase: str) -> None:
    found = subject(NOW)
    grades = _grades(_tried(NOW, "GEM-MD", "involved", "minor", fase=phase))
    catalogue = load_catalogue()
    for member in found.members:
        if member.code == "GEM-MD":
            continue
        question = Question(
            reader=Reader(
                agency=choices.member_of(found, "GEM-MD", default="").actor,
                roles=frozenset({"professional"}),
                purpose="pga_youth",
            ),
            setting=Setting(kind="person", phase=phase, covenants=frozenset({"PGA-MD"})),
            source=member.actor,
            under=frozenset({"PGA-MD"}),
            satisfied=condition_bits(["involved", "minor"]),
            at=clock.now(),
        )
        decision = decide(current_policy(), question)
        for field in catalogue.fields:
            if member.type in field.sources:
                bit = 1 << field.bit
                said = "visible" if decision.visible & bit else "announced" if decision.announced & bit else None
                assert grades.get((field.code, member.code)) == said, (field.code, member.code)


def test_every_field_that_a_party_can_hold_is_told_of_once() -> None:
    found = _tried(NOW, "GEM-MD", "involved")
    told = [item.field for part in found.sections for item in part.silent]
    given = {right.field for part in found.sections for right in part.rights}

    assert len(told) == len(set(told))
    assert not given & set(told)
    assert all(item.why for part in found.sections for item in part.silent)
    # A case about a person holds no data of an area.
    assert "nuisance_count" not in given | set(told)


def test_a_school_reads_nothing_live_and_gets_its_extract_once_invited() -> None:
    assert _grades(_tried(NOW, "OND-BAKEN", "involved")) == {}
    assert _grades(_tried(NOW, "OND-BAKEN", "involved", "invited", "secrecy_signed", "minor")) == {
        ("action_for_recipient", "GEM-MD"): "extract",
        ("school_agreement", "GEM-MD"): "extract",
    }


def test_acute_danger_opens_what_the_break_glass_article_names() -> None:
    calm, danger = (_tried(NOW, "POL-MD", *names) for names in (("involved",), ("involved", "acute_danger")))

    assert "break_glass" not in _grades(calm).values()
    assert "break_glass" in _grades(danger).values()


def test_a_prohibition_is_named_with_its_reason() -> None:
    found = _tried(NOW, "OND-BAKEN", "involved")
    silent = {item.field: item for part in found.sections for item in part.silent}

    assert silent["diagnosis"].article in ("7.6", "7.7")
    assert "Een verbod houdt het tegen" in silent["diagnosis"].why


def test_a_version_that_waits_is_compared_with_what_rules() -> None:
    found = _tried(NEXT, "OND-BAKEN", "involved", "minor", compare=True)
    changed = {(r.field, r.source.code): r.change for part in found.sections for r in part.rights if r.change}

    assert changed[CONTACTS, "POL-MD"] == "gained"
    assert changed["legal_guardian", "GEM-MD"] == "lost"
    assert (found.n_gained, found.n_lost) == (1, 1)


def test_the_page_marks_gain_and_loss_in_words() -> None:
    asked = {"org": "OND-BAKEN", "gevraagd": "1", "voorwaarde": ["involved", "minor"]}
    text = page("peter", NEXT, "wie-ziet-wat", **asked).content.decode()

    assert "+ erbij, was alleen dat het er is" in text
    assert "− minder, was zichtbaar" in text
    assert "Wat zou een professional van Het Baken College zien" in text


def test_without_a_choice_one_looks_as_ones_own_agency() -> None:
    assert 'value="OND-BAKEN" selected' in page("peter", NOW, "wie-ziet-wat").content.decode()


def test_no_condition_is_something_else_than_no_choice() -> None:
    assumed = 'value="involved" checked'

    assert assumed in page("peter", NOW, "wie-ziet-wat").content.decode()
    assert assumed not in page("peter", NOW, "wie-ziet-wat", gevraagd="1").content.decode()


@pytest.mark.parametrize(("name", "value"), [("org", "X"), ("voorwaarde", "toeval"), ("fase", "x")])
def test_an_unknown_choice_is_refused_in_words(name: str, value: str) -> None:
    assert page("lieke", NOW, "wie-ziet-wat", gevraagd="1", **{name: value}).status_code == 422


def _step(kind: str, **detail: str) -> Step:
    return Step(kind=kind, passed=False, covenant="", version=0, article="", detail=detail)


@pytest.mark.parametrize("kind", [kind for kind in STEP_KINDS if kind not in ("own", "hold")])
def test_every_link_that_can_break_here_has_words(kind: str) -> None:
    detail: dict[str, Any] = {"needs": "", "is": "", "because": "", "reason": ""}

    with translation.override("nl"):
        assert why_not(_step(kind, **detail)).endswith(".")


def test_every_grade_has_words() -> None:
    assert set(GRADES) == {"visible", "extract", "break_glass", "announced", "silent"}
