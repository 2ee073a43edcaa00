"""What is said at an item: own views, the joint view, decisions, positions, actions, points for later; who hears it."""

from uuid import UUID, uuid4

import pytest

from agreements.models import Agency
from audit.journal.models import Entry
from cases.meetings.commands import actions, attendance, decisions, joint_view, parking, pictures, running
from cases.meetings.commands.joint_view import Typed, TypedOver, standing_view, version_of
from cases.meetings.models import Decision, Picture, Position, TypedDraft
from cases.meetings.room_answers import Words
from cases.meetings.room_queries import own_words, shared_facts, shared_words
from cases.plans.models import Action
from foundation.errors import Invalid, NotFound, Refused
from tests.cases.desk import changing
from tests.cases.meetings.room.stage import Sitting, sitting
from tests.invariants.world import World

pytestmark = pytest.mark.django_db
ME, OTHER = UUID(int=1), UUID(int=2)


@pytest.fixture
def stage(world: World) -> Sitting:
    stage = sitting(world)
    stage.comes("ruben", "POL-MD")
    stage.comes("sanne", "GEM-MD")
    return stage


def type_joint(stage: Sitting, text: str, *, base: int = 0, client: UUID = ME, domain: str = "work") -> int:
    return joint_view.save_joint(
        stage.by("nadia"), stage.item.uid, Typed(domain=domain, text=text, client=client, base=base)
    )


def joint(found: Words) -> list[str]:
    return [str(view.fact.value) for view in found.views if view.joint]


def on_wall(stage: Sitting) -> Words:
    return shared_words(stage.by("nadia"), stage.item)


def of(stage: Sitting, key: str) -> Words:
    return own_words(stage.by(key, event="meeting.followed"), stage.item, {})


def test_the_joint_view_is_on_the_wall_and_on_everybodys_own_device(stage: Sitting) -> None:
    type_joint(stage, "Hij haakt af in de ochtend")

    assert joint(on_wall(stage)) == ["Hij haakt af in de ochtend"]
    assert joint(of(stage, "ruben")) == joint(of(stage, "sanne")) == ["Hij haakt af in de ochtend"]


def test_who_was_not_there_does_not_read_it_later_whatever_the_covenant_says(stage: Sitting) -> None:
    type_joint(stage, "Gezegd zonder de school")

    stage.comes("peter", "OND-BAKEN")

    assert joint(of(stage, "peter")) == []
    assert joint(on_wall(stage)) == []
    assert joint(of(stage, "margot")) == []


def test_who_left_does_not_hear_what_is_said_before_the_chair_confirms(stage: Sitting) -> None:
    stage.comes("peter", "OND-BAKEN")
    type_joint(stage, "Met de school erbij")
    stage.leaves("peter")

    type_joint(stage, "Met de school erbij, en dit zonder haar", base=version_of(standing_view(stage.item, "work")))
    waits = joint(on_wall(stage))
    attendance.release(stage.by("nadia"), stage.item.uid, "OND-BAKEN")

    assert waits == [], "the wall stays as narrow as it was"
    assert joint(on_wall(stage)) == joint(of(stage, "ruben")) == ["Met de school erbij, en dit zonder haar"]
    assert joint(of(stage, "peter")) == []


def test_nothing_counts_as_told_to_who_left(stage: Sitting) -> None:
    stage.comes("peter", "OND-BAKEN")
    shared_facts(stage.by("nadia"), stage.item)
    told = Entry.objects.filter(agency_ref=Agency.objects.get(code="OND-BAKEN").oin)
    before = told.count()
    stage.leaves("peter")

    shared_facts(stage.by("nadia"), stage.item)

    assert before > 0
    assert told.count() == before


def test_what_is_read_out_is_heard_from_then_on(stage: Sitting) -> None:
    type_joint(stage, "Voorlezen maar")
    stage.comes("peter", "OND-BAKEN")
    view = next(view for view in of(stage, "nadia").views if view.joint)

    joint_view.read_out(stage.by("nadia"), stage.item.uid, "work")

    assert view.unheard == ("OND-BAKEN",)
    assert joint(of(stage, "peter")) == joint(on_wall(stage)) == ["Voorlezen maar"]
    assert joint(of(stage, "ruben")) == ["Voorlezen maar"]


