"""Every write about a draft leaves an entry that names no person, and no write goes without one."""

from functools import partial

import pytest
from django.db import DatabaseError, transaction

from agreements.drafting import commands, editing
from agreements.drafting.events import EVENT_TYPES
from agreements.drafting.models import Draft
from audit import ports
from audit.journal.models import Entry
from tests.agreements.drafting import world
from tests.agreements.drafting.world import lieke, visit


def test_the_life_of_a_draft_is_in_the_journal_and_names_nobody() -> None:
    text = world.area_text().replace("      accession: {consent: controllers}\n", "")
    draft = world.consulted(text)
    commands.edit(lieke(), draft.uid, operation=partial(editing.remove_rule, number="6.3"), base_revision=1)
    commands.set_parties(lieke(), draft.uid, parties={"POL-MD": "controller"})
    commands.set_parties(lieke(), draft.uid, parties=world.PARTIES)
    remark = commands.add_remark(visit("hilde"), draft.uid, article="6", text="Zeg het tegen mevrouw Zomer.")
    commands.resolve_remark(lieke(), remark.uid, answer="Gedaan, meneer Winter.")
    commands.reopen_remark(visit("hilde"), remark.uid)
    commands.resolve_remark(lieke(), remark.uid, answer="Gedaan, meneer Winter.")
    _answer_all(draft)
    commands.put_up_for_signature(lieke(), draft.uid)
    commands.take_back(lieke(), draft.uid, reason="Mevrouw Herfst is het er niet mee eens.")
    commands.back_to_draft(lieke(), draft.uid)
    commands.drop(lieke(), draft.uid, reason="Meneer Lente ook niet.")

    rows = Entry.objects.filter(event_type__startswith="draft.").order_by("id")
    assert {row.event_type for row in rows} == set(EVENT_TYPES)
    assert not set(EVENT_TYPES) - set(ports.event_types())
    for row in rows:
        body = bytes(row.body).decode()
        assert str(draft.uid) in body
        for word in ("Lieke", "Hilde", "Zomer", "Winter", "Herfst", "Lente"):
            assert word not in body, row.event_type
    assert [row.event_type for row in Entry.objects.filter(event_type__startswith="covenant.offer")] == [
        "covenant.offered",
        "covenant.offer_withdrawn",
    ]


def _answer_all(draft: Draft) -> None:
    from agreements.drafting import queries

    for item in queries.findings_of(lieke(), draft.uid).findings:
        commands.answer_finding(
            lieke(), draft.uid, code=item.code, article=item.article, message=item.message, text="Zo bedoeld."
        )


def test_a_draft_changes_in_no_other_way() -> None:
    draft = world.start()

    with pytest.raises(DatabaseError), transaction.atomic():
        Draft.objects.filter(pk=draft.pk).update(text="buitenom")

    assert world.reread(draft).text == world.area_text()
