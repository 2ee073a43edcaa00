"""The list of drafts and the beginning of one, as people meet them."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from agreements.drafting.models import Draft
from agreements.drafting.models_nl import MODELS
from tests.agreements.covenants.world import load
from tests.agreements.drafting import world
from tests.agreements.drafting.desk import LIST, Desk

NEW = f"{LIST}nieuw/"


def _file(content: bytes, name: str = "tekst.yaml") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def test_a_draft_is_in_the_list_of_its_owner_at_once_and_of_the_others_from_consultation_on() -> None:
    draft = world.start()
    assert "HAVEN-PROEF" in Desk("lieke").read(LIST).text
    assert "HAVEN-PROEF" not in Desk("hilde").read(LIST).text

    world.commands.open_consultation(world.lieke(), draft.uid)

    assert "HAVEN-PROEF" in Desk("hilde").read(LIST).text
    assert "HAVEN-PROEF" not in Desk("karin").read(LIST).text
    assert "HAVEN-PROEF" not in Desk("peter").read(LIST).text


def test_only_a_jurist_is_offered_to_begin_and_may() -> None:
    assert NEW in Desk("lieke").read(LIST).links()
    assert NEW not in Desk("carla").read(LIST).links()
    refused = Desk("carla").read(NEW)
    assert (refused.status, "Alleen een jurist begint een concept" in refused.text) == (403, True)


def test_the_list_counts_remarks_that_wait_for_an_answer() -> None:
    world.some_remark()

    assert "1 open opmerking" in Desk("lieke").read(LIST).text


@pytest.mark.parametrize("model", MODELS)
def test_each_model_begins_a_draft_with_the_chosen_parties(model: str) -> None:
    page = Desk("lieke").fill_in(
        NEW, start=f"model:{model}", code="NIEUW-1", title="Een nieuw convenant", **{"partij_POL-MD": "controller"}
    )

    draft = Draft.objects.get()
    assert page.where == f"{LIST}{draft.uid}/"
    assert (draft.code, draft.title, draft.template) == ("NIEUW-1", "Een nieuw convenant", model)
    assert [row.agency.code for row in draft.parties.all()] == ["POL-MD"]
    assert "Een nieuw convenant" in page.text


def test_an_existing_covenant_begins_its_next_version() -> None:
    load()

    page = Desk("lieke").fill_in(NEW, start="version", version="PGA-MD/2")

    assert "PGA-MD, versie 3" in page.text
    assert Draft.objects.get().based_on.number == 2


def test_a_file_is_kept_as_it_is_with_what_is_wrong_in_it_as_findings() -> None:
    page = Desk("lieke").fill_in(NEW, start="file", file=_file(b"covenant:\n  code: 7\n  titel: [weg\n"))

    assert page.status == 200
    assert Draft.objects.get().text == "covenant:\n  code: 7\n  titel: [weg\n"
    assert "De tekst is nu niet te lezen" in page.text


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        (_file(b"x" * (512 * 1024 + 1)), "te groot"),
        (_file(b"\xff\xfe\x00covenant"), "geen gewone tekst"),
        (_file(b"   \n"), "leeg"),
        (None, "Kies een bestand"),
    ],
)
def test_a_file_that_cannot_be_a_covenant_is_refused_at_its_field(file: SimpleUploadedFile, sentence: str) -> None:
    page = Desk("lieke").fill_in(NEW, start="file", file=file)

    assert page.status == 422
    assert sentence in page.text
    assert not Draft.objects.exists()


def test_what_was_typed_stays_when_a_beginning_is_refused() -> None:
    page = Desk("lieke").fill_in(NEW, start="model:youth_group", code="kleine letters", title="Blijft staan")

    assert page.status == 422
    assert page.fields["title"] == "Blijft staan"
    assert page.fields["code"] == "kleine letters"
    assert "De code heeft niet de juiste vorm" in page.text
    assert not Draft.objects.exists()


def test_a_model_asks_for_a_code_and_a_title_and_a_file_does_not() -> None:
    asked = Desk("lieke").fill_in(NEW, start="model:youth_group")
    assert (asked.status, asked.text.count("Code: Dit veld is verplicht")) == (422, 1)

    assert Desk("lieke").fill_in(NEW, start="file", file=_file(world.area_text().encode())).status == 200


def test_an_agency_that_nobody_offered_is_not_taken_from_a_form() -> None:
    Desk("lieke").fill_in(
        NEW,
        start="file",
        file=_file(world.area_text().encode()),
        **{"partij_ZOMAAR": "controller", "partij_": "bureau"},
    )

    assert [row.agency.code for row in Draft.objects.get().parties.all()] == ["GEM-MD"]
