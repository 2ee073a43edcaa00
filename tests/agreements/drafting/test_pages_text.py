"""The text as YAML, two people at one text, and what was saved before, as people meet them."""

import pytest

from agreements.drafting import commands, editing
from agreements.drafting.models import Draft
from tests.agreements.drafting import world
from tests.agreements.drafting.desk import LIST, Desk
from tests.pace import within

BROKEN = "covenant:\n  code: [weg\n  titel: 'half\n"


def _at(draft: Draft, place: str = "") -> str:
    return f"{LIST}{draft.uid}/{place}"


def _with(text: str, old: str, new: str) -> str:
    assert old in text
    return text.replace(old, new)


TITLE = "title: Convenant Gebiedsgerichte Aanpak Ondermijning"


def test_what_is_typed_is_kept_as_typed_with_all_its_faults() -> None:
    draft = world.start()

    page = Desk("lieke").fill_in(_at(draft, "yaml/"), text=BROKEN, note="half werk")

    assert page.status == 200
    assert world.reread(draft).text == BROKEN
    assert page.fields["text"] == BROKEN
    assert "half werk" in Desk("lieke").read(_at(draft, "voortgang/")).text


def test_a_text_that_begins_with_an_empty_line_keeps_it() -> None:
    draft = world.start("\n\n" + world.area_text())

    Desk("lieke").fill_in(_at(draft, "yaml/"))

    assert world.reread(draft).text == "\n\n" + world.area_text()


def test_each_finding_leads_to_its_line() -> None:
    text = _with(world.area_text(), "  version: 1", "  versie: 1")
    line = text[: text.index("  versie: 1")].count("\n") + 1
    draft = world.start(text)

    page = Desk("lieke").read(_at(draft, "yaml/"))

    assert f'href="#regel-{line}"' in page.html
    assert f'<li id="regel-{line}">' in page.html
    assert f"{_at(draft, 'yaml/')}#regel-{line}" in Desk("lieke").read(_at(draft, "bevindingen/")).links()


def test_two_hundred_faults_are_two_hundred_findings_within_a_second() -> None:
    faults = "".join(f"    fout{n}: ja\n" for n in range(200))
    draft = world.start(world.area_text().rstrip("\n") + "\n" + faults.replace("    ", "  "))
    lieke = Desk("lieke")
    lieke.read(_at(draft))

    with within(1):
        page = lieke.read(_at(draft, "bevindingen/"))

    assert page.text.count("fout1") >= 100
    assert "200 fouten" in page.text


def test_a_text_that_is_too_large_is_refused_and_still_on_the_page() -> None:
    draft = world.start()
    huge = world.area_text() + "# " + "x" * 600_000

    page = Desk("lieke").fill_in(_at(draft, "yaml/"), text=huge)

    assert page.status == 422
    assert page.fields["text"] == huge
    assert "te groot" in page.text
    assert world.reread(draft).revision == 1


def test_who_only_reads_gets_the_text_without_a_button() -> None:
    draft = world.consulted()

    page = Desk("hilde").read(_at(draft, "yaml/"))

    assert TITLE in page.fields["text"]
    assert "readonly" in page.html
    assert "Bewaar de tekst" not in page.text


def test_the_second_to_save_sees_the_others_change_and_saves_both() -> None:
    draft = world.start()
    lieke = Desk("lieke")
    opened = lieke.read(_at(draft, "yaml/")).fields
    commands.save_text(world.lieke(), draft.uid, text=_with(draft.text, TITLE, "title: Van de ander"), base_revision=1)

    page = lieke.send(
        _at(draft, "yaml/"), **{**opened, "text": _with(draft.text, "title: Bewaren", "title: Bewaren en wissen")}
    )

    assert page.status == 409
    assert "Lieke van Aerle bewaarde dit concept terwijl u schreef" in page.text
    assert "erbij: title: Van de ander" in page.text
    assert f"weg: {TITLE}" in page.text
    assert "erbij: - article: " not in page.text.split("Wat u wijzigde")[1].split("Beide")[0]
    assert "title: Bewaren en wissen" in page.html
    assert world.reread(draft).revision == 2
    # The first form of the page holds both changes together.
    merged = page.html.split('id="samen-tekst"')[1].split(">", 1)[1].split("</textarea>")[0].removeprefix("\n")
    saved = lieke.send(_at(draft, "yaml/"), text=merged.replace("&quot;", '"').replace("&#x27;", "'"), base_revision=2)
    text = world.reread(draft).text
    assert saved.status == 200
    assert "title: Van de ander" in text
    assert "title: Bewaren en wissen" in text


