"""Findings with their answers, remarks, parties and steps, as people meet them."""

import json

import pytest

from agreements.drafting import queries
from agreements.drafting.models import Draft
from tests.agreements.drafting import world
from tests.agreements.drafting.desk import LIST, Desk, Page

LINE = "    - {article:"


def _at(draft: Draft, place: str = "") -> str:
    return f"{LIST}{draft.uid}/{place}"


def _warned() -> Draft:
    """A draft with one warning (parties without an agency) and nothing else."""
    parties = {code: capacity for code, capacity in world.PARTIES.items() if code != "JW-HAVEN"}
    return world.start(parties=parties)


def _warning(draft: Draft) -> tuple[str, str]:
    found = next(item for item in queries.findings_of(world.lieke(), draft.uid).findings if item.severity == "warning")
    return json.dumps([found.code, found.article, found.message]), found.message


def test_findings_stand_by_article_with_where_why_and_the_mend() -> None:
    text = world.area_text()
    wrong = text.replace('{id: "6.3", from:', '{id: "6.3", fazen: [plan], from:', 1)
    assert wrong != text
    draft = world.start(wrong)

    page = Desk("lieke").read(_at(draft, "bevindingen/"))

    assert "Artikel 6." in page.text
    assert "artikel 6.3" in page.text
    assert "fazen" in page.text
    assert _at(draft, "regel/6.3/") in page.links()
    assert "Beantwoord deze waarschuwing" not in page.text


def test_a_warning_is_answered_in_words_and_the_words_stand_by_it() -> None:
    draft = _warned()
    finding, message = _warning(draft)
    lieke = Desk("lieke")
    assert "1 nog te beantwoorden" in lieke.read(_at(draft, "bevindingen/")).text

    page = lieke.send(_at(draft, "bevindingen/antwoord/"), finding=finding, text="Jongerenwerk komt volgend jaar.")

    assert page.where == _at(draft, "bevindingen/")
    assert message in page.text
    assert "Jongerenwerk komt volgend jaar." in page.text
    assert "nog te beantwoorden" not in page.text


def test_an_empty_answer_is_asked_for_at_that_warning() -> None:
    draft = _warned()
    finding, _message = _warning(draft)

    page = Desk("lieke").send(_at(draft, "bevindingen/antwoord/"), finding=finding, text=" ")

    assert page.status == 422
    assert "Waarom u dit zo laat: Dit veld is verplicht" in page.text
    assert '<details class="vb-mt-s" open>' in page.html


@pytest.mark.parametrize("finding", ["", "geen json", "[]", "{}", '["a"]', '["no_such", "1", "Niets."]', "[1,2,3]"])
def test_a_finding_that_is_not_there_is_refused_in_words(finding: str) -> None:
    draft = _warned()

    page = Desk("lieke").send(_at(draft, "bevindingen/antwoord/"), finding=finding, text="zomaar")

    assert page.status == 422
    assert "bevinding" in page.text.split("Opmerkingen")[1].lower()


def test_who_reads_sees_findings_without_a_way_to_answer_or_mend() -> None:
    parties = {code: capacity for code, capacity in world.PARTIES.items() if code != "JW-HAVEN"}
    draft = world.consulted(parties=parties)

    page = Desk("hilde").read(_at(draft, "bevindingen/"))

    assert "Waarschuwing" in page.text
    assert "Beantwoord" not in page.text
    assert "Kies de partijen" not in page.text


def test_a_party_remarks_the_jurist_answers_and_the_party_reopens() -> None:
    draft = world.consulted()
    lieke, hilde = Desk("lieke"), Desk("hilde")

    asked = hilde.fill_in(_at(draft, "opmerkingen/"), article="6", text="Ook voor de teamleider?")
    assert "Ook voor de teamleider?" in asked.text
    assert "Beantwoord deze opmerking" not in asked.text
    remark = draft.remarks.get()
    assert "1 opmerking" in lieke.read(_at(draft)).text

    empty = lieke.send(_at(draft, f"opmerkingen/{remark.uid}/antwoord/"), answer="")
    assert (empty.status, "Dit veld is verplicht" in empty.text) == (422, True)
    answered = lieke.send(_at(draft, f"opmerkingen/{remark.uid}/antwoord/"), answer="Ja, toegevoegd.")
    assert "Geen open opmerkingen" in answered.text
    assert "Ja, toegevoegd." in answered.text

    again = hilde.send(_at(draft, f"opmerkingen/{remark.uid}/heropen/"))
    assert "heropend" in again.text
    assert "Ja, toegevoegd." in again.text


