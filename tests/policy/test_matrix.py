"""The matrix: its letters are the decisions, and a cell can say why."""

import json
from dataclasses import asdict, dataclass
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agreements.policy.compile import Policy, compile_policy
from agreements.policy.conditions import ALL_CONDITIONS, condition_bit
from agreements.policy.decide import decide
from agreements.policy.matrix import Cell, Letter, Matrix, Way, matrix
from agreements.policy.question import Actor, Delivery, Question, Reader, Setting
from agreements.policy.vocabulary import CASE_KINDS, PHASES, ROLES
from tests.pace import within
from tests.policy.oracle import World
from tests.policy.strategies import AGENCIES, CAPACITY, KINDS, MOMENTS, worlds
from tests.policy.strategies import PHASES as SHORT_PHASES
from tests.policy.strategies import ROLES as SHORT_ROLES
from tests.policy.worked import CATALOGUE, DEMO, JS, NOW, PGA, agency, document, policy

INVOLVED = condition_bit("involved")
DEMO_PGA = (DEMO / "pga-md.v2.yaml").read_text(encoding="utf-8")


@dataclass(frozen=True)
class Party:
    actor: Actor
    capacity: str


def members(*texts: str) -> list[Party]:
    found = {token: capacity for text in texts for token, capacity in document(text).capacities.items()}
    return [Party(agency(token), capacity) for token, capacity in found.items()]


def of(text: str, **asked: Any) -> Matrix:
    plain = {"purpose": "pga_youth", "phase": "plan", "case_kind": "person", "at": NOW}
    return matrix(policy(text), CATALOGUE, members(text), **(plain | asked))


def cell(found: Matrix, section: str, source: str, recipient: str) -> Cell:
    here = found.cell(section, f"{source}-MD", f"{recipient}-MD")
    assert here is not None
    return here


def field(here: Cell, code: str) -> tuple[Letter, tuple[Way, ...]]:
    return next((item.letter, item.ways) for item in here.fields if item.field == code)


def by_decisions(rules: Policy, party: Party, source: Actor, role: str, held: int, setting: Setting, asked: Any) -> str:
    """The letter of a cell in the plainest way: `decide` with little and with much satisfied, for one role."""
    visible = announced = possible = 0
    ways = [Delivery.LIVE, Delivery.EXTRACT] if party.capacity == "third_party" else [Delivery.LIVE]
    for via in ways:
        for satisfied in (INVOLVED, ALL_CONDITIONS):
            decision = decide(
                rules,
                Question(
                    reader=Reader(agency=party.actor, roles=frozenset({role}), purpose=asked["purpose"]),
                    setting=setting, source=source, under=setting.covenants,
                    satisfied=satisfied, at=asked["at"], via=via,
                ),
            )  # fmt: skip
            possible |= decision.visible | decision.announced
            if satisfied == INVOLVED:
                visible |= decision.visible
                announced |= decision.announced
    if source == party.actor:
        return "E"
    if visible & held:
        return "S" if held & ~visible else "V"
    return "B" if announced & held else "T" if possible & held else "silent"


def agrees(rules: Policy, parties: list[Party], role: str, asked: dict[str, Any]) -> None:
    setting = Setting(kind=asked["case_kind"], phase=asked["phase"], covenants=frozenset(rules.index.versions))
    found = matrix(rules, CATALOGUE, parties, role=role, **asked)
    assert found.rows
    for row in found.rows:
        held = CATALOGUE.mask(item.field for here in row.cells for item in here.fields)
        for party, here in zip(parties, row.cells, strict=True):
            letter = "silent" if here.letter in (Letter.SILENT, Letter.FORBIDDEN) else here.letter.value
            assert letter == by_decisions(rules, party, row.source, role, held, setting, asked)
            assert here.recipient == party.actor.code


@settings(max_examples=25, deadline=None)
@given(
    st.sampled_from([(PGA,), (JS,), (DEMO_PGA,), (PGA, JS)]),
    st.sampled_from(["pga_youth", "pga_adult", "prevent_eviction", "aftercare_detention", "youth_school", ""]),
    st.sampled_from(PHASES),
    st.sampled_from(CASE_KINDS),
    st.sampled_from(ROLES),
)
def test_every_letter_of_a_worked_covenant_is_what_decide_says(
    texts: tuple[str, ...], purpose: str, phase: str, kind: str, role: str
) -> None:
    agrees(policy(*texts), members(*texts), role, {"purpose": purpose, "phase": phase, "case_kind": kind, "at": NOW})


