"""Effects: measured by an agency at three moments, compared in words, never shown beyond the covenant."""

from datetime import timedelta
from uuid import uuid4

import pytest

from agreements.policy.catalogue import load_catalogue
from cases.disclosure.refusals import NotYourCase
from cases.plans import commands, queries
from cases.plans.models import Measurement
from cases.plans.plots import plots_of
from foundation import clock
from foundation.errors import Invalid, Refused
from tests.cases.desk import make_case, page, reading
from tests.invariants.world import World

pytestmark = pytest.mark.django_db

LIVE = ("ZVH-MD", "GEM-MD", "POL-MD", "GGZ-MD")


def measure(world: World, key: str = "sanne", moment: str = "start", **scores: int) -> Measurement:
    return commands.record_measurement(
        reading(world, key), "P-1", moment=moment, on=clock.today(), scores=scores or {"finance": 2}
    )


def plots(world: World, key: str) -> dict[str, str]:
    plan = queries.open_plan(reading(world, key), "P-1", None)
    return {plot.code: plot.change for plot in plots_of(plan.measured, load_catalogue())}


def test_from_start_to_end_is_told_in_words(world: World) -> None:
    make_case("P-1", live=LIVE)
    measure(world, finance=2, housing=3, incidents=6)
    measure(world, moment="end", finance=4, housing=3, incidents=1)

    assert plots(world, "nadia") == {
        "finance": "van 2 naar 4, 2 stappen beter",
        "housing": "gelijk gebleven op 3",
        "incidents": "van 6 naar 1, minder",
    }


def test_again_replaces_ones_own_and_keeps_that_of_others(world: World) -> None:
    make_case("P-1", live=LIVE)
    measure(world, finance=2)
    measure(world, key="ilse", finance=1)
    measure(world, finance=3)

    found = queries.open_plan(reading(world, "nadia"), "P-1", None).measured
    assert {(row.fact.source.code, row.fact.value["finance"]) for row in found} == {("GEM-MD", 3), ("GGZ-MD", 1)}
    assert Measurement.history.filter(case__number="P-1").count() == 3


@pytest.mark.parametrize(
    ("scores", "field"),
    [
        ({"finance": 6}, "finance"),
        ({"finance": 0}, "finance"),
        ({"own_rating": 11}, "own_rating"),
        ({"incidents": 1000}, "incidents"),
        ({"incidents": True}, "incidents"),
        ({"geluk": 3}, "geluk"),
    ],
)
def test_a_score_outside_its_scale_is_refused(world: World, scores: dict, field: str) -> None:
    make_case("P-1", live=LIVE)

    with pytest.raises(Invalid) as refused:
        measure(world, **scores)

    assert refused.value.field == field


def test_moment_day_and_person_must_be_there(world: World) -> None:
    make_case("P-1", live=LIVE)
    later = clock.today() + timedelta(days=1)
    for wrong in ({"moment": "ooit"}, {"on": later}, {"scores": {}}, {"person": uuid4()}):
        good = {"moment": "start", "on": clock.today(), "scores": {"finance": 2}}
        with pytest.raises(Invalid):
            commands.record_measurement(reading(world, "sanne"), "P-1", **good | wrong)


def test_strangers_and_roles_without_a_plan_measure_nothing(world: World) -> None:
    make_case("P-1", live=LIVE)

    with pytest.raises(NotYourCase):
        measure(world, key="margot")
    with pytest.raises(Refused):
        measure(world, key="esra")


def test_the_form_takes_scores_and_stands_filled_in_for_correction(world: World) -> None:
    make_case("P-1", live=LIVE)
    sanne = page(world, "sanne")

    sent = {"moment": "start", "on": str(clock.today()), "finance": "2", "incidents": "4", "own_rating": ""}
    assert sanne.post("/casus/P-1/plan/meting/", sent).status_code == 302
    text = sanne.get("/casus/P-1/plan/meting/?moment=start").content.decode()
    assert 'name="finance" value="2" id="id_finance_2" checked' in text.replace(" required", "")
    assert 'name="incidents" value="4"' in text
    plan = sanne.get("/casus/P-1/plan/").content.decode()
    assert 'aria-label="Financiën. Gemeente Maasdelta, sociaal team: start 2"' in plan

    wrong = sanne.post("/casus/P-1/plan/meting/", sent | {"own_rating": "12"})
    assert wrong.status_code == 422
    assert "Kies een cijfer van 1 tot en met 10." in wrong.content.decode()


def test_an_area_is_measured_without_a_person(world: World) -> None:
    make_case("P-1", live=("ZVH-MD", "GEM-MD", "POL-MD"), kind="area", covenants=("HAV-GEBIED",), purpose="area_safety")

    measure(world, danger=2)
    measure(world, danger=3)

    found = queries.open_plan(reading(world, "ruben"), "P-1", None).measured
    assert [(row.subject, row.fact.value["danger"]) for row in found] == [(None, 3)]
