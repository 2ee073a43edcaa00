"""Every demo file holds: parties, signed covenants, and cases against schema, catalogue and covenants."""

import json
import re
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import jsonschema_rs
import pytest
import yaml

from agreements.policy.catalogue import load_catalogue
from agreements.policy.compile import Accession, Policy, VersionTerms, compile_policy
from agreements.policy.conditions import condition_bits
from agreements.policy.decide import Decision, decide
from agreements.policy.document import CovenantDocument, load_document
from agreements.policy.question import Actor, Delivery, Question, Reader, Setting
from agreements.policy.regimes import check
from foundation import clock

ROOT = Path(__file__).resolve().parents[2]
DEMO = ROOT / "deploy" / "demo"
SCHEMA = json.loads((ROOT / "cases" / "casework" / "case_file.schema.json").read_text(encoding="utf-8"))
CASES = sorted((DEMO / "cases").glob("*.json"))
COVENANTS = sorted(path for path in (DEMO / "covenants").glob("*.yaml") if "signatures" not in path.name)
WAITING = {"js-md.v2"}
"""Versions that lie ready for signature in the demo, and so do not rule."""
CATALOGUE = load_catalogue()
Case = dict[str, Any]


@cache
def parties() -> dict[str, Any]:
    return yaml.safe_load((DEMO / "parties.yaml").read_text(encoding="utf-8"))


def agencies() -> dict[str, dict[str, Any]]:
    return {agency["code"]: agency for agency in parties()["agencies"]}


def personas() -> dict[str, dict[str, Any]]:
    return {persona["key"]: persona for persona in parties()["personas"]}


@cache
def document(path: Path) -> CovenantDocument:
    return load_document(path.read_text(encoding="utf-8"), catalogue=CATALOGUE)


def signed(path: Path) -> dict[str, Any]:
    name = path.name.replace(".yaml", ".signatures.yaml")
    return yaml.safe_load((path.parent / name).read_text(encoding="utf-8"))


@cache
def newest() -> dict[str, tuple[CovenantDocument, dict[str, str]]]:
    """Per covenant code its newest version and the capacity of each agency that signed that version."""
    found = {}
    for path in COVENANTS:
        capacities = {row["agency"]: row["capacity"] for row in signed(path)["signatures"]}
        found[document(path).code] = (document(path), capacities)
    return found


def day(value: int | str) -> date:
    return clock.today() + timedelta(days=value) if isinstance(value, int) else date.fromisoformat(value)


def contributions(case: Case) -> list[Case]:
    return case["contributions"]


def versions(contribution: Case) -> list[dict[str, Any]]:
    return [contribution["values"], *(item["values"] for item in contribution.get("corrections", []))]


@pytest.fixture(params=CASES, ids=lambda path: path.stem)
def case(request: pytest.FixtureRequest) -> Case:
    return json.loads(request.param.read_text(encoding="utf-8"))


@pytest.fixture(params=COVENANTS, ids=lambda path: path.stem)
def covenant(request: pytest.FixtureRequest) -> Path:
    return request.param


def test_there_are_fourteen_cases_with_a_number_each():
    numbers = [json.loads(path.read_text(encoding="utf-8"))["number"] for path in CASES]

    assert len(numbers) == len(set(numbers)) == 14


def test_agencies_and_personas_are_complete_and_belong_together():
    codes = agencies()
    keys = [persona["key"] for persona in parties()["personas"]]

    assert len({agency["oin"] for agency in codes.values()}) == len(codes) == 19
    assert all(re.fullmatch(r"\d{20}", agency["oin"]) for agency in codes.values())
    assert all(agency["email"].endswith(".example") for agency in codes.values())
    assert len(keys) == len(set(keys))
    for persona in parties()["personas"]:
        assert persona["agency"] in codes
        assert all(persona[words][language] for words in ("title", "look") for language in ("nl", "en"))


def test_every_covenant_loads_and_its_regime_finds_no_error(covenant: Path):
    findings = check(document(covenant), CATALOGUE)

    assert [str(finding) for finding in findings if finding.severity == "error"] == []
    assert all(article.text for article in document(covenant).articles)


def test_every_signature_is_of_a_known_agency_in_the_capacity_the_text_gives_it(covenant: Path):
    text, signatures = document(covenant), signed(covenant)

    for row in signatures["signatures"]:
        agency = agencies()[row["agency"]]
        assert row["capacity"] == text.capacity_of(agency["code"], agency["type"]), row["agency"]
        if covenant.stem not in WAITING:
            assert row["signatory"]
            assert row["mandate"]
            assert row["signed_on"]


