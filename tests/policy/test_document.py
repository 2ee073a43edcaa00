"""Reading a covenant: every mistake has its article, its line, a sentence and a remedy; all come at once."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agreements.policy.document import DocumentInvalid, Finding, load_document
from agreements.policy.locations import MAX_CHARACTERS
from agreements.policy.schema import CovenantDocument
from tests.policy.worked import CATALOGUE, PGA, document


def findings(text: str) -> tuple[Finding, ...]:
    with pytest.raises(DocumentInvalid) as caught:
        load_document(text, catalogue=CATALOGUE)
    return caught.value.findings


def line_with(text: str, part: str) -> int:
    return next(number for number, line in enumerate(text.splitlines(), 1) if part in line)


def changed(*pairs: tuple[str, str]) -> str:
    text = PGA
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new, 1)
    return text


# what is written instead, in which rule, the code and the word that the finding must name
SLIPS = [
    (("set: pol_light", "set: pol_lite"), "5.3", "unknown_set", "pol_lite"),
    (("fields: [full_name, date_of_birth, bsn", "fields: [fullname, bsn"), "5.2", "unknown_field", "fullname"),
    (
        ('purposes: ["4.4"], phases: [aftercare]', 'purposes: ["4.9"], phases: [aftercare]'),
        "7.5",
        "unknown_purpose",
        "4.9",
    ),
    (("from: [GGZ, GGD]", "from: [GGZ, SHN]"), "6.5", "unknown_party", "SHN"),
    (("[involved, om_consent]", "[involved, om_konsent]"), "6.2", "unknown_condition", "om_konsent"),
    (("any_of: [explicit_consent, good", "any_of: [expliciet, good"), "6.5", "unknown_condition", "expliciet"),
    (("phases: [signal, triage]", "phases: [signal, triaje]"), "5.1", "unknown_phase", "triaje"),
    (("roles: [street, team_lead]", "roles: [straat]"), "10.1", "unknown_role", "straat"),
    (("obligations: [log, secrecy, notify", "obligations: [logg, notify"), "6.5", "unknown_obligation", "logg"),
    (("case_kinds: [person, family]", "case_kinds: [persoon]"), "3", "unknown_case_kind", "persoon"),
    (('{id: "6.2", from: [OM]', '{id: "6.1", from: [OM]'), "6.1", "duplicate_number", "6.1"),
    (('{id: "6.2"', '{id: "9.2"'), "9.2", "rule_number", "9.2"),
    (('article: "9", title: "R', 'article: "8", title: "R'), "8", "duplicate_number", "8"),
    (("absent_by_design: [nationality", "absent_by_design: [bsn"), "7", "not_absent", "bsn"),
    (("controller: [POL, OM", "controller: [POL, POL, OM"), "", "party_twice", "POL"),
    (("contact_point: GEM", "contact_point: GEMEENTE"), "", "unknown_party", "GEMEENTE"),
    (('"4.1": pga_youth', '"4.1": PGA jeugd'), "", "purpose", "PGA jeugd"),
    (("condition: acute_danger", "condition: danger"), "12.1", "unknown_condition", "danger"),
    (('to: "*", except: [OM]', 'to: "*", except: [XX]'), "7.8", "unknown_party", "XX"),
    (("to: [OND, JW], fields: [secret", "to: [], fields: [secret"), "7.9", "prohibits_nothing", "to"),
]


@pytest.mark.parametrize(("slip", "article", "code", "word"), SLIPS)
def test_a_slip_is_found_with_article_line_and_remedy(
    slip: tuple[str, str], article: str, code: str, word: str
) -> None:
    text = changed(slip)

    found = next(item for item in findings(text) if item.code == code)

    assert (found.article, found.severity) == (article, "error")
    assert found.line == line_with(text, slip[1])
    assert word in found.message
    assert found.remedy.endswith((".", "?", "…"))


def test_all_findings_come_at_once_in_order_of_line() -> None:
    text = changed(*(slip for slip, _, code, _ in SLIPS[:7]))

    found = findings(text)

    assert {item.code for item in found} >= {code for _, _, code, _ in SLIPS[:7]}
    assert [item.line for item in found] == sorted(item.line for item in found)


SHAPES = [
    (("version: 2", 'version: "2"'), "version"),
    (("version: 2", "version: 0"), "version"),
    (("regime: wgs_zvh", "regiem: wgs_zvh"), "regiem"),
    (('{id: "6.2"', "{id: 6.2"), "id"),
    (("from: 2025-03-03", "from: maart"), "from"),
    (("delivery: extract, from: [GEM], to: [OND]", "delivery: push, from: [GEM], to: [OND]"), "delivery"),
    (("conditions: [involved, minor]", "conditions: [{all_of: [minor]}]"), "conditions"),
    (("roles: [street, team_lead]", "roles: street"), "roles"),
    ((", minutes: 60", ", minutes: een uur"), "minutes"),
    (("closed_case: P1Y", "closed_case: een jaar"), "closed_case"),
    (("contact_point: GEM", "contact_point: [GEM]"), "contact_point"),
]


@pytest.mark.parametrize(("slip", "field"), SHAPES)
def test_a_wrong_shape_names_the_field_and_the_line(slip: tuple[str, str], field: str) -> None:
    text = changed(slip)

    named = [item for item in findings(text) if f"'{field}'" in item.message]

    assert named
    assert all(item.line == line_with(text, slip[1]) for item in named)


def test_a_wrong_shape_names_its_article() -> None:
    assert findings(changed(("roles: [street, team_lead]", "roles: street")))[0].article == "10.1"


BROKEN = [
    ("", "no_covenant"),
    ("- a", "no_covenant"),
    ("convenant: {}", "no_covenant"),
    ("covenant: {a: [1", "yaml"),
    ("covenant: {a: 1, a: 2}", "yaml_duplicate"),
    ("covenant: {a: &x 1, b: *x}", "yaml_anchor"),
    ("covenant: {4.1: x}", "yaml_key"),
    ("covenant: {? [a] : b}", "yaml_key"),
    ("covenant: !!python/object/apply:os.system [ls]", "model_type"),
    ("covenant: {a: !!int x}", "yaml_tag"),
    ("covenant: {a: 2026-13-45}", "yaml_value"),
    ("covenant: {<<: {a: 1}}", "extra_forbidden"),
    ("a: 1\n---\nb: 2", "yaml"),
    ("covenant: " + "[" * 50_000, "yaml"),
    ("covenant: " + "9" * 6_000, "yaml_value"),
    ("covenant: 'a\x00b'", "yaml"),
    ("covenant: \ud800", "yaml"),
    ("#" * (MAX_CHARACTERS + 1), "too_large"),
    ("covenant: {}", "missing"),
]


@pytest.mark.parametrize(("text", "code"), BROKEN)
def test_broken_text_is_refused_with_a_finding(text: str, code: str) -> None:
    assert code in {item.code for item in findings(text)}


def test_a_bomb_of_aliases_is_refused_before_it_unfolds() -> None:
    layers = "\n".join(f"  l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 10)}]" for n in range(1, 12))

    assert {item.code for item in findings(f"covenant:\n  l0: &l0 [x]\n{layers}")} == {"yaml_anchor"}


def test_a_finding_reads_as_a_sentence() -> None:
    text = str(findings(changed(SLIPS[0][0]))[0])

    assert text.startswith("art. 5.3 regel ")
    assert text.endswith("Onbekende set 'pol_lite'. Bedoelde u 'pol_light'?")


def test_a_document_written_out_again_is_the_same_document() -> None:
    parsed = document(PGA)

    again = CovenantDocument.model_validate(parsed.model_dump(by_alias=True, mode="json"))

    assert again.model_dump() == parsed.model_dump()
    assert again.line(("articles", 0)) == 0


def test_a_reader_of_the_document_finds_lines_fields_purposes_and_capacities() -> None:
    parsed = document(PGA)
    placed = {rule.id: (path, rule) for _, path, _, rule in parsed.placed_rules()}

    path, rule = placed["6.1"]

    assert parsed.line(path) == line_with(PGA, '{id: "6.1"')
    assert parsed.line((*path, "nowhere")) == parsed.line(path)
    assert "police_suspect_status" in parsed.field_codes(rule)
    assert parsed.purpose_codes(("4.1", "pga_adult")) == ("pga_youth", "pga_adult")
    assert parsed.capacity_of("OND-MD", "OND") == "third_party"
    assert (parsed.capacity_of("ZVH-MD", "ZVH"), parsed.capacity_of("HLT-MD", "HLT")) == ("bureau", "")


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=60), st.integers(0, len(PGA)), st.integers(0, 40))
def test_any_damage_to_the_text_gives_a_document_or_findings(noise: str, at: int, cut: int) -> None:
    text = PGA[:at] + noise + PGA[at + cut :]

    try:
        found = load_document(text, catalogue=CATALOGUE).articles
    except DocumentInvalid as error:
        found = error.findings

    assert found