def test_open_remarks_come_first() -> None:
    draft = world.consulted()
    lieke = Desk("lieke")
    for said in ("de eerste", "de tweede"):
        lieke.fill_in(_at(draft, "opmerkingen/"), text=said)
    lieke.send(_at(draft, f"opmerkingen/{draft.remarks.first().uid}/antwoord/"), answer="goed")

    text = lieke.read(_at(draft, "opmerkingen/")).text

    assert text.index("de tweede") < text.index("de eerste")


def test_a_remark_about_an_article_that_is_not_there_stays_typed() -> None:
    draft = world.consulted()

    page = Desk("hilde").fill_in(_at(draft, "opmerkingen/"), article="99", text="Blijft staan.")

    assert (page.status, page.fields["text"]) == (422, "Blijft staan.")


def test_a_remark_of_another_draft_is_not_answered_here() -> None:
    remark = world.some_remark()
    other = world.start(world.area_text().replace(world.CODE, "ANDERS"))

    for act in ("antwoord", "heropen"):
        assert Desk("lieke").send(_at(other, f"opmerkingen/{remark}/{act}/"), answer="goed").status == 404


def test_the_course_says_what_stands_in_the_way_of_each_step() -> None:
    draft = world.start(parties={"GEM-MD": "controller"})

    page = Desk("lieke").read(_at(draft, "voortgang/"))
    tried = Desk("lieke").fill_in(_at(draft, "voortgang/open_consultation/"))

    assert "Er is nog niemand om te raadplegen" in page.text
    assert _at(draft, "voortgang/open_consultation/") not in page.links()
    assert (tried.status, "Er is nog niemand om te raadplegen" in tried.text) == (422, True)


def test_a_draft_goes_through_consultation_to_the_signing_table_and_back() -> None:
    draft = world.start()
    lieke = Desk("lieke")

    assert "In consultatie" in lieke.fill_in(_at(draft, "voortgang/open_consultation/")).text
    put_up = lieke.fill_in(_at(draft, "voortgang/put_up_for_signature/"))
    assert world.state(draft) == "for_signature"
    assert "?versie=1" in "".join(put_up.links())
    empty = lieke.fill_in(_at(draft, "voortgang/take_back/"))
    assert (empty.status, 'href="#id_reason"' in empty.html) == (422, True)
    lieke.fill_in(_at(draft, "voortgang/take_back/"), reason="Nog een ronde.")
    assert world.state(draft) == "consultation"


def test_a_step_that_does_not_exist_or_not_now_leads_back() -> None:
    draft = world.start()
    lieke = Desk("lieke")

    assert lieke.read(_at(draft, "voortgang/zomaar/")).status == 404
    assert lieke.client.get(_at(draft, "voortgang/take_back/")).status_code == 302
    late = lieke.client.post(_at(draft, "voortgang/take_back/"), {"reason": "nee"}, follow=True)
    assert (late.status_code, "Dit kan nu niet" in Page(late).text) == (200, True)


def test_a_reader_sees_the_steps_and_to_whom_they_are() -> None:
    draft = world.consulted()

    page = Desk("hilde").read(_at(draft, "voortgang/"))

    assert "Deze stap is aan Gemeente Maasdelta" in page.text
    assert "Bewaar de partijen" not in page.text


def test_parties_are_chosen_and_the_text_follows_them_on_request() -> None:
    draft = world.start()
    lieke = Desk("lieke")

    chosen = lieke.fill_in(
        _at(draft, "voortgang/"), **{"partij_OND-BAKEN": "third_party", "partij_WON-WATERWEG": "third_party"}
    )
    assert chosen.status == 405
    sent = {**lieke.read(_at(draft, "voortgang/")).fields, "partij_OND-BAKEN": "third_party"}
    page = lieke.send(_at(draft, "voortgang/partijen/"), **{**sent, "partij_WON-WATERWEG": "third_party"})

    assert "niet in de tekst" in page.text
    assert "in de tekst een andere hoedanigheid" in page.text
    lieke.fill_in(_at(draft, "voortgang/partijen/tekst/"))
    parties = queries.draft_page(world.lieke(), draft.uid).parties
    assert {item.code for item in parties if item.expected != item.capacity} == set()
    assert "niet in de tekst" not in lieke.read(_at(draft, "voortgang/")).text
