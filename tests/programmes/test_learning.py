"""Cards of what was learned: reviewed by another agency, public, copied with their source, moved as signed files."""

import json
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from agreements.models import Professional
from audit.journal.models import Entry
from audit.journal.scope import write_scope
from deploy.demo_programmes import load_demo_lessons
from foundation.errors import Invalid, NotFound, Refused
from programmes.learning import commands, queries, signed
from programmes.learning.models import Lesson, LessonState
from tests.invariants.crawl import sign_in
from tests.programmes.conftest import visit

CARD = {
    "title": "Zqx aanpak", "tried": "Wij probeerden het.", "place": "De haven", "area_kind": "prewar",
    "pillar": "school", "costs": "Weinig", "effects": "Meer peuters kwamen.", "outcome": "worked",
    "evidence": "measured", "contact_role": "Coördinator",
}  # fmt: skip


@pytest.fixture
def card(house: None) -> Lesson:
    """A published card of the town, reviewed by the police."""
    lesson = commands.write_lesson(visit("anouk"), **CARD)
    commands.review_lesson(visit("hilde"), lesson.uid)
    return commands.publish_lesson(visit("anouk"), lesson.uid)


def file_of(card: Lesson) -> bytes:
    return Client().get(f"/lessen/{card.uid}/bestand").content


def test_another_agency_reviews_before_everybody_reads(house: None) -> None:
    draft = commands.write_lesson(visit("anouk"), **CARD)
    assert Client().get(f"/lessen/{draft.uid}/").status_code == 404
    with pytest.raises(Invalid):
        commands.review_lesson(visit("anouk"), draft.uid)
    with pytest.raises(Invalid):
        commands.publish_lesson(visit("anouk"), draft.uid)
    commands.review_lesson(visit("hilde"), draft.uid)
    with pytest.raises(NotFound):
        commands.publish_lesson(visit("hilde"), draft.uid)
    with pytest.raises(Invalid):
        commands.write_lesson(visit("anouk"), uid=draft.uid, **CARD)
    commands.publish_lesson(visit("anouk"), draft.uid)
    assert "Zqx aanpak" in Client().get(f"/lessen/{draft.uid}/").content.decode()
    assert Entry.objects.filter(event_type__startswith="lesson.", outcome="ok").count() == 3


def test_a_card_is_not_reviewed_by_its_own_agency_past_the_command(house: None) -> None:
    draft = commands.write_lesson(visit("anouk"), **CARD)
    with pytest.raises(IntegrityError), transaction.atomic(), write_scope(reason="test"):
        Lesson.objects.filter(pk=draft.pk).update(state=LessonState.REVIEWED, reviewer=draft.agency)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("tried", "Bel 06 12345678"),
        ("effects", "mail piet@example.nl"),
        ("place", ""),
        ("pillar", "x"),
        ("tried", "111222333"),
    ],
)
def test_a_card_about_a_person_or_without_a_field_is_refused(house: None, field: str, value: str) -> None:
    with pytest.raises(Invalid) as found:
        commands.write_lesson(visit("anouk"), **(CARD | {field: value}))
    assert found.value.field == field
    assert not Lesson.objects.exists()


def test_who_leads_nothing_is_refused(card: Lesson) -> None:
    with pytest.raises(Refused):
        commands.write_lesson(visit("esra"), **CARD)
    with pytest.raises(Refused):
        commands.copy_lesson(visit("esra"), card.uid)
    with pytest.raises(NotFound):
        commands.copy_lesson(visit("hilde"), uuid4())


def test_the_list_searches_words_and_filters(house: None) -> None:
    load_demo_lessons()
    load_demo_lessons()
    assert len(queries.published()) == 3
    assert [one.pillar for one in queries.published(q="peuter VOORSCHOOL")] == ["school"]
    assert [one.pillar for one in queries.published(outcome="not", evidence="measured")] == ["safety"]
    assert queries.published(q="peuter", pillar="safety") == ()
    [line] = Client().get("/api/v1/lessons?pillar=housing").json()
    assert line["agency"] == "WON-WATERWEG"
    assert "Geen leerkaart gevonden" in Client().get("/lessen/?q=zqx").content.decode()


def test_a_copy_names_its_source_and_a_next_edition_supersedes(card: Lesson) -> None:
    copy = commands.copy_lesson(visit("hilde"), card.uid)
    assert (copy.state, copy.source) == (LessonState.DRAFT, f"{card.agency.name}: Zqx aanpak")
    following = commands.copy_lesson(visit("anouk"), card.uid)
    commands.write_lesson(visit("anouk"), uid=following.uid, **(CARD | {"title": "Tweede"}))
    commands.review_lesson(visit("hilde"), following.uid)
    commands.publish_lesson(visit("anouk"), following.uid)
    card.refresh_from_db()
    assert card.state == LessonState.SUPERSEDED
    assert [one.title for one in queries.published()] == ["Tweede"]


def test_a_signed_file_lands_as_a_draft_that_names_its_origin(card: Lesson) -> None:
    found = commands.import_lesson(visit("hilde"), file_of(card))
    assert (found.state, found.title) == (LessonState.DRAFT, "Zqx aanpak")
    assert found.source.startswith(card.agency.name)
    assert found.agency.code == "POL-MD"


def test_a_file_that_was_changed_or_is_of_nobody_trusted_is_refused(
    card: Lesson, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = json.loads(file_of(card))
    head, body, seal = whole["jws"].split(".")
    changed = json.dumps(whole | {"jws": f"{head}.{body[:-4]}AAAA.{seal}"}).encode()
    for data in (b"", b"{}", b"[]", changed, b"x" * (signed.MOST_BYTES + 1)):
        with pytest.raises(Invalid) as found:
            commands.import_lesson(visit("hilde"), data)
        assert found.value.field == "file"
    monkeypatch.setattr(signed, "root_pem", lambda: "")
    with pytest.raises(Invalid):
        commands.import_lesson(visit("hilde"), file_of(card))
    assert Lesson.objects.count() == 1


def test_the_pages_write_review_and_publish(house: None) -> None:
    anouk, hilde = (sign_in(Professional.objects.get(demo_key=key)) for key in ("anouk", "hilde"))
    wrong = anouk.post("/lessen/nieuw/", CARD | {"effects": "Bel 06 12345678"})
    assert wrong.status_code == 422
    assert "06 12345678" in wrong.content.decode()
    assert anouk.post("/lessen/nieuw/", CARD).status_code == 302
    at = f"/lessen/{Lesson.objects.get().uid}/"
    assert anouk.get(f"{at}wijzig/").status_code == 200
    assert "Nagekeken en akkoord" in hilde.get(at).content.decode()
    assert hilde.post(f"{at}nagekeken/").status_code == 302
    assert anouk.post(f"{at}publiceer/").status_code == 302
    assert hilde.post(f"{at}neem-over/").status_code == 302
    assert "In bewerking" in hilde.get("/lessen/").content.decode()
    assert 'enctype="multipart/form-data"' in anouk.get("/lessen/inlezen/").content.decode()