@settings(max_examples=25, deadline=None)
@given(worlds(), st.sampled_from(SHORT_PHASES), st.sampled_from(KINDS), st.sampled_from(SHORT_ROLES))
def test_every_letter_of_a_random_world_is_what_decide_says(world: World, phase: str, kind: str, role: str) -> None:
    rules = compile_policy(CATALOGUE, world.versions, third_party_mode=world.third_party_mode)
    parties = [Party(actor, CAPACITY[actor.code]) for actor in AGENCIES]

    agrees(rules, parties, role, {"purpose": "alpha", "phase": phase, "case_kind": kind, "at": MOMENTS[1]})


def test_letters_of_the_worked_covenant() -> None:
    found = of(DEMO_PGA)

    assert cell(found, "household", "GEM", "POL").letter is Letter.ALL
    assert cell(found, "police", "POL", "GEM").letter is Letter.SOME
    assert cell(found, "care", "GGZ", "POL").letter is Letter.CONDITION
    assert cell(found, "police", "POL", "OND").letter is Letter.FORBIDDEN
    assert cell(found, "identity", "GEM", "OND").letter is Letter.SILENT
    assert cell(found, "police", "POL", "POL").letter is Letter.OWN
    assert cell(of(JS, purpose="youth_school"), "police", "POL", "OND").letter is Letter.ANNOUNCED
    assert found.cell("police", "GEM-MD", "POL-MD") is None  # the municipality holds no police data


def test_a_section_is_forbidden_only_when_all_of_it_is() -> None:
    text = PGA.replace(
        "to: [POL, OM, OND, WON, JW, SOC], set: med", 'to: "*", sets: [med, care_act], fields: [care_order]'
    )

    assert cell(of(text), "care", "GGZ", "POL").letter is Letter.FORBIDDEN
    letter, ways = field(cell(of(PGA), "care", "GGZ", "POL"), "diagnosis")
    assert (letter, ways) == (Letter.FORBIDDEN, ())


def test_a_cell_names_articles_conditions_obligations_and_roles() -> None:
    here = cell(of(PGA), "care", "GGZ", "POL")
    letter, ways = field(here, "care_in_place")

    assert [str(ref) for ref in here.articles] == ["PGA-MD art. 6.5"]
    assert [str(ref) for ref in here.forbidden] == ["PGA-MD art. 7.7"]
    assert here.roles == ("case_director", "professional")
    assert letter is Letter.CONDITION
    assert ways[0].conditions == (("explicit_consent", "good_care"),)
    assert here.obligations == ("log", "notify_source", "secrecy")
    assert ways[0].delivery == "live"


def test_what_a_third_party_gets_as_an_extract_shows_with_its_delivery() -> None:
    here = cell(of(PGA), "education", "GEM", "OND")

    letter, ways = field(here, "school_agreement")
    assert letter is Letter.CONDITION
    assert here.deliveries == ("extract",)
    assert set(ways[0].conditions) == {("secrecy_signed",), ("invited",), ("minor",)}


def test_a_condition_that_lifts_a_prohibition_is_one_of_the_conditions() -> None:
    text = PGA.replace(
        "unless: {regime: general, condition: om_consent}", "unless: {regime: wgs_zvh, condition: om_consent}"
    )
    text = text.replace("fields: [street_observation,", "fields: [investigation_note, street_observation,")

    letter, ways = field(cell(of(text, role="street"), "police", "POL", "GEM"), "investigation_note")

    assert letter is Letter.CONDITION
    assert ("om_consent",) in ways[0].conditions


def test_without_a_role_the_best_of_the_roles_that_can_be_held_counts() -> None:
    holders = {"street": frozenset({"POL"}), "team_lead": frozenset({"POL"})}

    free, held = of(PGA), of(PGA, holders=holders)

    assert field(cell(free, "signals", "POL", "GEM"), "street_observation")[0] is Letter.ALL
    assert cell(free, "signals", "POL", "GEM").roles == ("street", "team_lead")
    assert cell(held, "signals", "POL", "GEM").letter is Letter.SILENT
    assert cell(held, "signals", "GEM", "POL").roles == ("street", "team_lead")


def test_a_matrix_is_plain_data() -> None:
    assert json.loads(json.dumps(asdict(of(PGA)), default=str))["purpose"] == "pga_youth"


@pytest.mark.parametrize("text", [DEMO_PGA, JS])
def test_a_matrix_is_made_while_somebody_waits(text: str) -> None:
    rules, parties = policy(text), members(text)
    rules.forget()

    with within(0.3):  # some 50 ms
        matrix(rules, CATALOGUE, parties, purpose="pga_youth", phase="plan", case_kind="person", at=NOW)
