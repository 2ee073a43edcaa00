"""The linter: one slip a row, with the rule, the severity and the code; and what every finding has in common."""

from dataclasses import asdict
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agreements.policy.errors import Finding
from agreements.policy.lint import lint, lint_text
from agreements.policy.regimes import check
from tests.pace import within
from tests.policy.worked import CATALOGUE, DEMO, JS, PGA, document

TODAY = date(2026, 6, 1)
EVERYWHERE = frozenset(
    [
        "POL",
        "OM",
        "GEM",
        "BGM",
        "RVK",
        "DJI",
        "GGD",
        "RCL",
        "VT",
        "JB",
        "GGZ",
        "SOC",
        "OND",
        "WON",
        "JW",
        "HLT",
        "SHN",
        "ZVH",
    ]
)
HOLDERS = {
    "professional": EVERYWHERE,
    "team_lead": EVERYWHERE,
    "case_director": frozenset({"ZVH"}),
    "chair": frozenset({"ZVH", "POL", "OM", "GEM"}),
    "street": frozenset({"POL", "GEM", "SOC", "JW"}),
}
DEMO_TEXTS = sorted(DEMO.glob("*.v?.yaml"))
RULE = "roles: [professional], phases: [plan], conditions: [involved], obligations: [log], basis: [WGS-1.5, WGS-2.29-2]"


def findings(text: str, **more: object) -> tuple[Finding, ...]:
    return lint(document(text), CATALOGUE, holders=HOLDERS, today=TODAY, **more)  # type: ignore[arg-type]


def with_rule(text: str, kind: str, rule: str) -> str:
    """The text with one more rule in its last list of that kind."""
    start = text.rindex(f"      {kind}:\n") + len(f"      {kind}:\n")
    return f"{text[:start]}        - {rule}\n{text[start:]}"


def grant(body: str) -> str:
    return with_rule(PGA, "grants", f'{{id: "10.7", {RULE}, purposes: ["4.1"], {body}}}')


def forbid(body: str) -> str:
    return with_rule(PGA, "prohibitions", f'{{id: "7.20", {body}}}')


def swapped(text: str, old: str, new: str) -> str:
    assert old in text
    return text.replace(old, new, 1)


