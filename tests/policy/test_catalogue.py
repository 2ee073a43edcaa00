"""The catalogue: bits never move, every field can be shown in two languages, errors name their place."""

import json
import shutil
from pathlib import Path

import pytest

from agreements.policy.catalogue import FOLDER, REGISTER, load_catalogue, read_catalogue
from agreements.policy.catalogue_file import CatalogueInvalid

# The register as committed: bit = place in this list. Append only; a moved bit would reinterpret every
# mask ever stored and every journal entry ever sealed.
COMMITTED = """
    full_name date_of_birth bsn aliases contact_details language_support brp_address actual_residence
    secret_address household_member relationship_type legal_guardian supportive_network threat_relation
    truancy_hours attendance_measure school_observation school_support school_agreement income_source
    work_status debt_problem debt_arrangement tenancy rent_arrears_months eviction_date home_nuisance
    closure_order housing_agreement care_in_place care_contact handling_advice diagnosis medication
    suicide_risk care_order substance_signal zrm_scores protection_order custody_placement
    child_safety_judgement vt_status vt_content youth_help_content police_contacts_12m
    police_nuisance_reports police_incident police_domestic_violence police_suspect_status
    police_risk_contact investigation_note criminal_case_status conviction_summary special_conditions
    contact_area_ban detention_status release_date probation_supervision probation_compliance
    probation_risk wmo_provision support_goals subject_view action_for_recipient youth_work_note
    visit_risk visit_instruction weapon_risk signal_summary signal_domain signal_reliability
    problem_domains street_observation area_unit nuisance_count liveability_score undermining_sign
    hotspot_note signal_place signal_person reporter_contact triage_judgement admission_reasons agency_view
    joint_view decision_text dissent_reason parked_point goal_text action_text action_result effect_score
    evaluation_text case_note request_text
""".split()  # noqa: SIM905 - a list of words reads better than 95 quoted ones

