"""The matrix as people meet it: letters, filters, one cell opened, what changed. The letters: tests/policy."""

import re

import pytest

from agreements.insight import choices
from agreements.insight.matrix_page import matrix_page, open_cell
from agreements.insight.words import FIELD_LETTERS, LETTERS, PATTERNS
from agreements.policy.matrix import Letter
from tests.agreements.insight.world import BEFORE, NEXT, NOW, browser, page, subject

pytestmark = pytest.mark.usefixtures("house")
POLICE_TO_SCHOOL = "police.POL-MD.OND-BAKEN"


def _terms(key: str, **asked: str) -> choices.Terms:
    return choices.terms_of(subject(key), asked)


def test_every_letter_has_words_and_a_pattern() -> None:
    assert set(LETTERS) == set(FIELD_LETTERS) == set(PATTERNS) == set(Letter)


def test_the_page_shows_a_letter_for_each_source_and_recipient() -> None:
    text = page("lieke", NOW, "matrix").content.decode()

    assert "cel=police.POL-MD.GEM-MD" in text
    assert "KADE" in text, "two schools have one monogram, so their codes tell them apart"
    assert 'aria-label="S, een deel"' in text
    assert re.search(r"\d+ verstrekkingen bij dit doel en deze fase, waarvan \d+ alleen onder een voorwaarde", text)


def test_rows_in_which_nobody_gets_anything_are_left_out_unless_asked_for() -> None:
    few, all_of_them = (matrix_page(subject(NOW), _terms(NOW), everything=asked) for asked in (False, True))

    assert few.n_left_out > 0
    assert all_of_them.n_left_out == 0
    assert len(all_of_them.rows) == len(few.rows) + few.n_left_out
    assert few.n_given == all_of_them.n_given


def test_another_phase_gives_another_matrix() -> None:
    plan, signal = (matrix_page(subject(NOW), _terms(NOW, fase=phase)) for phase in ("plan", "signal"))

    assert plan.n_given > signal.n_given > 0


def test_a_role_narrows_what_is_given() -> None:
    anybody, street = (matrix_page(subject(NOW), _terms(NOW, rol=role)) for role in ("", "street"))

    assert anybody.n_given > street.n_given > 0


def test_an_opened_cell_names_fields_articles_conditions_and_basis() -> None:
    cell = open_cell(subject(NOW), _terms(NOW), "care.GGZ-MD.GEM-MD")

    assert cell.letter == Letter.CONDITION
    assert {rule.number for rule in cell.articles} == {"6.5", "6.9"}
    assert "BW art. 7:457" in cell.bases
    terms = dict(next(rule for rule in cell.articles if rule.number == "6.5").terms)
    assert "uitdrukkelijk toestemming of goede hulpverlening" in terms["Voorwaarde"]
    assert "de bron krijgt bericht" in terms["Daarbij"]


def test_a_forbidden_cell_names_the_prohibition_and_its_reason() -> None:
    text = page("lieke", NOW, "matrix", cel="care.GGZ-MD.OND-BAKEN").content.decode()

    assert "nooit aan school, verhuurder of jongerenwerk" in text
    assert "/convenanten/PGA-MD/?versie=2#art-7.6" in text


def test_htmx_gets_the_cell_alone() -> None:
    client, address = browser("lieke"), f"/convenanten/bekijk/{NOW}/matrix/?cel=police.POL-MD.GEM-MD"

    fragment = client.get(address, headers={"HX-Request": "true"}).content.decode()
    assert "<table" not in fragment
    assert fragment.count('id="cel"') == client.get(address).content.decode().count('id="cel"') == 1


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("doel", "wraak"),
        ("fase", "later"),
        ("soort", "area"),
        ("rol", "koning"),
        ("cel", "x"),
        ("cel", "police.POL-MD.X"),
        ("cel", "a.b.c.d\0"),
    ],
)
def test_a_choice_that_does_not_exist_is_refused_in_words(name: str, value: str) -> None:
    assert page("lieke", NOW, "matrix", **{name: value}).status_code in (400, 422)


def test_a_version_that_waits_shows_what_it_would_change() -> None:
    text = page("lieke", NEXT, "matrix", cel=POLICE_TO_SCHOOL).content.decode()

    assert "cellen zijn anders dan in “Versie 1, van kracht”" in text
    assert "In “Versie 1, van kracht”:" in text
    assert "zichtbaar onder een voorwaarde" in text.lower()


def test_a_right_that_hides_behind_the_same_letter_is_marked_too() -> None:
    """The school knew of police contacts, and would see them of a minor: B in both, but not the same."""
    found = matrix_page(subject(NEXT), _terms(NEXT), base=subject(BEFORE))
    cell = next(cell for row in found.rows for cell in row.cells if cell.key == POLICE_TO_SCHOOL)

    assert cell.letter == Letter.ANNOUNCED
    assert cell.was == "±"


def test_what_rules_now_is_compared_with_nothing() -> None:
    assert "is-ch" not in page("lieke", NOW, "matrix").content.decode()