SLIPS = [
    # can it ever match
    (grant("from: [GEM], to: [JB], fields: [bsn], valid: {from: 2028-01-01}"), "10.7", "error", "days_outside_term"),
    (grant("from: [GEM], to: [JB], fields: [bsn], valid: {from: 2026-02-01, until: 2026-01-01}"), "10.7", "error",
     "days_reversed"),
    (grant("from: [GEM], to: [JB], fields: [bsn], valid: {until: 2028-03-01}"), "10.7", "warning",
     "days_partly_outside"),
    (grant("from: [GEM], to: [JB], fields: [bsn], case_kinds: [person, area]"), "10.7", "warning",
     "kind_outside_covenant"),
    (grant("from: [GEM], to: [JB], except: [JB], fields: [bsn]"), "10.7", "error", "recipients_excepted"),
    (forbid("to: [JB], except: [JB], fields: [bsn]"), "7.20", "warning", "recipients_excepted"),
    (grant("from: [GEM-MD], to: [GEM-MD], fields: [bsn]"), "10.7", "error", "only_to_itself"),
    (grant("from: [GEM], to: [JB], except: [OND], fields: [bsn]"), "10.7", "warning", "exception_idle"),
    (grant("from: [GEM], to: [JB], delivery: extract, fields: [bsn]"), "10.7", "error", "extract_to_party"),
    (grant("from: [OM, GEM], to: [JB], fields: [bsn]"), "10.7", "warning", "source_without_fields"),
    (grant("from: [OM], to: [JB], fields: [bsn]"), "10.7", "error", "never_sourced"),
    (grant("from: [GEM], to: [JB], fields: [bsn, release_date]"), "10.7", "warning", "field_without_source"),
    (swapped(PGA, "roles: [street, team_lead]", "roles: [case_director]"), "10.1", "error", "role_of_nobody"),
    (swapped(PGA, "roles: [street, team_lead]", "roles: [street, chair, case_director]"), "10.1", "warning",
     "role_idle"),
    (swapped(PGA, "to: [POL, GEM, SOC], roles: [street, team_lead]", "to: [POL, JB], roles: [street]"), "10.1",
     "warning", "recipient_without_role"),
    # do rules stand in each other's way
    (grant("from: [GGZ], to: [POL, OM], fields: [diagnosis, medication]"), "10.7", "error", "grant_swallowed"),
    (grant("from: [GGZ], to: [POL, JB], fields: [diagnosis]"), "10.7", "warning", "grant_partly_prohibited"),
    (grant("from: [GGZ], to: [POL], fields: [diagnosis, care_contact]"), "10.7", "warning", "grant_partly_prohibited"),
    (forbid('to: "*", sets: [id_core, safety], fields: [care_in_place, actual_residence]'), "12.1", "error",
     "grant_swallowed"),
    (forbid("to: [ZVH, GEM], fields: [diagnosis]"), "6.9", "error", "grant_swallowed"),
    (forbid("to: [ZVH, GEM], fields: [diagnosis], phases: [plan]"), "6.9", "warning", "grant_partly_prohibited"),
    (forbid('to: "*", from: [GGZ], fields: [diagnosis], unless: {regime: wgs_zvh, condition: minor}'), "6.9",
     "warning", "grant_partly_prohibited"),
    (grant("from: [GEM], to: [OM], fields: [truancy_hours], conditions: [involved, minor, rac_tested]").replace(
        "conditions: [involved], obligations: [log], basis: [WGS-1.5, WGS-2.29-2], ", ""), "10.7", "error",
     "rule_without_basis"),
    (grant("from: [GEM], to: [JB], fields: [full_name]"), "10.7", "warning", "said_twice"),
    (forbid("to: [OND], fields: [bsn]"), "7.20", "warning", "said_twice"),
    (with_rule(PGA, "announcements", '{id: "6.10", from: [GEM], to: [OM], roles: [professional], '
     'fields: [truancy_hours], purposes: ["4.1"], phases: [plan], conditions: [involved, minor], basis: [LPW-16]}'),
     "6.10", "warning", "said_twice"),
    (swapped(PGA, "      break_glass:", "      retention: {closed_case: P2Y}\n      break_glass:"), "12", "error",
     "articles_differ"),
    # sensitive data and its ground
    (swapped(PGA, "basis: [WGS-2.29-2, BW-7-457]", "basis: [WGS-1.5]"), "6.5", "error", "special_without_ground"),
    (swapped(JS, "basis: [JW-7.3.11, WMO-5]", "basis: [AVG-6-1-e]"), "9.1", "error", "youth_without_ground"),
    (swapped(PGA, "[log, secrecy, watermark, no_export], basis: [WPG-20-3]", "[log], basis: [AVG-6-1-e]"), "6.1",
     "error", "police_without_ground"),
    (swapped(JS, "basis: [WJSG-39f]", "basis: [AVG-6-1-e]"), "6.2", "error", "judicial_without_ground"),
    (JS, "10.1", "warning", "criminal_without_ground"),
    (swapped(JS, "visit_risk, visit_instruction]\n    conditions", "visit_instruction]\n    conditions"), "10.1",
     "error", "criminal_without_ground"),
    (swapped(PGA, ", basis: [AVG-6-1-d, AVG-9-2-c]", ""), "12.1", "warning", "break_glass_without_basis"),
    (swapped(PGA, ", AVG-9-2-c]", "]"), "12.1", "warning", "break_glass_without_ground"),
    (swapped(PGA, "review_hours: 24", "review_hours: 72"), "12.1", "warning", "break_glass_review_late"),
    (swapped(PGA, "notify: [source, privacy_officers], ", ""), "12.1", "warning", "break_glass_unnoticed"),
    (swapped(PGA, "closed_case: P1Y", "closed_case: P3Y"), "11", "warning", "kept_longer"),
    (swapped(PGA, "street_message: P30D", "street_message: P2M"), "11", "warning", "kept_longer"),
    (swapped(JS, "max_from_first_processing: P2Y", "max_from_first_processing: P9Y"), "14", "warning", "kept_longer"),
    # is it whole
    (swapped(JS, "article: \"13\"", "article: \"99\"").replace(JS[JS.rindex("      text: \"De gemeente is"):JS.index(
        "      basis: [AVG-12")], ""), "99", "warning", "article_without_text"),
    (swapped(JS, "Er is één doel:", "De school krijgt het geheim adres. Er is één doel:"), "4", "warning",
     "text_without_rule"),
    (swapped(PGA, '"4.4": aftercare', '"4.5": nobody\n    "4.4": aftercare'), "", "warning", "purpose_unused"),
    (swapped(PGA, "  sets:", "  sets:\n    spare: [bsn]"), "", "warning", "set_unused"),
    (swapped(PGA, "youth_content: [youth_help_content, vt_content]", "youth_content: []"), "", "warning", "set_empty"),
    (swapped(PGA, "to: [ZVH], roles: [case_director], f", "to: [ZVH, ZVH], roles: [case_director], f"), "5.1",
     "warning", "word_twice"),
    (swapped(JS, "participant: [SOC,", "participant: [HLT, SOC,"), "", "warning", "party_idle"),
    (swapped(PGA, "contact_point: GEM", "contact_point: HLT"), "", "warning", "contact_no_party"),
    (swapped(PGA, "acts_for: GEM", "acts_for: HLT"), "", "warning", "bureau_no_party"),
    (swapped(PGA, "  contact_point: GEM\n", ""), "12", "warning", "breach_to_nobody"),
    (swapped(PGA, "      withdrawal: {notice: P3M, running_cases: until_closing}\n", ""), "", "warning",
     "no_withdrawal"),
    (swapped(PGA, "      breach: {report", "      accession: {consent: all}\n      # {report"), "", "warning",
     "no_breach"),
    (swapped(PGA, "retention: {max_from_first_processing: P5Y, ", "retention: {"), "", "warning", "no_longest_term"),
    (PGA, "", "warning", "no_accession"),
    (swapped(PGA, ", until: 2027-12-31", ""), "", "warning", "term_open"),
    (swapped(PGA, "until: 2027-12-31", "until: 2024-12-31"), "", "error", "term_reversed"),
    (swapped(PGA, "until: 2027-12-31", "until: 2026-05-31"), "", "error", "term_over"),
    (swapped(PGA, "until: 2027-12-31", "until: 2035-12-31"), "", "warning", "term_long"),
    (swapped(PGA, ", review_months: 12", ""), "", "warning", "no_review"),
    (swapped(PGA, "review: 2026-09-01", "review: 2026-05-31"), "", "warning", "dpia_past"),
    (forbid("to: [OND], fields: [bsn], scope: covenant"), "7.20", "warning", "prohibition_limits_itself"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "article", "severity", "code"), SLIPS, ids=[f"{row[3]}-{row[1]}" for row in SLIPS])