def test_the_version_that_waits_lacks_the_signatures_that_the_demo_asks_for():
    (path,) = [path for path in COVENANTS if path.stem in WAITING]
    empty = {row["agency"] for row in signed(path)["signatures"] if not row.get("signed_on")}

    assert empty == {"POL-MD", "GEM-MD", "OND-BAKEN", "ZVH-MD"}


def test_the_second_version_begins_where_the_first_ends():
    first, second = (signed(DEMO / "covenants" / f"pga-md.v{number}.yaml") for number in (1, 2))

    assert first["version_ends"] == second["version_starts"] == date(2026, 1, 1)


def test_the_first_version_announces_attendance_and_shares_no_probation_facts():
    first, second = (document(DEMO / "covenants" / f"pga-md.v{number}.yaml") for number in (1, 2))

    kinds = {rule.id: kind.value for kind, _, _, rule in first.placed_rules()}
    assert kinds["6.4"] == "announcements"
    assert "6.7" not in kinds
    assert {rule.id: kind.value for kind, _, _, rule in second.placed_rules()}["6.4"] == "grants"


def test_a_case_file_fits_the_schema(case: Case):
    validator = jsonschema_rs.validator_for(SCHEMA)

    assert [f"{list(error.instance_path)}: {error.message}" for error in validator.iter_errors(case)] == []


def test_an_unknown_key_or_a_missing_one_does_not_fit_the_schema(case: Case):
    validator = jsonschema_rs.validator_for(SCHEMA)

    assert not validator.is_valid({**case, "remarks": "vrij veld"})
    assert not validator.is_valid({key: value for key, value in case.items() if key != "purpose"})


def test_its_covenants_know_its_kind_and_one_of_them_its_purpose(case: Case):
    documents = [newest()[code][0] for code in case["covenants"]]

    assert all(case["kind"] in text.case_kinds for text in documents)
    assert any(case["purpose"] in text.purposes.values() for text in documents)
    assert bool(case.get("label")) == (case["kind"] == "area")
    subjects = [subject for subject in case["subjects"] if subject["role"] == "subject"]
    assert len(subjects) == {"person": 1, "area": 0}.get(case["kind"], len(subjects))


def test_every_value_fits_its_field_its_section_and_its_source(case: Case):
    for item in contributions(case):
        for values in versions(item):
            for code, value in values.items():
                field = CATALOGUE.by_code[code]
                shown = day(value).isoformat() if field.type == "date" else value
                assert field.check(shown) == "", f"{item['key']}: {code}"
                assert field.section == item["section"], f"{item['key']}: {code}"
                assert agencies()[item["agency"]]["type"] in field.sources, f"{item['key']}: {code}"


def test_every_contribution_is_given_by_a_participant_under_covenants_it_is_a_party_to(case: Case):
    takes_part = {row["agency"] for row in case["participations"]}
    subjects = {subject["key"] for subject in case["subjects"]}

    for item in contributions(case):
        assert item["agency"] in takes_part, item["key"]
        assert (item["subject"] in subjects) if subjects else (item["subject"] is None), item["key"]
        assert set(item["under"]) <= set(case["covenants"]), item["key"]
        for code in item["under"]:
            assert item["agency"] in newest()[code][1], f"{item['key']}: {code}"
        by = personas().get(item["by"])
        assert by is None or by["agency"] == item["agency"], item["key"]
        assert set(item.get("contested", {})) <= set(item["values"]), item["key"]
    keys = [item["key"] for item in contributions(case)]
    assert len(keys) == len(set(keys))


def test_what_is_not_on_the_list_of_the_wgs_comes_in_only_from_a_third_party(case: Case):
    for item in contributions(case):
        for code in item["under"]:
            text, capacities = newest()[code]
            if text.regime == "wgs_zvh" and capacities[item["agency"]] != "third_party":
                odd = [name for name in item["values"] if CATALOGUE.by_code[name].wgs_category == "-"]
                assert odd == [], item["key"]


def test_a_third_party_reads_along_only_where_another_covenant_makes_it_a_full_party(case: Case):
    for row in case["participations"]:
        capacities = [newest()[code][1].get(row["agency"]) for code in case["covenants"]]
        assert any(capacities), row["agency"]
        if row["mode"] == "live":
            assert any(capacity not in (None, "third_party") for capacity in capacities), row["agency"]
        for key in row.get("people", []):
            assert personas()[key]["agency"] == row["agency"]


def test_the_date_of_birth_of_a_person_is_the_same_everywhere(case: Case):
    births = {subject["key"]: subject.get("birth_date") for subject in case["subjects"]}

    for item in contributions(case):
        if "date_of_birth" in item["values"]:
            assert item["values"]["date_of_birth"] == births[item["subject"]]