def test_a_change_of_words_that_somebody_did_not_hear_does_not_give_them_the_rest(stage: Sitting) -> None:
    type_joint(stage, "Eerste deel")
    stage.comes("peter", "OND-BAKEN")

    type_joint(stage, "Eerste deel, en een tweede")

    assert joint(of(stage, "peter")) == []
    assert joint(of(stage, "ruben")) == ["Eerste deel, en een tweede"]


def test_what_is_still_a_draft_when_somebody_comes_in_was_not_heard_by_them(stage: Sitting) -> None:
    draft = Typed(domain="work", text="Half getypt", client=ME, seq=5)
    joint_view.keep_draft(stage.by("nadia"), stage.item.uid, draft)

    stage.comes("peter", "OND-BAKEN")

    assert not TypedDraft.objects.filter(item=stage.item).exists()
    assert joint(of(stage, "ruben")) == ["Half getypt"]
    assert joint(of(stage, "peter")) == []


def test_a_draft_is_kept_without_a_version_and_saved_when_the_item_closes(stage: Sitting) -> None:
    draft = Typed(domain="work", text="Half getypt", client=ME, seq=5)
    item = stage.item
    joint_view.keep_draft(stage.by("nadia"), item.uid, draft)
    before = Picture.objects.filter(item=item).count()

    running.next_item(stage.by("nadia"), stage.meeting.uid)

    assert before == 0
    saved = Picture.objects.get(item=item, joint=True)
    assert saved.heard == "GEM-MD POL-MD ZVH-MD"
    assert Entry.objects.filter(event_type="picture.joint_saved").count() == 1


def test_typing_on_one_page_makes_versions_and_another_page_that_did_not_see_them_is_told(stage: Sitting) -> None:
    first = type_joint(stage, "Een")
    second = type_joint(stage, "Twee")

    with pytest.raises(TypedOver):
        type_joint(stage, "Drie", client=OTHER, base=first)
    third = type_joint(stage, "Drie", client=OTHER, base=second)

    assert first < second < third
    assert joint(on_wall(stage)) == ["Drie"]


def test_two_who_type_at_once_both_keep_their_words(stage: Sitting) -> None:
    joint_view.keep_draft(stage.by("nadia"), stage.item.uid, Typed(domain="work", text="Van mij", client=ME, seq=1))

    with pytest.raises(TypedOver):
        joint_view.keep_draft(
            stage.by("nadia"), stage.item.uid, Typed(domain="work", text="Van een ander", client=OTHER, seq=1)
        )

    assert joint(on_wall(stage)) == ["Van mij"]


def test_the_same_text_again_makes_no_version_and_no_clash(stage: Sitting) -> None:
    first = type_joint(stage, "Gelijk")

    assert type_joint(stage, "Gelijk", client=OTHER, base=0) == first
    assert Picture.history.filter(case=stage.case).count() == 1


def test_an_emptied_view_is_gone_for_everybody(stage: Sitting) -> None:
    type_joint(stage, "Toch niet")

    type_joint(stage, "  ")

    assert joint(on_wall(stage)) == joint(of(stage, "nadia")) == []


@pytest.mark.parametrize(("domain", "text"), [("work", "x" * 5000), ("work", "a\x07b"), ("nergens", "tekst")])
def test_a_view_that_does_not_fit_is_refused_whole(stage: Sitting, domain: str, text: str) -> None:
    with pytest.raises(Invalid):
        type_joint(stage, text, domain=domain)

    assert not Picture.objects.filter(item=stage.item).exists()


def test_only_who_leads_writes_the_joint_view(stage: Sitting) -> None:
    typed = Typed(domain="work", text="Niet van mij", client=ME)
    for wrong in ("ruben", "sanne"):
        with pytest.raises(Refused):
            joint_view.save_joint(stage.by(wrong), stage.item.uid, typed)


