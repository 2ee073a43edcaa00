"""Loading case files: all or nothing, with versions of their own day, journalled."""

import json
from collections.abc import Callable
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from agreements.covenants.rules import operator
from agreements.parties.models import Membership, Professional
from audit.journal.models import Entry
from cases.casework.loading.faults import CaseFilesInvalid
from cases.casework.loading.load import load_case_files
from cases.disclosure.circumstances import circumstances_of
from cases.models import Case, CaseSubject, Circumstance, Contribution, Extract, Participation, Subject
from cases.records.sealed import SealBroken
from foundation import clock
from foundation.masks import from_hex
from tests.cases.loading.test_check import CONDITION, EXTRACT, HOLD

BY = operator("test")


def bodies(event: str) -> list[dict[str, Any]]:
    rows = Entry.objects.filter(event_type=event).order_by("id")
    return [json.loads(bytes(row.body)) for row in rows]


def test_a_case_gets_its_present_values(store: None, written: Callable[..., Path], case: dict[str, Any]) -> None:
    load_case_files([written(case)], by=BY)
    made = Case.objects.get(number="MD-2026-0999")

    assert (made.phase, made.phase_since) == ("plan", clock.start_of(clock.today() - timedelta(days=12)))
    assert made.opened_at == clock.start_of(clock.today() - timedelta(days=40))
    assert (made.covenants, made.partners, made.lead.code) == ("PGA-MD", "GEM ZVH", "ZVH-MD")
    assert (made.next_step_on, made.next_step_owner) == (clock.today() + timedelta(days=5), "GEM")
    assert list(made.phase_changes.values_list("phase", "by__code")) == [("signal", "GEM-MD"), ("plan", "ZVH-MD")]
    assert list(made.covenant_terms.values_list("code", "ends")) == [("PGA-MD", None)]


def test_participations_carry_the_sort_keys_of_the_list(
    store: None, written: Callable[..., Path], case: dict[str, Any]
) -> None:
    case["participations"][1]["until"] = -3
    load_case_files([written(case)], by=BY)
    rows = {row.agency.code: row for row in Participation.objects.select_related("agency")}

    assert {row.urgency_rank for row in rows.values()} == {1}
    assert {row.next_step_on for row in rows.values()} == {clock.today() + timedelta(days=5)}
    assert not rows["ZVH-MD"].everyone
    assert [member.professional.demo_key for member in rows["ZVH-MD"].members.all()] == ["nadia"]
    assert not rows["GEM-MD"].is_open
    assert rows["WON-WATERWEG"].mode == "extract"
    assert Case.objects.get().partners == "ZVH"


def test_every_version_stands_under_its_own_day(
    store: None, written: Callable[..., Path], case: dict[str, Any]
) -> None:
    loaded = load_case_files([written(case)], by=BY)
    rent = Contribution.objects.get(section="housing")
    versions = list(rent.history.order_by("history_date"))
    days = [clock.today() - (row.history_date.astimezone(clock.AMSTERDAM).date()) for row in versions]

    assert (loaded.contributions, loaded.versions) == (2, 4)
    assert [row.history_type for row in versions] == ["+", "~", "~"]
    assert [day.days for day in days] == [30, 5, 2]
    assert [row.withdrawn_at is None for row in versions] == [True, True, False]
    assert rent.withdrawn_at == versions[-1].history_date
    assert rent.given_at == versions[0].history_date
    assert versions[-1].values.__class__.__name__ == "SealedFacts"


def test_what_is_loaded_is_sealed(store: None, written: Callable[..., Path], case: dict[str, Any]) -> None:
    load_case_files([written(case)], by=BY)

    with pytest.raises(SealBroken):
        list(Contribution.objects.first().values)  # type: ignore[union-attr]