ABSENT = (
    "nationality",
    "ethnicity",
    "religion",
    "political_view",
    "sexual_life",
    "residence_status",
    "remarks",
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the catalogue that a test may spoil."""
    shutil.copytree(FOLDER, tmp_path / "fields")
    shutil.copy(REGISTER, tmp_path / "bits.json")
    return tmp_path


def read(folder: Path) -> object:
    return read_catalogue(folder / "fields", folder / "bits.json")


def spoil(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_bits_are_those_of_the_committed_register():
    bits = json.loads(REGISTER.read_text(encoding="utf-8"))

    assert list(bits)[: len(COMMITTED)] == COMMITTED
    assert [bits[code] for code in COMMITTED] == list(range(len(COMMITTED)))


def test_no_bit_is_used_twice():
    catalogue = load_catalogue()

    assert len(catalogue.by_bit) == len(catalogue.by_code) == len(catalogue.fields) == 105


def test_every_field_section_domain_and_choice_has_a_dutch_and_an_english_label():
    catalogue = load_catalogue()

    for item in (*catalogue.fields, *catalogue.sections, *catalogue.domains):
        assert item.label_nl
        assert item.label_en
    for field in catalogue.fields:
        assert field.help_nl
        assert field.help_en
        assert all(nl and en for _, nl, en in field.choices)
        assert field.type != "choice" or len(field.choices) > 1


def test_fields_that_are_absent_by_design_do_not_exist():
    assert not set(ABSENT) & set(load_catalogue().by_code)


def test_only_police_writes_article_nine_notes_and_the_bureau_owns_no_facts_but_requests():
    catalogue = load_catalogue()

    assert catalogue.by_code["investigation_note"].sources == ("POL",)
    facts = [f for f in catalogue.fields if f.entry == "contribution"]
    assert [f.code for f in facts if "ZVH" in f.sources] == ["action_for_recipient"]


def test_masks_and_codes_are_each_others_reverse():
    catalogue = load_catalogue()
    codes = ("full_name", "bsn", "hotspot_note")

    mask = catalogue.mask(codes)

    assert mask == 1 << 0 | 1 << 2 | 1 << 77
    assert catalogue.codes(mask | 1 << 200) == codes
    assert catalogue.section_mask("identity") == 0b111111
    assert catalogue.section_mask("nowhere") == 0


def test_every_section_stands_under_exactly_one_life_domain():
    catalogue = load_catalogue()

    placed = [code for domain in catalogue.domains for code in domain.sections]

    assert sorted(placed) == sorted(section.code for section in catalogue.sections)


def test_the_hash_survives_formatting_but_not_a_changed_word(folder: Path):
    before = load_catalogue().hash
    path = folder / "fields" / "police.yaml"

    spoil(path, "section:", "# a comment\nsection:")
    assert read(folder).hash == before

    spoil(path, "Incident", "Voorval")
    assert read(folder).hash != before
    assert len(before) == 64


def test_a_new_field_takes_the_next_bit_and_the_129th_just_works(folder: Path):
    bits = json.loads((folder / "bits.json").read_text(encoding="utf-8"))
    bits["extra_field"] = 128
    (folder / "bits.json").write_text(json.dumps(bits), encoding="utf-8")
    with (folder / "fields" / "police.yaml").open("a", encoding="utf-8") as file:
        file.write(
            "  - {code: extra_field, type: text, label: {nl: Extra, en: Extra}, help: {nl: x, en: x},"
            " class: o, wgs: id, basis: B1, profile: R1, sources: [POL], keep: K}\n"
        )

    assert read(folder).mask(["extra_field"]) == 1 << 128


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("type: number", "type: picture", "police.yaml: veld police_contacts_12m: "),
        (', en: "Contacts in 12 months"', "", "police.yaml: veld police_contacts_12m: "),
        ("code: police_incident", "code: police_event", "heeft nog geen bit; voeg 105 toe"),
        ("sources: [POL]", "sources: [FBI]", "police.yaml: veld police_contacts_12m: "),
        ("keep: K1", "keep: K1\n    colour: red", "colour"),
        ("section:", "section: [", "police.yaml: geen geldige YAML"),
    ],
)
def test_an_error_in_a_file_names_the_file_and_the_field(folder: Path, old: str, new: str, sentence: str):
    spoil(folder / "fields" / "police.yaml", old, new)

    with pytest.raises(CatalogueInvalid) as raised:
        read(folder)

    assert sentence in str(raised.value)
    assert raised.value.file == "police.yaml"


def test_a_field_may_be_retired_but_not_removed(folder: Path):
    spoil(folder / "fields" / "police.yaml", "keep: K1", "keep: K1\n    retired: true")
    assert read(folder).by_code["police_contacts_12m"].retired

    (folder / "fields" / "area.yaml").unlink()
    with pytest.raises(CatalogueInvalid, match="retired: true"):
        read(folder)


def test_two_codes_on_one_bit_are_refused(folder: Path):
    spoil(folder / "bits.json", '"bsn": 2', '"bsn": 1')

    with pytest.raises(CatalogueInvalid, match="twee keer"):
        read(folder)


@pytest.mark.parametrize(
    ("code", "good", "bad"),
    [
        ("full_name", "Jayden Bovenwater", " "),
        ("date_of_birth", "2010-02-03", "3-2-2010"),
        ("attendance_measure", "warning", "onbekend"),
        ("debt_problem", True, "ja"),
        ("truancy_hours", 38, -1),
        ("zrm_scores", {"finance": 2, "justice": 1}, {"luck": 3}),
        ("police_incident", "Bedreiging bij tramhalte.", "x" * 4001),
    ],
)
def test_a_value_is_checked_by_the_type_of_its_field(code: str, good: object, bad: object):
    field = load_catalogue().by_code[code]

    assert field.check(good) == ""
    assert field.check(bad)


def test_a_value_is_shown_in_words():
    by_code = load_catalogue().by_code

    assert by_code["attendance_measure"].show("warning") == "Officiële waarschuwing"
    assert by_code["attendance_measure"].show("warning", "en") == "Official warning"
    assert by_code["debt_problem"].show(True) == "Ja"
    assert by_code["zrm_scores"].show({"finance": 2, "justice": 1}) == "Financiën 2 · Justitie 1"
    assert by_code["truancy_hours"].show(38) == "38"
    assert by_code["bsn"].label("en") == "Citizen service number"