def test_dates_run_forward_and_nothing_that_happened_lies_ahead(case: Case):
    today, phases = clock.today(), [day(row["from"]) for row in case["phases"]]

    assert phases == sorted(phases)
    assert phases[0] == day(case["opened"])
    assert phases[-1] <= today
    for item in contributions(case):
        moments = [day(item[key]) for key in ("observed_on", "given_on")]
        moments += [day(row["on"]) for row in item.get("corrections", [])]
        moments += [day(item["withdrawn"]["on"])] if "withdrawn" in item else []
        assert moments == sorted(moments), item["key"]
        assert moments[-1] <= today, item["key"]
        assert day(item["given_on"]) >= phases[0], item["key"]
        assert "valid_until" not in item or day(item["valid_until"]) > day(item["given_on"])


def test_a_source_gives_facts_only_while_it_takes_part(case: Case):
    spans = {row["agency"]: row for row in case["participations"]}

    for item in contributions(case):
        row = spans[item["agency"]]
        assert day(item["given_on"]) >= day(row["from"]), item["key"]
        assert "until" not in row or day(item["given_on"]) < day(row["until"]), item["key"]


def test_references_in_conditions_and_holds_exist(case: Case):
    subjects = {subject["key"] for subject in case["subjects"]}
    keys = {item["key"] for item in contributions(case)}

    for row in (*case.get("conditions", []), *case.get("holds", [])):
        assert row.get("subject") in {None, *subjects}
        assert row.get("contribution") in {None, *keys}
        assert {row.get("source"), row.get("recipient")} <= {None, *agencies()}
        assert row.get("fields", "all") == "all" or CATALOGUE.mask(row["fields"])
        assert row.get("kind") != "embargo" or (day(row["review_on"]) - clock.today()).days <= 30


def test_an_extract_holds_what_its_article_gives_to_that_recipient(case: Case):
    modes = {row["agency"]: row["mode"] for row in case["participations"]}

    for row in case.get("extracts", []):
        text = newest()[row["under"]][0]
        rule = {rule.id: rule for _, _, _, rule in text.placed_rules()}[row["article"]]
        assert rule.delivery == "extract"
        assert agencies()[row["agency"]]["type"] in rule.to
        assert agencies()[row["source"]]["type"] in rule.from_
        assert row["purpose"] in text.purpose_codes(rule.purposes)
        assert set(row["values"]) <= set(text.field_codes(rule))
        assert modes[row["agency"]] == "extract"
        assert all(CATALOGUE.by_code[code].check(value) == "" for code, value in row["values"].items())


def test_free_text_of_an_area_names_no_house_number_and_no_case_note_names_a_person(case: Case):
    names = {
        value.split()[-1] for item in contributions(case) for value in [item["values"].get("full_name", "")] if value
    }
    public = [case.get("label", ""), case.get("next_step", {}).get("text", "")]
    public += [row.get("note", "") for row in case["phases"]]
    public += [row["reason"] for row in case["participations"]]

    assert not [text for text in public for name in names if name in text]
    for item in contributions(case):
        if item["section"] == "area":
            assert not re.search(r"\b[A-Z][a-z]+(straat|laan|weg|plein) \d", str(item["values"]))


def moment(value: int | str | date) -> datetime:
    on = value if isinstance(value, date) else day(value)
    return datetime.combine(on, time(), ZoneInfo("Europe/Amsterdam"))


def actor(code: str) -> Actor:
    return Actor(code=code, type=agencies()[code]["type"])


@cache
def policy() -> Policy:
    terms = []
    for path in COVENANTS:
        if path.stem in WAITING:
            continue
        rows = signed(path)
        starts = moment(rows["version_starts"])
        accessions = tuple(
            Accession(
                agency=actor(row["agency"]),
                capacity=row["capacity"],
                starts=max(starts, moment(row["signed_on"])),
                ends=None,
            )
            for row in rows["signatures"]
        )
        ends = moment(rows["version_ends"]) if "version_ends" in rows else None
        terms.append(VersionTerms(document=document(path), starts=starts, ends=ends, accessions=accessions))
    return compile_policy(CATALOGUE, terms)


def conditions_for(case: Case, *, recipient: str, subject: str | None, source: str) -> set[str]:
    births = {row["key"]: row.get("birth_date", 0) for row in case["subjects"]}
    wanted = {"subject": subject, "source": source, "recipient": recipient}
    found = {
        row["condition"]
        for row in case.get("conditions", [])
        if all(row.get(key) in (None, value) for key, value in wanted.items())
        and day(row["from"]) <= clock.today()
        and ("until" not in row or day(row["until"]) > clock.today())
    }
    return found | ({"minor"} if subject and (clock.today() - day(births[subject])).days < 6574 else set())


