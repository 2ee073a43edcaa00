"""Remarks in consultation and their answers; warnings of the linter and why they are left so."""

import pytest

from agreements.drafting import commands, queries
from foundation.errors import Invalid, NotFound, Refused
from tests.agreements.drafting import world
from tests.agreements.drafting.world import lieke, visit


def test_a_party_remarks_on_an_article_and_the_owner_answers_in_words() -> None:
    draft = world.consulted()

    remark = commands.add_remark(visit("hilde"), draft.uid, article="6.1", text=" Waarom de burgemeester? ")
    seen = queries.remarks_of(lieke(), draft.uid)[0]
    assert (seen.article, seen.article_title, seen.text, seen.agency_monogram, seen.resolved, seen.may_resolve) == (
        "6.1", "Druk en plekken", "Waarom de burgemeester?", "POL", False, True,
    )  # fmt: skip
    commands.resolve_remark(lieke(), remark.uid, answer="Artikel 172 van de Gemeentewet.")

    seen = queries.remarks_of(visit("hilde"), draft.uid)[0]
    assert (seen.resolved, seen.answer, seen.resolved_by) == (
        True, "Artikel 172 van de Gemeentewet.", "Lieke van Aerle",
    )  # fmt: skip
    assert (seen.may_resolve, seen.may_reopen) == (False, True)
    assert queries.draft_page(lieke(), draft.uid).n_open_remarks == 0


def test_a_remark_whose_answer_does_not_settle_it_is_opened_again_by_its_agency() -> None:
    draft = world.consulted()
    remark = commands.add_remark(visit("hilde"), draft.uid, article="", text="Te veel artikelen.")
    commands.resolve_remark(lieke(), remark.uid, answer="Dat valt mee.")

    with pytest.raises(Refused):
        commands.reopen_remark(visit("ineke"), remark.uid)
    commands.reopen_remark(visit("dirk"), remark.uid)

    seen = queries.remarks_of(lieke(), draft.uid)[0]
    assert (seen.resolved, seen.answer) == (False, "Dat valt mee.")


def test_a_remark_says_when_its_article_changed_since() -> None:
    draft = world.consulted()
    commands.add_remark(visit("hilde"), draft.uid, article="6", text="Scherper, graag.")
    commands.add_remark(visit("hilde"), draft.uid, article="7.1", text="Goed zo.")
    text = draft.text.replace("title: Druk en plekken", "title: Plekken en druk")
    commands.save_text(lieke(), draft.uid, text=text, base_revision=1)

    assert {item.article: item.outdated for item in queries.remarks_of(lieke(), draft.uid)} == {"6": True, "7.1": False}


@pytest.mark.parametrize(
    ("article", "text", "field"), [("6", "  ", "text"), ("6", "x" * 4001, "text"), ("99", "a", "article")]
)
def test_a_remark_has_words_and_a_place(article: str, text: str, field: str) -> None:
    draft = world.consulted()

    with pytest.raises(Invalid) as refused:
        commands.add_remark(visit("hilde"), draft.uid, article=article, text=text)

    assert refused.value.field == field
    assert refused.value.remedy


def test_who_does_not_read_a_draft_does_not_remark_and_after_the_offer_nobody_does() -> None:
    draft = world.consulted()
    for stranger in (visit("karin"), visit("ruben"), visit("bas")):
        with pytest.raises(NotFound):
            commands.add_remark(stranger, draft.uid, article="", text="a")
    remark = commands.add_remark(visit("hilde"), draft.uid, article="", text="a")
    with pytest.raises(NotFound):
        commands.resolve_remark(visit("karin"), remark.uid, answer="b")
    with pytest.raises(Refused):
        commands.resolve_remark(visit("hilde"), remark.uid, answer="b")
    commands.resolve_remark(lieke(), remark.uid, answer="b")
    with pytest.raises(Invalid):
        commands.resolve_remark(lieke(), remark.uid, answer="c")
    commands.put_up_for_signature(lieke(), draft.uid)
    with pytest.raises(Refused):
        commands.add_remark(visit("hilde"), draft.uid, article="", text="te laat")
    with pytest.raises(Refused):
        commands.reopen_remark(visit("hilde"), remark.uid)


def test_an_open_remark_is_opened_no_further() -> None:
    draft = world.consulted()
    remark = commands.add_remark(visit("hilde"), draft.uid, article="", text="a")

    with pytest.raises(Invalid):
        commands.reopen_remark(visit("hilde"), remark.uid)


def _with_warning() -> str:
    return world.area_text().replace("      accession: {consent: controllers}\n", "")


def test_a_warning_blocks_until_it_is_answered_and_the_answer_is_to_that_sentence() -> None:
    draft = world.consulted(_with_warning())
    warning = queries.findings_of(lieke(), draft.uid).findings[0]
    assert (warning.severity, warning.code, warning.blocks) == ("warning", "no_accession", True)
    assert queries.draft_page(lieke(), draft.uid).steps[1].reasons == ("1 waarschuwing is nog niet beantwoord.",)

    commands.answer_finding(
        lieke(), draft.uid, code=warning.code, article=warning.article, message=warning.message, text="Zo bedoeld."
    )

    answered = queries.findings_of(visit("hilde"), draft.uid)
    assert (answered.findings[0].answer, answered.findings[0].blocks, answered.n_unanswered) == (
        "Zo bedoeld.", False, 0,
    )  # fmt: skip
    assert commands.put_up_for_signature(lieke(), draft.uid).state == "for_signature"


def test_an_answer_can_be_written_again() -> None:
    draft = world.start(_with_warning())
    warning = queries.findings_of(lieke(), draft.uid).findings[0]
    for text in ("Eerst zo.", "Toch zo."):
        commands.answer_finding(lieke(), draft.uid, code=warning.code, article="", message=warning.message, text=text)

    assert queries.findings_of(lieke(), draft.uid).findings[0].answer == "Toch zo."


def test_an_error_is_mended_not_answered_and_what_is_gone_takes_no_answer() -> None:
    draft = world.start(world.area_text().replace("set: pressure, purposes", "set: druk, purposes"))
    error = next(item for item in queries.findings_of(lieke(), draft.uid).findings if item.code == "unknown_set")

    with pytest.raises(Invalid, match="hersteld"):
        commands.answer_finding(
            lieke(), draft.uid, code=error.code, article=error.article, message=error.message, text="laat zo"
        )
    with pytest.raises(Invalid, match="niet \\(meer\\)"):
        commands.answer_finding(lieke(), draft.uid, code="no_dpia", article="", message="weg", text="laat zo")


def test_a_party_of_the_text_without_an_agency_is_a_warning() -> None:
    fewer = {code: capacity for code, capacity in world.PARTIES.items() if code != "JW-HAVEN"}
    draft = world.start(parties=fewer)

    found = queries.findings_of(lieke(), draft.uid).findings

    assert [(item.code, item.severity) for item in found] == [("party_without_agency", "warning")]
    assert "JW" in found[0].message
    assert found[0].line


def test_parties_are_chosen_once_and_told_apart_from_the_text() -> None:
    draft = world.start()
    commands.set_parties(lieke(), draft.uid, parties=world.PARTIES)
    assert not world.entries("draft.parties_set")

    commands.set_parties(lieke(), draft.uid, parties={"POL-MD": "participant"})

    lines = queries.draft_page(lieke(), draft.uid).parties
    assert [(line.code, line.capacity, line.expected) for line in lines] == [("POL-MD", "participant", "controller")]
    with pytest.raises(NotFound):
        commands.set_parties(visit("hilde"), draft.uid, parties={})
