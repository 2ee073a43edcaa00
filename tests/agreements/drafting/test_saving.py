"""Keeping what people type: readable or not, and never over what somebody else saved."""

from functools import partial

import pytest

from agreements.drafting import commands, editing, queries
from agreements.drafting.errors import EditConflict
from agreements.drafting.models import Revision
from agreements.policy.locations import MAX_CHARACTERS
from foundation.errors import Invalid, NotFound, Refused
from tests.agreements.drafting import world
from tests.agreements.drafting.world import lieke, visit
from tests.pace import within

TITLE = "  title: Convenant Gebiedsgerichte Aanpak Ondermijning\n"


def _with(text: str, old: str, new: str) -> str:
    assert old in text
    return text.replace(old, new, 1)


def test_a_saved_text_is_the_next_revision_and_the_first_one_is_kept() -> None:
    draft = world.start()
    changed = _with(draft.text, TITLE, "  title: Convenant Havenkwartier\n")

    saved = commands.save_text(lieke(), draft.uid, text=changed, base_revision=1, note="titel korter")

    assert (saved.revision, saved.title) == (2, "Convenant Havenkwartier")
    lines = queries.revisions_of(lieke(), draft.uid)
    assert [(line.number, line.note, line.by) for line in lines] == [
        (2, "titel korter", "Lieke van Aerle"),
        (1, "begonnen", "Lieke van Aerle"),
    ]
    assert queries.revision_text(lieke(), draft.uid, 1) == world.area_text()


def test_the_same_text_makes_no_revision_and_no_entry() -> None:
    draft = world.start()

    saved = commands.save_text(lieke(), draft.uid, text=draft.text, base_revision=1)

    assert saved.revision == 1
    assert not world.entries("draft.saved")


@pytest.mark.parametrize("typed", ["", "covenant: [", "geen yaml: : :\n\t-", "a\0b", "{", "covenant: 12", "🙂\r\nb"])
def test_what_cannot_be_read_is_kept_as_typed_and_has_findings(typed: str) -> None:
    draft = world.start()

    commands.save_text(lieke(), draft.uid, text=typed, base_revision=1)

    page = queries.draft_page(lieke(), draft.uid)
    assert page.text == typed.replace("\0", "\ufffd").replace("\r\n", "\n")
    assert (page.readable, page.n_errors > 0, page.title) == (False, True, draft.title)
    assert queries.articles_of(lieke(), draft.uid) == ()
    assert queries.choices(lieke(), draft.uid).phases


def test_a_text_beyond_the_size_that_can_be_read_is_refused_by_name() -> None:
    draft = world.start()

    with pytest.raises(Invalid) as refused:
        commands.save_text(lieke(), draft.uid, text="x" * (MAX_CHARACTERS + 1), base_revision=1)

    assert refused.value.field == "text"
    assert str(MAX_CHARACTERS) in refused.value.remedy


def test_two_hundred_errors_are_two_hundred_findings_with_lines_in_a_second() -> None:
    draft = world.start()
    rules = "\n".join(
        f'        - {{id: "6.{n}", from: [POL], to: [GEM], roles: [baas], set: pressure, purposes: ["4.1"], '
        "phases: [plan], conditions: [involved], basis: [GEMW-172]}"
        for n in range(10, 210)
    )
    text = _with(draft.text, '    - article: "7"\n', f'{rules}\n    - article: "7"\n')

    with within(2):
        commands.save_text(lieke(), draft.uid, text=text, base_revision=1)
        found = queries.findings_of(lieke(), draft.uid)

    roles = [item for item in found.findings if item.code == "unknown_role"]
    assert len(roles) == 200
    assert len({item.line for item in roles}) == 200
    assert all(item.remedy for item in roles)
    assert queries.draft_page(lieke(), draft.uid).text == text