def test_own_views_come_first_and_each_reads_those_of_the_others_that_it_heard(stage: Sitting) -> None:
    pictures.save_view(stage.by("ruben"), stage.item.uid, "justice", text="Veel meldingen", score=2)
    pictures.save_view(stage.by("sanne"), stage.item.uid, "justice", text="Thuis gaat het beter")

    seen = {view.fact.source.code: view for view in of(stage, "sanne").views}

    assert set(seen) == {"POL-MD", "GEM-MD"}
    assert seen["POL-MD"].score == 2


def test_a_view_that_was_prepared_is_there_when_the_item_comes_up(world: World) -> None:
    stage = sitting(world, "MO-7", started=False)
    pictures.save_view(stage.by("ruben"), stage.items[1].uid, "justice", text="Voorbereid")
    pictures.save_view(stage.by("ruben"), stage.items[1].uid, "justice", text="Beter voorbereid")
    running.start_meeting(stage.by("nadia"), stage.meeting.uid)
    running.start_item(stage.by("nadia"), stage.meeting.uid, stage.items[1].uid)

    assert [str(view.fact.value) for view in of(stage, "sanne").views] == ["Beter voorbereid"]


def test_who_is_not_present_says_nothing_and_learns_whom_to_ask(stage: Sitting) -> None:
    for act in (
        lambda: pictures.save_view(stage.by("margot"), stage.item.uid, "work", text="Van buiten"),
        lambda: parking.park(stage.by("margot"), stage.item.uid, text="Later"),
    ):
        with pytest.raises(Refused) as refused:
            act()
        assert stage.world.people["nadia"].name in refused.value.remedy


def test_decisions_are_numbered_within_the_case_and_a_repeat_makes_none(stage: Sitting) -> None:
    again = uuid4()
    first = decisions.decide(stage.by("nadia"), stage.item.uid, text="Avondhulp thuis", submission=again)
    repeat = decisions.decide(stage.by("nadia"), stage.item.uid, text="Avondhulp thuis", submission=again)
    second = decisions.decide(stage.by("nadia"), stage.item.uid, text="Stage uitbreiden")

    assert (first.number, repeat.pk, second.number) == (1, first.pk, 2)
    assert [one.number for one in on_wall(stage).decisions] == [1, 2]


def test_each_agency_endorses_or_dissents_with_its_reason_and_may_change_its_mind(stage: Sitting) -> None:
    made = decisions.decide(stage.by("nadia"), stage.item.uid, text="Avondhulp thuis")
    decisions.take_position(stage.by("sanne"), stage.item.uid, stance="agrees", decision=made.uid)
    with pytest.raises(Invalid) as without:
        decisions.take_position(stage.by("ruben"), stage.item.uid, stance="dissents", decision=made.uid)
    decisions.take_position(stage.by("ruben"), stage.item.uid, stance="dissents", reason="Te licht", decision=made.uid)

    stands = {stand.agency.code: (stand.stance, stand.reason) for stand in on_wall(stage).decisions[0].positions}
    decisions.take_position(stage.by("ruben"), stage.item.uid, stance="agrees", decision=made.uid)

    assert without.value.field == "reason"
    assert stands == {"GEM-MD": ("agrees", ""), "POL-MD": ("dissents", "Te licht")}
    assert Position.objects.filter(source__code="POL-MD", case=stage.case).get().stance == "agrees"
    assert "Te licht" not in str(on_wall(stage).decisions)


def test_a_decision_that_somebody_did_not_hear_leaves_no_gap_in_their_numbers(stage: Sitting) -> None:
    decisions.decide(stage.by("nadia"), stage.item.uid, text="Zonder de school")
    stage.comes("peter", "OND-BAKEN")
    decisions.decide(stage.by("nadia"), stage.item.uid, text="Met de school")

    assert [(one.number, str(one.fact.value)) for one in of(stage, "peter").decisions] == [(1, "Met de school")]
    assert [one.number for one in of(stage, "ruben").decisions] == [1, 2]