def test_days_as_values_become_dates(store: None, written: Callable[..., Path], case: dict[str, Any]) -> None:
    load_case_files([written(case)], by=BY)
    text = Contribution.objects.extra(select={"text": '"values"'}).get(section="housing").text

    assert json.loads(text) == {
        "facts": {
            "eviction_date": (clock.today() + timedelta(days=9)).isoformat(),
            "rent_arrears_months": 4,
        },
        "contested": {"rent_arrears_months": "Ik heb alles betaald."},
        "reason": "Weer een maand.",
    }


def test_without_under_all_covenants_of_the_party_count(
    store: None, written: Callable[..., Path], case: dict[str, Any]
) -> None:
    case["covenants"] = ["PGA-MD", "JS-MD"]
    for item in case["contributions"]:
        del item["under"]
    load_case_files([written(case)], by=BY)

    assert dict(Contribution.objects.values_list("section", "under")) == {
        "identity": "JS-MD PGA-MD",
        "housing": "PGA-MD",
    }


def test_conditions_and_holds_reach_the_rules(store: None, written: Callable[..., Path], case: dict[str, Any]) -> None:
    case["conditions"] = [CONDITION | {"recipient": "WON-WATERWEG"}]
    case["holds"] = [HOLD, HOLD | {"contribution": "huur", "fields": ["tenancy", "eviction_date"], "source": "GEM-MD"}]
    load_case_files([written(case)], by=BY)
    invited, whole, narrow = Circumstance.objects.order_by("id")
    made = Case.objects.get()

    assert (invited.nature, invited.code, invited.recorded_by) == (
        "condition", "invited", "Sanne de Wit, Gemeente Maasdelta, sociaal team",
    )  # fmt: skip
    assert whole.fields == ""
    assert bin(from_hex(narrow.fields)).count("1") == 2
    assert narrow.contribution == Contribution.objects.get(section="housing")
    assert len(circumstances_of([made.pk], recipient=invited.recipient_id, at=clock.now())[made.pk].conditions) == 1


def test_an_extract_is_kept_with_its_decision(store: None, written: Callable[..., Path], case: dict[str, Any]) -> None:
    case["extracts"] = [EXTRACT]
    load_case_files([written(case)], by=BY)
    made = Extract.objects.get()

    assert (made.under, made.article, made.recipient.code) == ("PGA-MD", "7.2", "WON-WATERWEG")
    assert made.ends == clock.start_of(clock.today() + timedelta(days=60))
    assert made.decided_at < clock.now()


def test_the_journal_binds_every_version(store: None, written: Callable[..., Path], case: dict[str, Any]) -> None:
    load_case_files([written(case)], by=BY)
    loaded, corrected, withdrawn = (
        bodies(event)[0] for event in ("case.loaded", "contribution.corrected", "contribution.withdrawn")
    )
    bound = [ref["history_id"] for body in (loaded, corrected, withdrawn) for ref in body["matter"]["history"]]

    assert sorted(bound) == sorted(Contribution.history.values_list("history_id", flat=True))
    assert loaded["matter"]["case_ref"] == Case.objects.get().ref
    assert loaded["matter"]["detail"] == {"contributions": 2, "versions": 4}
    assert corrected["act"]["parts"]["reason"]
    assert "Sam" not in str(loaded)


def test_one_entry_for_each_person_and_one_for_an_area(
    store: None, written: Callable[..., Path], case: dict[str, Any]
) -> None:
    case["kind"] = "family"
    case["subjects"].append({"key": "kim", "role": "circle"})
    load_case_files([written(case)], by=BY)

    assert len(bodies("case.loaded")) == 2


def test_a_name_becomes_an_employee_who_cannot_sign_in(
    store: None, written: Callable[..., Path], case: dict[str, Any]
) -> None:
    for item in case["contributions"]:
        item["by"] = "Ada Vries"
    load_case_files([written(case)], by=BY)
    made = Professional.objects.filter(name="Ada Vries")

    assert {person.memberships.get().agency.code for person in made} == {"GEM-MD", "WON-WATERWEG"}
    assert not any(person.is_active or person.has_usable_password() for person in made)
    assert Membership.objects.filter(professional__in=made).count() == 2