def test_a_slip_is_found_where_it_stands_with_the_mend(text: str, article: str, severity: str, code: str) -> None:
    found = [item for item in findings(text) if (item.code, item.article) == (code, article)]

    assert found
    assert {item.severity for item in found} == {severity}
    assert all(item.line > 0 and item.message.endswith(".") and item.remedy.endswith((".", "?")) for item in found)


@pytest.mark.parametrize("path", DEMO_TEXTS, ids=[path.name for path in DEMO_TEXTS])
def test_a_covenant_of_the_demo_has_no_errors(path: Path) -> None:
    others = [document(other.read_text(encoding="utf-8")) for other in DEMO_TEXTS if other != path]

    found = findings(path.read_text(encoding="utf-8"), others=others)

    assert [item for item in found if item.severity == "error"] == []


def test_findings_come_in_order_of_line_each_once_with_those_of_the_regime() -> None:
    text = swapped(swapped(PGA, "roles: [street, team_lead]", "roles: []"), "acts_for: GEM", "acts_for: HLT")

    found = findings(text)

    assert [item.line for item in found] == sorted(item.line for item in found)
    assert len(found) == len({tuple(asdict(item).values()) for item in found})
    assert set(check(document(text), CATALOGUE)) <= set(found)


def test_a_partly_prohibited_grant_names_the_fields_the_parties_and_the_article() -> None:
    found = findings(grant("from: [GGZ], to: [POL, JB], fields: [diagnosis, care_contact]"))

    message = next(item.message for item in found if item.code == "grant_partly_prohibited")
    assert message == "Artikel 7.7 verbiedt een deel: 'Diagnose' (diagnosis) aan POL."


def test_prohibitions_swallow_together_what_neither_swallows_alone() -> None:
    text = with_rule(forbid("to: [JB], set: med"), "grants", f'{{id: "10.7", {RULE}, purposes: ["4.1"], '
                     "from: [GGZ], to: [POL, JB], fields: [diagnosis]}")  # fmt: skip

    swallowed = next(item for item in findings(text) if item.code == "grant_swallowed" and item.article == "10.7")

    assert "7.7" in swallowed.message
    assert "7.20" in swallowed.message


def test_a_prohibition_of_another_covenant_in_force_is_told_on_both_sides() -> None:
    stern = document(forbid("to: [JB, ZVH], set: soc_econ").replace("code: PGA-MD", "code: STERN"))

    mine = {item.article: item for item in findings(PGA, others=[stern]) if item.code == "prohibited_elsewhere"}
    theirs = lint(stern, CATALOGUE, others=[document(PGA)])

    assert set(mine) == {"6.3", "7.5"}
    assert "STERN" in mine["6.3"].message
    assert "7.20" in mine["6.3"].message
    told = [item for item in theirs if item.code == "prohibits_elsewhere" and item.article == "7.20"]
    assert "6.3" in told[0].message
    assert "PGA-MD" in told[0].message


