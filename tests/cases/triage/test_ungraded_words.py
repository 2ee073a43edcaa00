"""Words of a room are no statement that somebody graded: nowhere do they say "Feit" or how sure they are."""

import pytest

from cases.casework.words import confidence
from tests.cases.desk import Api, page
from tests.invariants.crawl import found_in
from tests.invariants.world import World

pytestmark = pytest.mark.django_db
# Every contribution in the world has the second grade, so that the first one could only come from words.
FIRST_GRADE = "vastgesteld of met stukken"


def test_what_nobody_graded_has_no_label() -> None:
    assert confidence("", None) == ""
    assert FIRST_GRADE in confidence("fact", 1)


@pytest.mark.parametrize("url", ["/casus/MW-4/triage/", "/casus/MW-4/signalen/"])
def test_the_words_of_a_signal_have_no_grade_on_a_page(world: World, url: str) -> None:
    html = page(world, "nadia").get(url).content.decode()

    assert any(marker.code == "signal_place" for marker in found_in(world, html))
    assert FIRST_GRADE not in html


def test_the_words_of_a_signal_have_no_grade_in_the_api(world: World) -> None:
    answer = Api(world, "nadia", "pga_youth").get("/cases/MW-4/signals").content.decode()

    assert any(marker.code == "signal_place" for marker in found_in(world, answer))
    assert '"kind": "fact"' not in answer
    assert '"reliability": 1' not in answer
