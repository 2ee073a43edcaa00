"""A value that does not fit its field: an error that names the field, nothing half-written, what was typed kept."""

import html
from typing import Any

import pytest

from agreements.policy.catalogue import Field, load_catalogue
from cases.casework.rules import check_values
from cases.models import Case, Contribution
from foundation import clock
from foundation.errors import Invalid
from tests.cases.desk import Api, give, make_case, page, reading, shown
from tests.invariants.world import World

pytestmark = pytest.mark.django_db

CATALOGUE = load_catalogue()
EXAMPLE = {
    "text": "tekst",
    "long": "tekst",
    "address": "Kade 1",
    "person": "Bo Roos",
    "date": "2020-02-29",
    "bool": True,
    "number": 3,
}
BAD: dict[str, list[Any]] = {
    "text": ["", "  ", "x" * 201, 3, None, True, ["x"], {"a": "b"}, "\ud800", "a\x00b"],
    "long": ["", "x" * 4001, 3, None, ["x"], {"a": 1}, "\udfff", "\x1b[31m"],
    "address": ["", "x" * 201, 3, None, ["x"]],
    "person": ["", "x" * 201, 3, None, ["x"]],
    "date": [
        "",
        "29-02-2020",
        "2021-02-29",
        "20200229",
        "2020-W09-6",
        20200229,
        None,
        True,
        ["2020-02-29"],
        "gisteren",
    ],
    "choice": ["", "no_such_choice", 3, None, True, [], {}, ["none"]],
    "bool": ["", "ja", "true", 0, 1, None, []],
    "number": [-1, "3", None, True, float("inf"), float("nan"), 10**30, [], {}, {"nope": 1}, {"finance": -1}],
}
TYPED = {"date": "29-02-20200", "choice": "no_such_choice", "bool": "misschien", "number": "drie", "long": "x" * 4001}


TYPED_BY_SOURCES = [field for field in CATALOGUE.fields if field.entry == "contribution"]


def example(field: Field) -> Any:
    return field.choices[0][0] if field.type == "choice" else EXAMPLE[field.type]


@pytest.fixture
def case(world: World, db: None) -> Case:
    return make_case("T-1", live=("POL-MD", "GEM-MD", "OM-MD", "GGZ-MD", "RCL-MD"))


def test_words_of_the_rooms_are_no_contribution() -> None:
    work = [field for field in CATALOGUE.fields if field.entry == "work"]

    assert work
    for field in work:
        with pytest.raises(Invalid):
            check_values(CATALOGUE, {field.code: example(field)}, agency_type=field.sources[0], area=False)


@pytest.mark.parametrize("field", TYPED_BY_SOURCES, ids=lambda field: field.code)
def test_every_field_takes_its_kind_of_value_and_names_itself_for_any_other(field: Field) -> None:
    rules = {"agency_type": field.sources[0], "area": field.data_class == "n"}

    assert check_values(CATALOGUE, {field.code: example(field)}, **rules) == {
        field.section: {field.code: example(field)}
    }
    for value in BAD[field.type]:
        with pytest.raises(Invalid) as refusal:
            check_values(CATALOGUE, {field.code: value}, **rules)
        assert refusal.value.errors[0][0] == refusal.value.field == field.code, value
        assert refusal.value.errors[0][1], value


def test_each_wrong_field_is_named_and_the_right_ones_are_not() -> None:
    with pytest.raises(Invalid) as refusal:
        check_values(
            CATALOGUE,
            {"bsn": 3, "full_name": "Bo", "truancy_hours": -1, "bestaat_niet": 1},
            agency_type="GEM",
            area=False,
        )

    assert [place for place, _sentence in refusal.value.errors] == ["bsn", "truancy_hours", "bestaat_niet"]


def test_a_person_does_not_enter_a_case_about_an_area_nor_an_area_one_about_a_person() -> None:
    for code, value, area in (("full_name", "Bo Roos", True), ("nuisance_count", 3, False)):
        with pytest.raises(Invalid) as refusal:
            check_values(CATALOGUE, {code: value}, agency_type="GEM", area=area)
        assert refusal.value.field == code