def test_a_prohibition_that_only_counts_under_its_own_covenant_bothers_no_other() -> None:
    shy = document(forbid("to: [JB, ZVH], set: soc_econ, scope: covenant").replace("code: PGA-MD", "code: SHY"))

    assert not [i for i in findings(PGA, others=[shy]) if i.code == "prohibited_elsewhere" and "7.20" in i.message]


def test_a_covenant_for_other_case_kinds_does_not_clash() -> None:
    area = document(
        forbid("to: [JB, ZVH], set: soc_econ")
        .replace("code: PGA-MD", "code: AREA")
        .replace("[person, family]", "[area]")
    )

    assert not [item for item in findings(PGA, others=[area]) if item.code == "prohibited_elsewhere"]


def test_an_earlier_version_of_the_same_covenant_is_no_other_covenant() -> None:
    assert findings(PGA, others=[document(PGA)]) == findings(PGA)


def test_without_holders_or_day_nothing_is_said_about_roles_and_days() -> None:
    text = swapped(PGA, "roles: [street, team_lead]", "roles: [case_director]").replace("2027-12-31", "2026-01-01")

    codes = {item.code for item in lint(document(text), CATALOGUE)}

    assert not codes & {"role_of_nobody", "term_over", "dpia_past"}


def test_a_text_gives_the_document_and_its_findings() -> None:
    found = lint_text(PGA, catalogue=CATALOGUE, holders=HOLDERS, today=TODAY)

    assert found.document is not None
    assert found.findings == findings(PGA)
    assert found.errors == ()
    assert {item.severity for item in found.warnings} == {"warning"}


def test_an_unreadable_text_gives_its_findings_and_no_document() -> None:
    found = lint_text("covenant: {a: [", catalogue=CATALOGUE)

    assert found.document is None
    assert [item.code for item in found.errors] == ["yaml"]


def mistakes(count: int) -> str:
    """A covenant in which a third of the mistakes is of shape, a third of words, and a third against the law."""
    kinds = [
        'roles: street, fields: [bsn], phases: [plan], purposes: ["4.1"], basis: [AVG-6-1-e]',
        'roles: [street], fields: [bsnn], phases: [plan], purposes: ["4.1"], basis: [AVG-6-1-e]',
        'roles: [street], fields: [bsn], phases: [plan], purposes: ["4.1"]',
    ]
    rules = [f'        - {{id: "6.{n}", from: [POL], to: [GEM], {kinds[n % 3]}}}' for n in range(count)]
    head = [
        "covenant:", "  code: AB", "  title: Proef", "  version: 1", "  regime: general", "  term: {from: 2026-01-01}",
        "  parties: {controller: [POL, GEM]}", '  purposes: {"4.1": alpha}', "  articles:",
        '    - {article: "3", case_kinds: [person]}', '    - article: "6"', "      grants:",
    ]  # fmt: skip
    return "\n".join([*head, *rules])


def test_two_hundred_mixed_mistakes_are_two_hundred_findings_within_a_second() -> None:
    text = mistakes(210)

    with within(1):
        found = lint_text(text, catalogue=CATALOGUE).findings

    assert [item.line for item in found] == list(range(13, 223))
    assert {item.code for item in found} == {"tuple_type", "unknown_field", "rule_without_basis"}


def test_what_is_lost_with_a_broken_part_is_not_told_as_a_second_mistake() -> None:
    text = swapped(
        swapped(PGA, "  parties:\n    controller", "  parties:\n    kontroller"), "med: [diag", "med: [[1], diag"
    )

    codes = [item.code for item in lint_text(text, catalogue=CATALOGUE).findings]

    assert codes == ["extra_forbidden", "string_type"]


def test_a_large_covenant_is_linted_within_a_second() -> None:
    rules = [f'{{id: "10.{n}", {RULE}, purposes: ["4.1"], from: [GEM], to: [JB, VT], fields: [bsn]}}' for n in
             range(20, 620)]  # fmt: skip
    large = document(with_rule(PGA, "grants", "\n        - ".join(rules)))

    with within(1):
        found = lint(large, CATALOGUE, holders=HOLDERS, today=TODAY)

    assert len([item for item in found if item.code == "said_twice"]) >= 599


@settings(max_examples=80, deadline=None)
@given(st.text(max_size=40), st.integers(0, len(PGA)), st.integers(0, 60))
def test_any_damage_to_the_text_gives_findings_and_never_an_exception(noise: str, at: int, cut: int) -> None:
    found = lint_text(PGA[:at] + noise + PGA[at + cut :], catalogue=CATALOGUE, holders=HOLDERS, today=TODAY)

    assert found.findings
    assert found.document is not None or found.errors