def test_the_second_to_save_is_shown_the_others_change_and_nothing_is_overwritten() -> None:
    draft = world.start()
    theirs = _with(draft.text, TITLE, "  title: Titel van de ander\n")
    mine = _with(draft.text, TITLE, "  title: Mijn titel\n")
    commands.save_text(lieke(), draft.uid, text=theirs, base_revision=1)

    with pytest.raises(EditConflict) as conflict:
        commands.save_text(lieke(), draft.uid, text=mine, base_revision=1)

    found = conflict.value
    assert (found.status, found.code, found.current_revision, found.their_name) == (
        409, "edit_conflict", 2, "Lieke van Aerle",
    )  # fmt: skip
    assert (found.current_text, found.mine, found.merged) == (theirs, mine, None)
    assert ("+", "  title: Titel van de ander") in found.their_changes
    assert ("-", "  title: Titel van de ander") in found.changes
    assert ("+", "  title: Mijn titel") in found.changes
    assert world.reread(draft).text == theirs
    assert Revision.objects.filter(draft=draft).count() == 2


def test_changes_of_different_articles_are_offered_together_and_saved_with_one_press() -> None:
    draft = world.start()
    theirs = _with(draft.text, TITLE, "  title: Titel van de ander\n")
    mine = _with(draft.text, "      title: Bewaren\n", "      title: Bewaren en wissen\n")
    commands.save_text(lieke(), draft.uid, text=theirs, base_revision=1)

    with pytest.raises(EditConflict) as conflict:
        commands.save_text(lieke(), draft.uid, text=mine, base_revision=1)
    merged = conflict.value.merged
    assert merged is not None
    saved = commands.save_text(lieke(), draft.uid, text=merged, base_revision=conflict.value.current_revision)

    assert saved.revision == 3
    assert "Titel van de ander" in saved.text
    assert "Bewaren en wissen" in saved.text


def test_who_saves_an_old_text_without_a_change_overwrites_nothing() -> None:
    draft = world.start()
    theirs = _with(draft.text, TITLE, "  title: Titel van de ander\n")
    commands.save_text(lieke(), draft.uid, text=theirs, base_revision=1)

    saved = commands.save_text(lieke(), draft.uid, text=world.area_text(), base_revision=1)

    assert (saved.revision, saved.text) == (2, theirs)


def test_an_operation_on_an_old_text_conflicts_like_a_text_does() -> None:
    draft = world.start()
    remove = partial(editing.remove_rule, number="6.3")
    commands.save_text(lieke(), draft.uid, text=_with(draft.text, TITLE, "  title: Ander\n"), base_revision=1)

    with pytest.raises(EditConflict) as conflict:
        commands.edit(lieke(), draft.uid, operation=remove, base_revision=1)

    assert conflict.value.merged is not None
    assert '"6.3"' not in conflict.value.merged
    assert "title: Ander" in conflict.value.merged


def test_an_operation_is_kept_with_a_note_in_words() -> None:
    draft = world.start()
    add = partial(editing.add_article, title="Evaluatie", body="Elk jaar kijken partijen terug.")

    saved = commands.edit(lieke(), draft.uid, operation=add, base_revision=1)

    assert saved.revision == 2
    assert queries.revisions_of(lieke(), draft.uid)[0].note == "artikel 14 toegevoegd"
    assert queries.articles_of(lieke(), draft.uid)[-1].title == "Evaluatie"


def test_an_operation_on_a_text_that_cannot_be_read_says_what_is_wrong() -> None:
    draft = world.start("covenant: {code: HAVEN-PROEF, code: TWEE}")

    with pytest.raises(Invalid) as refused:
        commands.edit(lieke(), draft.uid, operation=partial(editing.remove_rule, number="6.1"), base_revision=1)

    assert "twee keer" in refused.value.errors[0][1]
    assert refused.value.errors[0][0] == "regel 1"


def test_a_revision_that_does_not_exist_is_refused() -> None:
    draft = world.start()

    with pytest.raises(Invalid) as refused:
        commands.save_text(lieke(), draft.uid, text="a", base_revision=7)

    assert refused.value.field == "base_revision"


def test_only_the_pen_holders_counsel_changes_a_text() -> None:
    draft = world.consulted()

    for reader in (visit("hilde"), visit("dirk"), visit("carla"), visit("hilde", "legal_counsel")):
        with pytest.raises(Refused, match="Alleen een jurist van Gemeente Maasdelta"):
            commands.save_text(reader, draft.uid, text="a", base_revision=1)
    for stranger in (visit("karin"), visit("ruben"), visit("lieke", "professional")):
        with pytest.raises(NotFound):
            commands.save_text(stranger, draft.uid, text="a", base_revision=1)