def test_the_same_person_in_two_files_and_two_loads_is_one(
    store: None, written: Callable[..., Path], case: dict[str, Any]
) -> None:
    case["subjects"][0]["subject_ref"] = "sam-1990"
    paths = []
    for number in ("MD-2026-0001", "MD-2026-0002", "MD-2026-0003"):
        case["number"] = number
        paths.append(written(case, f"{number}.json"))
    load_case_files(paths[:2], by=BY)
    load_case_files(paths[2:], by=BY)

    assert CaseSubject.objects.count() == 3
    assert Subject.objects.count() == 1


def test_a_known_person_keeps_the_date_of_birth(
    store: None, written: Callable[..., Path], case: dict[str, Any]
) -> None:
    case["subjects"][0]["subject_ref"] = "sam-1990"
    first = written(case)
    case |= {"number": "MD-2026-0001"}
    case["subjects"][0]["birth_date"] = case["contributions"][0]["values"]["date_of_birth"] = -12399
    second = written(case, "second.json")

    with pytest.raises(CaseFilesInvalid) as together:
        load_case_files([first, second], by=BY)
    load_case_files([first], by=BY)
    with pytest.raises(CaseFilesInvalid) as later:
        load_case_files([second], by=BY)
    assert [fault.path for fault in together.value.faults] == ["subjects[0].birth_date"]
    assert [fault.path for fault in later.value.faults] == ["subjects[0].birth_date"]


def test_one_bad_file_keeps_all_out(store: None, written: Callable[..., Path], case: dict[str, Any]) -> None:
    good = written(case, "good.json")
    case |= {"number": "MD-2026-0001", "urgency": "hoog"}
    before = Entry.objects.count()

    with pytest.raises(CaseFilesInvalid) as refused:
        load_case_files([good, written(case, "bad.json")], by=BY)
    assert [Path(fault.file).name for fault in refused.value.faults] == ["bad.json"]
    assert not Case.objects.exists()
    assert Entry.objects.count() == before


def test_a_number_is_used_once(store: None, written: Callable[..., Path], case: dict[str, Any]) -> None:
    path, again = written(case), written(case, "again.json")

    with pytest.raises(CaseFilesInvalid) as refused:
        load_case_files([path, again], by=BY)
    assert [fault.path for fault in refused.value.faults] == ["number", "number"]
    load_case_files([path], by=BY)
    with pytest.raises(CaseFilesInvalid, match="bestaat al"):
        load_case_files([again], by=BY)


def test_what_happened_today_lies_in_the_past_and_in_order(
    store: None, written: Callable[..., Path], case: dict[str, Any]
) -> None:
    rent = case["contributions"][1]
    rent |= {"observed_on": 0, "given_on": 0}
    rent["corrections"][0]["on"] = rent["withdrawn"]["on"] = 0
    load_case_files([written(case)], by=BY)
    moments = list(
        Contribution.objects.get(section="housing")
        .history.order_by("history_id")
        .values_list("history_date", flat=True)
    )

    assert moments == sorted(set(moments))
    assert clock.start_of(clock.today()) <= moments[0]
    assert moments[-1] < clock.now()


def test_check_writes_nothing_and_says_so(store: None, written: Callable[..., Path], case: dict[str, Any]) -> None:
    out = StringIO()
    call_command("load_cases", written(case), "--check", stdout=out)

    assert "In orde: 1 bestanden" in out.getvalue()
    assert not Case.objects.exists()


def test_the_command_loads_and_names_every_fault(
    store: None, written: Callable[..., Path], case: dict[str, Any]
) -> None:
    path, out = written(case), StringIO()
    call_command("load_cases", path, stdout=out)
    case["contributions"][1]["values"]["rent_arrears_months"] = -1

    assert "MD-2026-0999" in out.getvalue()
    with pytest.raises(CommandError) as refused:
        call_command("load_cases", written(case))
    assert "number: Casus MD-2026-0999 bestaat al." in str(refused.value)
    assert "contributions[1].values.rent_arrears_months: Vul een getal van 0 of hoger in." in str(refused.value)