def decision(
    stem: str, key: str, persona: str, purpose: str, *, via: Delivery = Delivery.LIVE, ahead: int = 0
) -> Decision:
    """What this persona gets of one contribution (or of the first extract, key "extract") of a demo case."""
    case = json.loads((DEMO / "cases" / f"{stem}.json").read_text(encoding="utf-8"))
    person = personas()[persona]
    named = {item["key"]: item for item in contributions(case)}
    item = named[key] if key != "extract" else case["extracts"][0]
    source = item["agency"] if key != "extract" else item["source"]
    met = conditions_for(case, recipient=person["agency"], subject=item["subject"], source=source)
    question = Question(
        reader=Reader(agency=actor(person["agency"]), roles=frozenset(person["roles"]), purpose=purpose),
        setting=Setting(kind=case["kind"], phase=case["phases"][-1]["phase"], covenants=frozenset(case["covenants"])),
        source=actor(source),
        under=frozenset(item["under"] if key != "extract" else [item["under"]]),
        satisfied=condition_bits(met | ({"involved"} if via is Delivery.LIVE else set())),
        at=moment(ahead) + timedelta(hours=12),
        via=via,
    )
    return decide(policy(), question)


@pytest.mark.parametrize(
    ("stem", "key", "persona", "purpose", "visible", "announced"),
    [
        ("01-jayden", "verzuim", "peter", "youth_school", "attendance_measure", ""),
        ("01-jayden", "doelen", "peter", "youth_school", "support_goals", ""),
        ("01-jayden", "politie", "peter", "youth_school", "", ""),
        ("01-jayden", "politie-school", "peter", "youth_school", "", "police_contacts_12m"),
        ("01-jayden", "strafzaak", "peter", "youth_school", "", ""),
        ("01-jayden", "identiteit", "peter", "pga_youth", "", ""),
        ("01-jayden", "zorg", "nadia", "pga_youth", "care_in_place care_contact", "diagnosis"),
        ("02-lotte", "schuiladres", "sanne", "pga_adult", "", ""),
        ("03-azzouzi-smit", "schuld", "joost", "prevent_eviction", "", ""),
        ("03-azzouzi-smit", "ontruiming", "sanne", "prevent_eviction", "eviction_date", ""),
        ("07-dilano-meerkoet", "maatregel", "wouter", "aftercare_detention", "", ""),
        ("07-dilano-meerkoet", "werk", "wouter", "aftercare_detention", "work_status", ""),
        ("08-sjors-vuurtoren", "zorg", "ruben", "pga_adult", "care_in_place care_contact handling_advice", ""),
        ("08-sjors-vuurtoren", "behandeling", "ruben", "pga_adult", "", ""),
        ("11-havenstraat", "druk", "joost", "area_safety", "", ""),
        ("13-milan", "straat-gem", "esra", "pga_youth", "street_observation", ""),
        ("13-milan", "verzuim", "esra", "pga_youth", "", ""),
        ("13-milan", "identiteit", "peter", "pga_youth", "", ""),
    ],
)
def test_the_covenants_give_what_each_persona_is_promised(
    stem: str, key: str, persona: str, purpose: str, visible: str, announced: str
):
    found = decision(stem, key, persona, purpose)
    case = json.loads((DEMO / "cases" / f"{stem}.json").read_text(encoding="utf-8"))
    item = next(item for item in contributions(case) if item["key"] == key)
    present = CATALOGUE.mask(item["values"])

    assert set(CATALOGUE.codes(found.visible & present)) == set(visible.split())
    assert set(CATALOGUE.codes(found.announced & present)) == set(announced.split())


def test_extracts_open_for_the_agency_they_were_pushed_to():
    school = decision("13-milan", "extract", "peter", "pga_youth", via=Delivery.EXTRACT)
    landlord = decision("03-azzouzi-smit", "extract", "joost", "prevent_eviction", via=Delivery.EXTRACT)
    other_school = decision("13-milan", "extract", "hanneke", "pga_youth", via=Delivery.EXTRACT)

    assert {"action_for_recipient", "school_agreement"} <= set(CATALOGUE.codes(school.visible))
    assert {"action_for_recipient", "housing_agreement"} <= set(CATALOGUE.codes(landlord.visible))
    assert other_school.visible == other_school.announced == 0


def test_in_thirty_seven_days_the_aftercare_covenant_gives_nothing_any_more():
    before = decision("07-dilano-meerkoet", "werk", "wouter", "aftercare_detention", ahead=36)
    after = decision("07-dilano-meerkoet", "werk", "wouter", "aftercare_detention", ahead=37)

    assert before.visible
    assert after.visible == after.announced == 0