@pytest.mark.parametrize("kind", sorted(BAD))
def test_the_api_names_the_field_keeps_nothing_and_echoes_nothing(world: World, case: Case, kind: str) -> None:
    field = next(f for f in CATALOGUE.fields if f.type == kind and f.data_class != "n" and "POL" in f.sources)
    api = Api(world, "ruben", "pga_adult")

    for value in [*BAD[kind], "zqx-typed-here"]:
        if value == "zqx-typed-here" and kind in ("text", "long", "address", "person"):
            continue
        answer = api.post("/cases/T-1/contributions", {"values": {field.code: value}, "observed_on": "2026-01-05"})
        assert answer.status_code == 422, (value, answer.content)
        assert [error["field"] for error in answer.json()["errors"]] == [field.code]
        assert "zqx-typed-here" not in answer.content.decode()
    assert not Contribution.objects.filter(case=case).exists()


@pytest.mark.parametrize(
    ("key", "code"),
    [
        ("sanne", "date_of_birth"),
        ("ruben", "police_suspect_status"),
        ("sanne", "debt_problem"),
        ("sanne", "truancy_hours"),
        ("sanne", "support_goals"),
    ],
)
def test_the_page_names_the_field_and_keeps_all_that_was_typed(world: World, case: Case, key: str, code: str) -> None:
    typed = TYPED[CATALOGUE.by_code[code].type]
    form = {
        "observed_on": "2026-01-05", "kind": "hearsay", "reliability": "3", "full_name": "Bo Roos-getypt", code: typed,
        "person": str(case.case_subjects.get().subject.uid),
    }  # fmt: skip

    answer = page(world, key).post("/casus/T-1/bijdrage/", form)

    text = html.unescape(answer.content.decode())
    assert answer.status_code == 422
    assert f"id_{code}_error" in text
    for kept in ("Bo Roos-getypt", '<option value="hearsay" selected', '<option value="3" selected', "2026-01-05"):
        assert kept in text
    # A choice that is not in the list cannot stand in it; all other input stays as typed.
    assert typed in text or CATALOGUE.by_code[code].type in ("choice", "bool")
    assert not Contribution.objects.filter(case=case).exists()


def test_an_empty_form_says_that_something_must_be_filled_in(world: World, case: Case) -> None:
    person = str(case.case_subjects.get().subject.uid)
    statement = {"observed_on": clock.today().isoformat(), "kind": "fact", "reliability": "2", "person": person}

    answer = page(world, "sanne").post("/casus/T-1/bijdrage/", statement)

    assert answer.status_code == 422
    assert "Vul ten minste één veld in" in answer.content.decode()


def test_a_day_that_is_still_to_come_stays_on_the_form_with_its_error(world: World, case: Case) -> None:
    person = str(case.case_subjects.get().subject.uid)
    form = {"observed_on": "2999-01-01", "kind": "fact", "reliability": "2", "person": person, "full_name": "Bo"}

    answer = page(world, "sanne").post("/casus/T-1/bijdrage/", form)

    assert answer.status_code == 422
    text = answer.content.decode()
    assert "id_observed_on_error" in text
    assert 'value="2999-01-01"' in text


def test_scores_by_part_survive_a_correction_of_one_of_them(world: World, case: Case) -> None:
    made = give(world, case, "GEM-MD", zrm_scores={"finance": 2, "housing": 3})
    client = page(world, "sanne")
    url = f"/casus/T-1/bijdrage/{made.uid}/corrigeer/"
    shown_there = client.get(url).content.decode()
    parts = {f"zrm_scores_{code}": "" for code, _nl, _en in CATALOGUE.by_code["zrm_scores"].choices}
    statement = {"observed_on": "2026-01-05", "kind": "fact", "reliability": "2", "reason": "Opnieuw gewogen"}

    answer = client.post(url, statement | parts | {"zrm_scores_finance": "4", "zrm_scores_housing": "3"})

    assert 'name="zrm_scores_housing" value="3"' in shown_there
    assert answer.status_code == 302
    from cases.casework import queries

    assert shown(queries.open_case(reading(world, "sanne"), "T-1", None).answer) == {
        ("GEM-MD", "zrm_scores"): {"finance": 4, "housing": 3}
    }