def test_changes_of_the_same_line_are_not_put_together_by_the_house() -> None:
    draft = world.start()
    lieke = Desk("lieke")
    opened = lieke.read(_at(draft, "aanhef/")).fields
    commands.save_text(world.lieke(), draft.uid, text=_with(draft.text, TITLE, "title: Van de ander"), base_revision=1)

    page = lieke.send(_at(draft, "aanhef/"), **{**opened, "title": "Van mij"})

    assert page.status == 409
    assert "Bewaar beide wijzigingen" not in page.text
    assert "Kies hieronder zelf" in page.text
    assert "Van mij" in page.fields["text"]
    assert (page.fields["base_revision"], world.reread(draft).title) == ("2", "Van de ander")
    lieke.send(_at(draft, "yaml/"), text=page.fields["text"], base_revision="2")
    assert world.reread(draft).title == "Van mij"
    assert "title: Van de ander" in Desk("lieke").read(_at(draft, "tekst/2/")).text


@pytest.mark.parametrize("place", ["regel/6.3/", "artikel/6/", "artikel/6/regel/"])
def test_what_was_typed_for_a_place_that_another_took_out_meets_that_change(place: str) -> None:
    draft = world.start()
    lieke = Desk("lieke")
    opened = lieke.read(_at(draft, place)).fields
    if place.endswith("regel/"):
        opened |= lieke.read(_at(draft, "regel/6.3/")).fields | {"number": ""}
    gone = editing.remove_article(draft.text, number="6").text
    commands.save_text(world.lieke(), draft.uid, text=gone, base_revision=1)

    page = lieke.send(_at(draft, place), **{**opened, "text": "Dit typte ik.", "title": "Anders", "phases": ["plan"]})

    assert page.status == 409
    assert ("Dit typte ik." in page.fields["text"]) or ("Anders" in page.fields["text"])
    assert world.reread(draft).text == gone


def test_what_was_typed_in_a_conflict_is_never_run_or_shown_as_markup() -> None:
    draft = world.start()
    lieke = Desk("lieke")
    opened = lieke.read(_at(draft, "yaml/")).fields
    commands.save_text(world.lieke(), draft.uid, text=draft.text + "# ander\n", base_revision=1)

    page = lieke.send(_at(draft, "yaml/"), **{**opened, "text": "</textarea><script>alert(1)</script>"})

    assert page.status == 409
    assert "<script>alert" not in page.html


def test_a_saved_text_shows_what_it_changed_in_signs_and_words() -> None:
    draft = world.start()
    commands.save_text(world.lieke(), draft.uid, text=_with(draft.text, TITLE, "title: Korter"), base_revision=1)

    page = Desk("lieke").read(_at(draft, "tekst/2/"))
    first = Desk("lieke").read(_at(draft, "tekst/1/"))

    assert "+ erbij: title: Korter" in page.text
    assert f"− weg: {TITLE}" in page.text
    assert (first.status, "De eerste tekst" in first.text) == (200, True)


@pytest.mark.parametrize("base", ["", "0", "-1", "99", "een", str(10**30)])
def test_a_revision_that_nobody_opened_is_refused_in_words(base: str) -> None:
    draft = world.start()

    page = Desk("lieke").send(_at(draft, "yaml/"), text="weg", base_revision=base)

    assert page.status == 422
    assert world.reread(draft).revision == 1
    assert page.fields["text"] == "weg"
