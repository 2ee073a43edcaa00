"""Putting a draft up for signature and taking it back; what was signed stays as evidence."""

import re

import pytest

from agreements.covenants.drawing_up import document_hash
from agreements.covenants.models import CovenantVersion, Signature
from agreements.covenants.rules import State
from agreements.drafting import commands, queries
from agreements.drafting.errors import StepRefused
from agreements.drafting.models import Revision
from agreements.policy.catalogue import load_catalogue
from agreements.policy.document import load_document
from agreements.policy.vocabulary import BUREAU
from audit.journal.scope import write_scope
from foundation import clock
from foundation.errors import Invalid
from tests.agreements.drafting import world


def test_an_offer_is_the_canonical_document_with_an_empty_place_for_every_party() -> None:
    draft = world.offered()

    version = CovenantVersion.objects.get(draft=draft)
    document = load_document(world.area_text(), catalogue=load_catalogue())
    assert (version.state, version.number, version.covenant.code) == (State.FOR_SIGNATURE, 1, world.CODE)
    assert version.sha256 == document_hash(document)
    assert version.text == draft.text
    assert version.starts == clock.start_of(document.term.from_)
    places = {row.agency.code: (row.capacity, row.signed_on) for row in version.signatures.all()}
    assert places == {code: (capacity, None) for code, capacity in world.PARTIES.items()}
    assert any(capacity == BUREAU for capacity, _signed in places.values())


def test_a_version_for_signature_grants_nothing_and_its_text_no_longer_changes() -> None:
    draft = world.offered()

    page = queries.draft_page(world.lieke(), draft.uid)
    assert (page.state, page.may_write, page.may_remark, page.version_number) == ("for_signature", False, False, 1)
    with pytest.raises(Exception, match="niet meer te wijzigen"):
        commands.save_text(world.lieke(), draft.uid, text="iets", base_revision=draft.revision)
    assert world.reread(draft).text == world.area_text()


def test_taken_back_the_version_is_void_and_the_text_gets_the_next_number() -> None:
    draft = world.offered()
    version = CovenantVersion.objects.get(draft=draft)
    _sign_one(version, "POL-MD")

    back = commands.take_back(world.lieke(), draft.uid, reason="Artikel 6 moet scherper.")

    version.refresh_from_db()
    assert version.state == State.WITHDRAWN
    assert Signature.objects.filter(version=version).exclude(signed_on=None).count() == 1
    assert (back.state, back.version_id) == ("consultation", None)
    assert queries.draft_page(world.lieke(), draft.uid).number == 2
    assert Revision.objects.filter(draft=draft).last().note == "teruggehaald; versie 2"
    again = commands.put_up_for_signature(world.lieke(), draft.uid)
    assert CovenantVersion.objects.get(draft=again).number == 2


def _sign_one(version: CovenantVersion, agency: str) -> None:
    from django.db import transaction

    from agreements.covenants.commands.shared import Event, finish
    from agreements.covenants.rules import operator
    from audit.journal.entry import Action

    with transaction.atomic(), write_scope(reason="tests"):
        row = version.signatures.get(agency__code=agency)
        row.signed_on, row.signatory, row.mandate = clock.today(), "H. Verbeek", "mandaat"
        row.save()
        finish(operator("tests"), [Event(type="covenant.signed", action=Action.EXECUTE, covenant=world.CODE)])


def test_a_draft_whose_version_everybody_signed_is_adopted_and_ends_there() -> None:
    draft = world.offered()
    assert world.state(draft) == "for_signature"

    world.agree(draft)

    page = queries.draft_page(world.lieke(), draft.uid)
    assert (page.state, page.state_label, page.steps) == ("adopted", "Getekend", ())
    assert [line.state for line in queries.draft_list(world.lieke())] == ["adopted"]
    with pytest.raises(StepRefused):
        commands.take_back(world.lieke(), draft.uid, reason="te laat")


def test_everything_that_stands_in_the_way_is_told_at_once() -> None:
    text = world.area_text().replace("DPIA-3", "[invullen: nummer]")
    text = re.sub("until: [0-9-]+", "until: 2020-12-31", text)
    draft = world.consulted(text, parties={"POL-MD": "participant", world.SCHOOL: "participant"})
    commands.add_remark(world.visit("hilde"), draft.uid, article="6", text="Waarom ook de burgemeester?")

    with pytest.raises(StepRefused) as refused:
        commands.put_up_for_signature(world.lieke(), draft.uid)

    places = [place for place, _sentence in refused.value.errors]
    assert set(places) == {"findings", "remarks", "parties", "term"}
    sentences = " ".join(sentence for _place, sentence in refused.value.errors)
    assert "is gekozen als deelnemer; de tekst zegt verwerkingsverantwoordelijke" in sentences
    assert "de tekst noemt deze partij niet" in sentences
    assert "1 opmerking is nog niet beantwoord." in sentences
    page = queries.draft_page(world.lieke(), draft.uid)
    told = next(step for step in page.steps if step.code == "put_up_for_signature")
    assert told.reasons == tuple(sentence for _place, sentence in refused.value.errors)
    assert not CovenantVersion.objects.exists()


def test_a_next_version_is_put_up_only_for_all_who_are_party_and_by_one_of_them() -> None:
    world.agree(world.offered())
    draft = commands.start_draft(world.lieke(), from_version=(world.CODE, 1))
    fewer = {code: capacity for code, capacity in world.PARTIES.items() if code != "OM-MD"}
    commands.set_parties(world.lieke(), draft.uid, parties=fewer)
    commands.open_consultation(world.lieke(), draft.uid)

    with pytest.raises(StepRefused) as refused:
        commands.put_up_for_signature(world.lieke(), draft.uid)
    assert any("is nu partij bij" in sentence for _place, sentence in refused.value.errors)


def test_a_stranger_cannot_take_the_name_of_a_covenant() -> None:
    world.agree(world.offered())
    school = world.visit("karin", "legal_counsel")
    draft = commands.start_draft(school, text=world.area_text(), parties=world.PARTIES)
    commands.open_consultation(school, draft.uid)

    with pytest.raises(StepRefused) as refused:
        commands.put_up_for_signature(school, draft.uid)

    assert {place for place, _sentence in refused.value.errors} >= {"code", "version"}


def test_a_number_that_is_taken_is_refused_with_the_next_one() -> None:
    world.offered()
    draft = world.consulted()

    with pytest.raises(StepRefused, match="Geef de tekst nummer 2"):
        commands.put_up_for_signature(world.lieke(), draft.uid)


def test_an_offer_that_is_signed_cannot_be_withdrawn() -> None:
    from agreements.covenants.commands import withdraw_offer
    from agreements.covenants.rules import operator

    version = world.agree(world.offered())

    with pytest.raises(Invalid, match="niet"):
        withdraw_offer(version, by=operator("tests"), reason="te laat")
