"""The rule sheet: cell by cell what decide says, for another phase or a past moment too, whatever the case holds."""

from datetime import timedelta

import pytest

from agreements.policy.catalogue import load_catalogue
from agreements.policy.conditions import condition_bit
from agreements.policy.decide import decide
from agreements.policy.question import Actor, Grade, Question, Reader, Setting
from agreements.policy.vocabulary import PHASES
from cases.disclosure.why import RuleSheet, rule_sheet
from cases.models import Participation
from foundation import clock
from tests.cases.desk import Api, changing, give, make_case, page, reading
from tests.invariants.world import World

pytestmark = pytest.mark.django_db

CATALOGUE = load_catalogue()
EVERYBODY = ("POL-MD", "OM-MD", "GEM-MD", "ZVH-MD", "JB-MD", "GGZ-MD", "SOC-WATERKANT")


def sheet_of(world: World, key: str, number: str, purpose: str, **more: object) -> RuleSheet:
    mine = reading(world, key, event="rule.sheet")
    return rule_sheet(mine, world.cases[number], purpose=purpose, **more)


def decided(world: World, key: str, number: str, purpose: str, source: str, *, phase: str = "") -> dict[str, Grade]:
    """The same cells by decide itself, over the conditions that the marker world recorded."""
    case, mine = world.cases[number], reading(world, key)
    satisfied = condition_bit("involved") | sum(condition_bit(name) for name in world.conditions[number])
    if world.minors.get((number, 0)):
        satisfied |= condition_bit("minor")
    found = decide(
        mine.policy,
        Question(
            reader=Reader(agency=mine.agency, roles=mine.visit.roles, purpose=purpose),
            setting=Setting(kind=case.kind, phase=phase or case.phase, covenants=case.covenant_codes),
            source=Actor(code=source, type=source.split("-")[0]),
            under=case.covenant_codes,
            satisfied=satisfied,
            at=mine.at,
        ),
    )
    return {
        field.code: Grade.VISIBLE if found.visible >> field.bit & 1
        else Grade.ANNOUNCED if found.announced >> field.bit & 1 else Grade.SILENT
        for field in CATALOGUE.fields
    }  # fmt: skip


@pytest.mark.parametrize(
    ("key", "number", "purpose"),
    [("peter", "MW-1", "youth_school"), ("marloes", "MW-1", "pga_youth"), ("ruben", "MW-2", "pga_adult"),
     ("nadia", "MW-2", "pga_adult"), ("farid", "MW-3", "area_safety"), ("sanne", "MW-4", "pga_youth")],
)  # fmt: skip
@pytest.mark.parametrize("phase", ["", "triage", "aftercare"])
def test_each_cell_is_what_decide_says(world: World, key: str, number: str, purpose: str, phase: str) -> None:
    sheet = sheet_of(world, key, number, purpose, phase=phase)

    assert {code for code, _source in sheet.cells} == {field.code for field in CATALOGUE.fields}
    for source in sheet.sources:
        expected = decided(world, key, number, purpose, source.code, phase=phase)
        assert {code: sheet.cells[code, source.code].grade for code in expected} == expected, source.code


def test_the_sheet_is_the_same_whatever_the_case_holds(world: World, db: None) -> None:
    case = make_case("T-1", live=EVERYBODY)
    mine = reading(world, "sanne")
    empty = rule_sheet(mine, case, purpose="pga_adult")
    give(world, case, "POL-MD", police_incident="Ruzie", investigation_note="zqx")

    assert rule_sheet(mine, case, purpose="pga_adult") == empty


def test_a_past_moment_gives_the_sheet_of_then(world: World, db: None) -> None:
    case = make_case("T-1", live=EVERYBODY)
    mine = reading(world, "sanne")
    with changing():
        Participation.objects.filter(case=case, agency__code="GEM-MD").update(starts=clock.now() - timedelta(days=3))

    before = rule_sheet(mine, case, purpose="pga_adult", at=clock.now() - timedelta(days=4))
    long_before = rule_sheet(mine, case, purpose="pga_adult", at=clock.now() - timedelta(days=40))

    assert rule_sheet(mine, case, purpose="pga_adult").cells["police_incident", "POL-MD"].grade == Grade.VISIBLE
    assert before.cells["police_incident", "POL-MD"].grade == Grade.SILENT
    silent = {cell.grade for (_code, source), cell in long_before.cells.items() if source != "GEM-MD"}
    assert silent == {Grade.SILENT}


def test_the_page_shows_the_sheet_of_the_phase_and_moment_asked_for(world: World, db: None) -> None:
    make_case("T-1", live=EVERYBODY)
    client = page(world, "sanne")

    now = client.get("/casus/T-1/regels/").content.decode()
    triage = client.get("/casus/T-1/regels/?fase=triage").content.decode()
    assert now.count("c-V") > triage.count("c-V") > 0
    for phase in PHASES:
        assert client.get(f"/casus/T-1/regels/?fase={phase}").status_code == 200
    assert client.get("/casus/T-1/regels/?op=2026-01-05T10:00").status_code == 200


@pytest.mark.parametrize(
    ("query", "field"),
    [("fase=ooit", "fase"), ("doel=macht", "doel"), ("op=straks", "op"), ("op=2999-01-01T10:00", "op")],
)
def test_the_page_refuses_what_it_does_not_know(world: World, db: None, query: str, field: str) -> None:
    make_case("T-1", live=EVERYBODY)

    assert page(world, "sanne").get(f"/casus/T-1/regels/?{query}").status_code == 422


@pytest.mark.parametrize("query", ["phase=ooit", "at=2999-01-01T10:00:00Z", "at=2026-01-01T10:00:00", "at=gisteren"])
def test_the_api_refuses_the_same(world: World, db: None, query: str) -> None:
    make_case("T-1", live=EVERYBODY)

    answer = Api(world, "sanne", "pga_adult").get(f"/cases/T-1/rules?{query}")

    assert answer.status_code == 422
    assert answer.json()["field"].split(".")[-1] == query.split("=")[0]


def test_page_and_api_give_the_same_sheet(world: World, db: None) -> None:
    make_case("T-1", live=EVERYBODY)

    api = Api(world, "sanne", "pga_adult").get("/cases/T-1/rules").json()
    expected = rule_sheet(reading(world, "sanne"), _case("T-1"), purpose="pga_adult")

    assert {(rule["field"], rule["source"]): rule["grade"] for rule in api["rules"]} == {
        place: str(cell.grade) for place, cell in expected.cells.items()
    }


def _case(number: str):  # type: ignore[no-untyped-def]
    from cases.models import Case

    return Case.objects.get(number=number)
