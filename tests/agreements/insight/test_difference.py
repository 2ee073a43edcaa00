"""What a version changes, in text, in rules and for whom."""

import pytest
from django.utils import translation

from agreements.insight.diff_page import CHANGES, DiffOut, diff_page
from agreements.insight.key_words import key_words, value_words
from tests.agreements.insight.world import BEFORE, NEXT, NOW, page, subject

pytestmark = pytest.mark.usefixtures("house")


def _found() -> DiffOut:
    return diff_page(subject(BEFORE), subject(NEXT))


def test_what_a_school_gains_and_loses_stands_in_sentences() -> None:
    school = next(item for item in _found().recipients if item.code == "OND")

    assert [one.sentence for one in school.gained] == [
        "Onderwijs ziet voortaan “Contacten 12 mnd” van Politie, in de fase Plan van aanpak, "
        "en niet alleen dat er iets bekend is."
    ]
    assert any(one.sentence.startswith("Onderwijs ziet niet meer “Gezag” van Gemeente") for one in school.lost)
    assert "6.4" in school.gained[0].articles
    assert ("Als", "de betrokkene is jonger dan 18 jaar") in school.gained[0].terms


def test_text_and_rules_are_shown_old_and_new() -> None:
    articles = {item.article: item for item in _found().articles}

    lines = {line.number or line.name: line for line in articles["6"].lines}
    assert lines["6.4"].change == "added"
    assert "Politie verstrekt aan Onderwijs" in "".join(piece.text for piece in lines["6.4"].sides.after)
    assert [piece.text for piece in lines["6"].sides.before if piece.change == "gone"]
    assert set(articles) == {"6", "7", "14"}


def test_every_change_has_words() -> None:
    assert set(CHANGES) == {"added", "removed", "changed"}


def test_the_page_marks_with_signs_and_words() -> None:
    text = page("peter", NEXT, "verschil").content.decode()

    assert "3 artikelen gewijzigd, 0 nieuw, 0 vervallen." in text
    assert "<ins>" in text
    assert "<del>" in text
    assert "Erbij:" in text
    assert "Eraf:" in text


def test_a_version_against_itself_says_the_same() -> None:
    text = page("lieke", BEFORE, "verschil", met=BEFORE).content.decode()

    assert "zeggen hetzelfde" in text


def test_the_first_version_has_nothing_to_be_compared_with() -> None:
    assert "eerste versie" in page("lieke", NOW, "verschil").content.decode()


def test_the_version_that_rules_is_compared_with_the_one_asked_for() -> None:
    text = page("lieke", BEFORE, "verschil", met=NEXT).content.decode()

    assert "Onderwijs ziet niet meer “Contacten 12 mnd” van Politie" in text


@pytest.mark.parametrize("key", ["versie-JS-MD-9", "concept-0", "x", "versie-BESTAAT-NIET-1", "versie-JS-MD-1\0"])
def test_what_does_not_exist_is_compared_with_nothing(key: str) -> None:
    assert page("lieke", NEXT, "verschil", met=key).status_code == 404
    assert page("lieke", key.replace("\0", "%00"), "verschil").status_code == 404


def test_keys_and_values_are_said_in_words() -> None:
    with translation.override("nl"):
        assert key_words("term.until") == "Looptijd, tot en met"
        assert value_words({"notice": "P3M", "running_cases": "returned"}) == (
            "termijn: 3 maanden; lopende casussen: gegevens gaan mee terug"
        )
        assert value_words(["POL", "GEM"]) == "Politie en Gemeente"
        assert value_words(["WGS-1.8-2"]) == "Wgs art. 1.8 lid 2"
        assert value_words(["full_name", True, None]) == "Naam, ja en "
