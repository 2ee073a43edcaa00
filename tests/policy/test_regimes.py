"""What each regime asks: one slip a row, with the rule, the line and the finding; and the list is open."""

import pytest

from agreements.policy.errors import Finding
from agreements.policy.regimes import REGIMES, Regime, check, third_party_live
from tests.policy.worked import CATALOGUE, JS, PGA, document

RIEC = PGA.replace("regime: wgs_zvh", "regime: wgs_riec")
POLICE = '{id: "6.1", from: [POL], to: [OM, GEM, JB, VT, ZVH]'


def found(text: str, old: str, new: str) -> dict[str, Finding]:
    """The findings after one change, by code, the last of each."""
    assert old in text
    return {item.code: item for item in check(document(text.replace(old, new, 1)), CATALOGUE)}


# text, what stands there, what is written instead, the rule, the code
SLIPS = [
    # every regime
    (PGA, "obligations: [log], basis: [WPG-20-3]", "obligations: [log]", "5.3", "rule_without_basis"),
    (PGA, "phases: [signal, triage], conditions: []", "conditions: []", "5.1", "rule_without_phases"),
    (PGA, 'purposes: ["4.4"], phases: [aftercare]', "phases: [aftercare]", "7.5", "rule_without_purposes"),
    (PGA, "to: [ZVH], roles: [case_director], ", "to: [ZVH], ", "5.1", "rule_without_roles"),
    (PGA, "set: pol_full, purposes", "purposes", "6.1", "rule_without_fields"),
    (PGA, "case_kinds: [person, family]", "case_kinds: []", "7.5", "no_case_kinds"),
    (PGA, "{any_of: [explicit_consent, good_care]}", "source_consent", "6.5", "secrecy_without_condition"),
    (PGA, "any_of: [explicit_consent, good_care]", "any_of: [good_care, minor]", "6.5", "secrecy_without_condition"),
    (PGA, "conditions: [involved, explicit_consent]", "conditions: [involved]", "6.9", "secrecy_without_condition"),
    (PGA, "unless: {regime: general", "unless: {regime: generaal", "7.8", "unknown_regime"),
    # wgs_zvh
    (PGA, "participant: [RCL", "participant: [HLT, RCL", "", "capacity_not_in_law"),
    (PGA, "set: pol_light, purposes", "fields: [youth_work_note], purposes", "5.3", "category_not_on_list"),
    (PGA, 'id: "7.1", delivery: extract', 'id: "7.1"', "7.1", "third_party_live"),
    (PGA, "to: [ZVH, OM, GEM, BGM]", 'to: "*"', "5.3", "third_party_live"),
    (PGA, "inbound, from: [OND, WON, JW]", "inbound, from: [OND, GEM]", "7.3", "inbound_from_party"),
    (PGA, "delivery: inbound, from: [OND, WON, JW]", "from: [OND, WON, JW]", "7.3", "third_party_source"),
    (PGA, "set: pol_full, purposes", "fields: [investigation_note], purposes", "6.1", "wpg9_granted"),
    (PGA, "case_kinds: [person, family]", "case_kinds: [person, area]", "10.1", "area_under_zvh"),
    (PGA, "max_from_first_processing: P5Y", "max_from_first_processing: P61M", "11", "kept_too_long"),
    # wgs_riec
    (RIEC, "case_kinds: [person, family]", "case_kinds: [person]", "10.1", "kinds_not_listed"),
    (RIEC, 'id: "7.1", delivery: extract', 'id: "7.1"', "7.1", "third_party_live"),
    # general
    (JS, "data: [police_contacts_12m, ", "data: [", "6.3", "data_not_in_decision"),
    (JS, "receivers: [OM, GEM", "receivers: [GEM", "6.1", "receiver_not_in_decision"),
    (JS, POLICE, POLICE.replace("ZVH", "ZVH, POL"), "6.1", "receiver_not_in_decision"),
    (JS, "set: pol_youth", "fields: [investigation_note]", "6.1", "wpg9_without_consent"),
    (JS, "set: school_facts", "fields: [substance_signal]", "5.4", "special_without_ground"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "old", "new", "article", "code"), SLIPS)
def test_a_regime_finds_what_the_law_asks(text: str, old: str, new: str, article: str, code: str) -> None:
    findings = [
        item
        for item in check(document(text.replace(old, new, 1)), CATALOGUE)
        if item.code == code and item.article == article
    ]

    assert old in text
    assert findings
    assert all(item.line > 0 and item.message and item.remedy and item.severity == "error" for item in findings)


def test_a_covenant_without_decision_gives_no_police_data_under_general() -> None:
    start, end = JS.index("  decision:"), JS.index("  parties:")

    findings = check(document(JS[:start] + JS[end:]), CATALOGUE)

    assert {item.code for item in findings} == {"no_wpg_decision"}
    assert {"6.1", "6.3"} <= {item.article for item in findings}


def test_a_covenant_without_purposes_or_contact_hears_so_and_without_dpia_when_it_gives_data() -> None:
    bare = """
covenant:
  {code: AB, title: Kaal, version: 1, regime: general, term: {from: 2026-01-01}, parties: {controller: [POL]},
   articles: [{article: "1", title: Niets}]}
"""
    findings = check(document(bare), CATALOGUE)

    assert {(item.code, item.severity) for item in findings} == {
        ("no_purposes", "error"),
        ("no_contact_point", "warning"),
    }
    giving = bare.replace(
        "title: Niets}", 'title: Iets, grants: [{id: "1.1", from: [POL], to: [POL], fields: [full_name]}]}'
    )
    assert "no_dpia" in {item.code for item in check(document(giving), CATALOGUE)}


def test_an_unknown_regime_is_an_error_that_lists_the_known_ones() -> None:
    finding = found(PGA, "regime: wgs_zvh", "regime: wams")["unknown_regime"]

    assert (finding.severity, finding.line) == ("error", 5)
    assert "general, wgs_riec, wgs_zvh" in finding.remedy
    assert not third_party_live("wams")


def test_a_new_regime_is_one_entry_in_the_list(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(REGIMES, "wams", Regime(code="wams", third_party_live=True, checks=()))

    assert check(document(PGA.replace("regime: wgs_zvh", "regime: wams")), CATALOGUE) == ()
    assert third_party_live("wams")