def test_nobody_takes_a_position_on_words_it_did_not_hear(stage: Sitting) -> None:
    made = decisions.decide(stage.by("nadia"), stage.item.uid, text="Zonder de school")
    stage.comes("peter", "OND-BAKEN")

    with pytest.raises(NotFound):
        decisions.take_position(stage.by("peter"), stage.item.uid, stance="agrees", decision=made.uid)
    with pytest.raises(NotFound):
        decisions.take_position(stage.by("ruben"), stage.item.uid, stance="agrees", decision=uuid4())


def test_one_line_makes_an_action_that_its_owner_reads_even_when_it_was_not_there(stage: Sitting) -> None:
    entered = actions.enter_line(stage.by("nadia"), stage.item.uid, "@OND verzuim terugkoppelen +7")

    made = Action.objects.get(uid=entered.uid)
    assert (entered.kind, made.owner_agency.code, made.item) == ("action", "OND-BAKEN", stage.item.uid)
    assert [str(one.fact.value) for one in of(stage, "peter").tasks] == ["verzuim terugkoppelen"]
    assert [one.number for one in on_wall(stage).tasks] == [1]


def test_a_first_name_of_somebody_present_is_an_owner(stage: Sitting) -> None:
    name = stage.world.people["sanne"].name.split()[0]
    actions.enter_line(stage.by("nadia"), stage.item.uid, f"@{name.lower()} avondhulp inplannen morgen")

    assert Action.objects.get(case=stage.case).owner == stage.world.people["sanne"]


def test_a_line_with_a_mark_in_front_is_a_decision(stage: Sitting) -> None:
    entered = actions.enter_line(stage.by("nadia"), stage.item.uid, "! Avondhulp vanaf maandag")

    assert (entered.kind, Decision.objects.get(case=stage.case).number) == ("decision", 1)


def test_a_line_with_something_missing_is_kept_by_nobody_and_says_all_that_is_missing(stage: Sitting) -> None:
    with pytest.raises(Invalid) as refused:
        actions.enter_line(stage.by("nadia"), stage.item.uid, "verzuim terugkoppelen")

    assert {place for place, _said in refused.value.errors} == {"owner", "due_on"}
    assert not Action.objects.filter(case=stage.case).exists()


def test_only_who_leads_enters_lines(stage: Sitting) -> None:
    with pytest.raises(Refused):
        actions.enter_line(stage.by("ruben"), stage.item.uid, "! Besluit van de politie")


def test_a_point_is_parked_and_dealt_with(stage: Sitting) -> None:
    again = uuid4()
    point = parking.park(stage.by("ruben"), stage.item.uid, text="Wie belt de oma?", submission=again)
    parking.park(stage.by("ruben"), stage.item.uid, text="Wie belt de oma?", submission=again)
    parked = of(stage, "sanne").parked

    with pytest.raises(Refused):
        parking.resolve(stage.by("ruben"), stage.item.uid, point.uid)
    parking.resolve(stage.by("nadia"), stage.item.uid, point.uid)

    assert [str(one.fact.value) for one in parked] == ["Wie belt de oma?"]
    assert of(stage, "sanne").parked == ()


def test_words_of_an_item_that_is_over_take_no_more_words(stage: Sitting) -> None:
    item = stage.item
    running.next_item(stage.by("nadia"), stage.meeting.uid)

    with pytest.raises(Invalid):
        decisions.decide(stage.by("nadia"), item.uid, text="Te laat")


def test_a_participant_that_leaves_the_case_reads_nothing_of_it_any_more(stage: Sitting) -> None:
    type_joint(stage, "Gezegd met de politie erbij")
    with changing():
        stage.case.participations.filter(agency__code="POL-MD").update(is_open=False)

    assert joint(on_wall(stage)) == []
    from cases.disclosure.refusals import NotYourCase

    with pytest.raises((NotYourCase, NotFound)):
        pictures.save_view(stage.by("ruben"), stage.item.uid, "work", text="Nog iets")
