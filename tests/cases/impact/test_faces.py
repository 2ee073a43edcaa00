"""The page of consequences and its API: what they show, while there is counting and after."""

from typing import Any

import pytest
from django.test import override_settings

from cases.impact.models import ImpactRun, RunState
from cases.impact.tasks import count_impact
from tests.cases.desk import Api, page
from tests.cases.impact.offered import KEY, draft, offer, the_run
from tests.invariants.world import World

pytestmark = pytest.mark.django_db
URL = f"/convenanten/bekijk/{KEY}/gevolgen/"
QUEUE = override_settings(TASKS={"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}})


def text_of(answer: Any) -> str:
    assert answer.status_code == 200, answer.content.decode()[:500]
    return answer.content.decode()


def test_the_page_says_who_loses_how_much_in_how_many_cases_and_by_which_article(world: World, db: None) -> None:
    offer(police="OM, ZVH, RCL, RVK, JB, VT, DJI")
    reader = page(world, "carla")
    assert "Tel de gevolgen" in text_of(reader.get(URL))

    answer = reader.post(f"{URL}tellen/", follow=True)

    text = text_of(answer)
    assert answer.redirect_chain == [(URL, 302)]
    assert "Bij ondertekening van versie 3 verliest" in text
    assert "Gemeente Maasdelta, sociaal team 16 gegevens in 2 casussen" in text
    assert "art. 6.1" in text
    assert "Huiselijk geweld" in text
    assert "eigen casussen" not in text


def test_a_draft_says_that_it_is_one(world: World, db: None) -> None:
    url = f"/convenanten/bekijk/concept-{draft(world, police='OM, ZVH, RCL, RVK, JB, VT, DJI').uid}/gevolgen/"
    reader = page(world, "lieke")

    text = text_of(reader.post(f"{url}tellen/", follow=True))

    assert "Als dit concept gaat gelden, verliest" in text


def test_what_changes_nothing_says_so(world: World, db: None) -> None:
    offer()
    reader = page(world, "carla")

    assert "verandert er niets" in text_of(reader.post(f"{URL}tellen/", follow=True))


@QUEUE
def test_while_there_is_counting_the_page_shows_how_far_and_asks_again(world: World, db: None) -> None:
    offer(police="OM, ZVH")
    reader = page(world, "nadia")
    started = text_of(reader.post(f"{URL}tellen/", follow=True))
    assert 'hx-trigger="every 1s"' in started
    assert f'<a href="{URL}">Ververs</a>' in started

    ImpactRun.objects.update(state=RunState.RUNNING, done=30, total=120)
    part = text_of(reader.get(URL, headers={"HX-Request": "true"}))
    assert 'value="25"' in part
    assert "<html" not in part
    assert "eigen casussen" not in part, "the list does not change while there is counting"

    ImpactRun.objects.update(state=RunState.QUEUED)
    count_impact.call(str(the_run().uid))
    done = text_of(reader.get(URL, headers={"HX-Request": "true"}))
    assert "every 1s" not in done
    assert "Per partner" in done


def test_a_version_that_rules_has_a_page_that_says_there_is_nothing_to_count(world: World, db: None) -> None:
    text = text_of(page(world, "ruben").get("/convenanten/bekijk/versie-PGA-MD-2/gevolgen/"))

    assert "Er valt niets te tellen" in text


def test_a_professional_reads_what_was_counted_and_has_no_button(world: World, db: None) -> None:
    offer(police="OM, ZVH")
    reader = page(world, "ruben")
    assert "Nog niet geteld" in text_of(reader.get(URL))

    page(world, "hilde").post(f"{URL}tellen/")
    text = text_of(reader.get(URL))

    assert "Per partner" in text
    assert "/tellen/" not in text
    assert "Uw eigen casussen" in text


@pytest.mark.parametrize("key", ["bas"])
def test_who_works_neither_in_covenants_nor_in_cases_is_refused(world: World, db: None, key: str) -> None:
    offer()

    assert page(world, key).get(URL).status_code == 403


@pytest.mark.parametrize("place", ["x", "-1", "1e3", "²", "9" * 7])
def test_an_odd_place_in_the_list_is_refused_in_words(world: World, db: None, place: str) -> None:
    offer()

    assert page(world, "ruben").get(URL, {"vanaf": place}).status_code == 422


def test_the_api_starts_and_reads(world: World, db: None) -> None:
    offer(police="OM, ZVH, RCL, RVK, JB, VT, DJI")
    api = Api(world, "nadia", "pga_youth")
    path = f"/covenants/subjects/{KEY}/impact"
    empty = api.get(path).json()
    assert (empty["run"], empty["counts"], empty["may_start"]) == (None, None, True)

    started = api.post(path, {})
    read = api.get(path).json()

    assert started.status_code == 202
    assert started.json()["state"] == read["run"]["state"] == "done"
    loser = next(line for line in read["counts"]["partners"] if line["code"] == "GEM-MD")
    assert loser["loss"]["articles"] == ["6.1"]
    assert loser["loss"]["facts"]["is_open"] is True
    assert {case["number"] for case in read["own"]["cases"]} >= {"MW-1", "MW-2"}


def test_the_api_refuses_who_may_not_start(world: World, db: None) -> None:
    offer()

    refused = Api(world, "ruben", "pga_youth").post(f"/covenants/subjects/{KEY}/impact", {})

    assert refused.status_code == 403
    assert refused.json()["remedy"]
