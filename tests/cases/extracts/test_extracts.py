"""A copy for a third party: proposed by its source, decided by another controller, opened after a signature."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from audit.journal.models import Entry
from cases.extracts import commands, queries
from cases.extracts.models import ExtractProposal
from cases.extracts.pending import pending_for
from cases.models import Case, Extract, Participation
from cases.plans import commands as plans
from foundation import clock
from foundation.errors import Invalid, NotFound, Refused
from tests.cases.desk import Api, give, make_case, page, reading
from tests.invariants.world import World

pytestmark = pytest.mark.django_db

ACTION, AGREEMENT = "Bel de gemeente voor twaalf uur.", "De huur komt rechtstreeks."


@pytest.fixture
def case(world: World) -> Case:
    """A case of the municipality, the police and the bureau; the landlord takes no part yet."""
    made = make_case("X-1", live=("GEM-MD", "POL-MD", "SOC-WATERKANT", "ZVH-MD"), purpose="prevent_eviction")
    give(world, made, "GEM-MD", action_for_recipient=ACTION)
    give(world, made, "GEM-MD", housing_agreement=AGREEMENT)
    give(world, made, "GEM-MD", bsn="999990007")
    return made


def _wish(world: World, **more: Any) -> commands.Proposed:
    options = queries.choices(reading(world, "sanne"), "X-1", None).options
    landlord = next(option for option in options if option.recipient == "WON-WATERWEG")
    given: dict[str, Any] = {
        "option": landlord.key, "fields": ("action_for_recipient", "housing_agreement"),
        "reason": "De verhuurder moet weten wat hij doet.",
    }  # fmt: skip
    return commands.Proposed(**(given | more))


def _proposed(world: World, **more: Any) -> ExtractProposal:
    return commands.propose(reading(world, "sanne"), "X-1", _wish(world, **more))


def _agree(world: World, key: str = "ruben", *, agrees: bool = True) -> None:
    uid = ExtractProposal.objects.get(case__number="X-1").uid
    commands.take_position(reading(world, key), "X-1", uid, agrees=agrees)


def _sign(world: World) -> None:
    commands.sign_secrecy(reading(world, "joost"), "X-1", version=commands.SECRECY_VERSION)


def _read(world: World, key: str = "joost") -> str:
    return page(world, key).get("/verstrekkingen/X-1/").content.decode()


def test_what_can_be_proposed_is_what_one_has_and_an_article_gives(world: World, case: Case) -> None:
    options = {o.recipient: o for o in queries.choices(reading(world, "sanne"), "X-1", None).options}

    codes = reading(world, "sanne").policy.catalogue.codes
    assert set(codes(options["WON-WATERWEG"].mask)) == {"action_for_recipient", "housing_agreement"}
    assert "visit_risk" in codes(options["WON-WATERWEG"].allowed)
    assert "OND-BAKEN" not in options, "article 7.1 asks a minor, and this purpose is not the school's"


def test_the_whole_way_from_proposal_to_opening(world: World, case: Case) -> None:
    _proposed(world)
    assert page(world, "joost").get("/verstrekkingen/X-1/").status_code == 404
    _agree(world)

    waiting = _read(world)
    assert ACTION not in waiting
    assert "Lees en teken" in waiting
    _sign(world)
    opened = _read(world)

    assert ACTION in opened
    assert AGREEMENT in opened
    assert "999990007" not in opened
    extract = Extract.objects.get(case=case)
    assert extract.opened_at is not None
    assert extract.decided_by.startswith("Politie")
    events = list(Entry.objects.filter(case_ref=case.ref).order_by("id").values_list("event_type", flat=True))
    told = [event for event in events if event.startswith(("extract.", "secrecy."))]
    assert [
        told.index(e) for e in ("extract.agreed", "extract.given", "secrecy.signed", "extract.first_opened")
    ] == sorted(told.index(e) for e in ("extract.agreed", "extract.given", "secrecy.signed", "extract.first_opened"))


def test_the_copy_stays_as_it_was_when_the_fact_is_corrected(world: World, case: Case) -> None:
    _proposed(world)
    give(world, case, "GEM-MD", action_for_recipient="Iets anders.")
    _agree(world)
    _sign(world)

    assert ACTION in _read(world)
    assert "Iets anders." not in _read(world)


def test_nobody_opens_it_without_a_signature_of_their_own_agency(world: World, case: Case) -> None:
    _proposed(world)
    _agree(world)

    assert ACTION not in Api(world, "joost", "prevent_eviction").get("/extracts/X-1").content.decode()


def test_one_objection_stops_it(world: World, case: Case) -> None:
    _proposed(world)
    _agree(world, agrees=False)

    with pytest.raises(Invalid):
        _agree(world)
    assert not Extract.objects.filter(case=case).exists()
    assert page(world, "joost").get("/verstrekkingen/X-1/").status_code == 404


@pytest.mark.parametrize("key", ["sanne", "tessa", "nadia"])
def test_only_another_controller_decides(world: World, case: Case, key: str) -> None:
    _proposed(world)

    with pytest.raises(Refused) as refused:
        _agree(world, key)
    assert "7.2" in refused.value.article
    assert not Extract.objects.filter(case=case).exists()


def test_without_another_controller_the_bureau_decides(world: World) -> None:
    made = make_case("X-1", live=("GEM-MD", "SOC-WATERKANT", "ZVH-MD"), purpose="prevent_eviction")
    give(world, made, "GEM-MD", action_for_recipient=ACTION)
    _proposed(world, fields=("action_for_recipient",))

    _agree(world, "nadia")

    assert Extract.objects.filter(case=made).count() == 1


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"option": "POL-MD/PGA-MD/7.2/prevent_eviction"}, "option"),
        ({"fields": ()}, "fields"),
        ({"fields": ("bsn",)}, "fields"),
        ({"fields": ("no_such_field",)}, "fields"),
        ({"reason": " "}, "reason"),
        ({"person": uuid4()}, "person"),
        ({"ends_on": clock.today() - timedelta(days=1)}, "ends_on"),
    ],
)
def test_bad_input_names_its_field_and_keeps_nothing(
    world: World, case: Case, change: dict[str, Any], field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        _proposed(world, **change)

    assert refused.value.field == field
    assert not ExtractProposal.objects.filter(case=case).exists()


def test_the_same_form_twice_proposes_once(world: World, case: Case) -> None:
    submission = uuid4()

    first, second = _proposed(world, submission=submission), _proposed(world, submission=submission)

    assert first.pk == second.pk


def test_revoked_it_is_gone_at_once_and_a_second_time_is_told(world: World, case: Case) -> None:
    _proposed(world)
    _agree(world)
    _sign(world)
    uid = Extract.objects.get(case=case).uid

    with pytest.raises(Refused):
        commands.revoke(reading(world, "tessa"), "X-1", uid)
    commands.revoke(reading(world, "ruben"), "X-1", uid)

    assert ACTION not in _read(world)
    with pytest.raises(NotFound):
        commands.revoke(reading(world, "sanne"), "X-1", uid)


def test_it_ends_with_the_action_it_served(world: World, case: Case) -> None:
    action = plans.add_action(
        reading(world, "sanne"), "X-1", text="Belt de leerkracht", owner_agency="GEM-MD", due_on=clock.today()
    )
    _proposed(world, action=action.uid)
    _agree(world)
    _sign(world)
    before = _read(world)

    plans.settle_action(reading(world, "sanne"), action.uid, state="done")

    assert ACTION in before
    assert ACTION not in _read(world)
    assert Extract.objects.get(case=case).revoked_at is not None


def test_the_form_says_that_a_copy_for_an_action_ends_with_it(world: World, case: Case) -> None:
    action = uuid4()

    shown = page(world, "sanne").get(f"/casus/X-1/verstrekkingen/nieuw/?actie={action}").content.decode()

    assert f'value="{action}"' in shown
    assert "eindigt zodra die actie is afgerond" in shown


def test_who_neither_gives_decides_nor_leads_does_not_see_that_it_exists(world: World, case: Case) -> None:
    def seen(key: str) -> tuple[int, int]:
        found = queries.extracts_of_case(reading(world, key), "X-1", None)
        return len(found.proposals), len(found.copies)

    before = page(world, "tessa").get("/casus/X-1/verstrekkingen/").content
    _proposed(world)

    assert [seen(key) for key in ("sanne", "ruben", "nadia", "tessa")] == [(1, 0), (1, 0), (1, 0), (0, 0)]
    assert _without_tokens(page(world, "tessa").get("/casus/X-1/verstrekkingen/").content) == _without_tokens(before)


def _without_tokens(content: bytes) -> str:
    import re

    return re.sub(r'(csrfmiddlewaretoken" value|data-pulse)="[^"]*"', "", content.decode())


def test_who_decides_reads_the_article_and_not_what_is_held(world: World, case: Case) -> None:
    _proposed(world, fields=("action_for_recipient",))

    source, police = (
        queries.extracts_of_case(reading(world, key), "X-1", None).proposals[0] for key in ("sanne", "ruben")
    )
    assert (source.fields, source.exact) == (("action_for_recipient",), True)
    assert set(police.fields) == {"action_for_recipient", "housing_agreement", "visit_risk"}
    assert not police.exact
    assert police.may_decide


def test_what_waits_is_told_to_who_decides_and_to_who_signs(world: World, case: Case) -> None:
    _proposed(world)
    assert {p.kind for p in pending_for(reading(world, "ruben"))} >= {"extract"}
    assert not [p for p in pending_for(reading(world, "tessa")) if p.place == "X-1"]
    _agree(world)
    assert not [p for p in pending_for(reading(world, "ruben")) if p.place == "X-1"]
    assert [p.kind for p in pending_for(reading(world, "joost")) if p.place == "X-1"] == ["secrecy"]
    _sign(world)

    assert not [p for p in pending_for(reading(world, "joost")) if p.place == "X-1"]


def test_a_proposal_is_taken_back_by_its_source_alone(world: World, case: Case) -> None:
    made = _proposed(world)

    with pytest.raises(Refused):
        commands.withdraw_proposal(reading(world, "ruben"), "X-1", made.uid)
    commands.withdraw_proposal(reading(world, "sanne"), "X-1", made.uid)
    with pytest.raises(Invalid):
        _agree(world)


def test_a_recipient_that_took_part_already_is_not_doubled(world: World, case: Case) -> None:
    _proposed(world)
    _agree(world)
    _proposed(world, fields=("housing_agreement",))
    second = ExtractProposal.objects.filter(case=case).latest("id")
    commands.take_position(reading(world, "ruben"), "X-1", second.uid, agrees=True)

    assert Participation.objects.filter(case=case, agency__code="WON-WATERWEG").count() == 1
    assert Extract.objects.filter(case=case).count() == 2


def test_by_page_it_is_proposed_and_decided(world: World, case: Case) -> None:
    client = page(world, "sanne")
    wish = _wish(world)
    sent = {
        "option": wish.option, "fields_to_give": list(wish.fields), "reason": wish.reason, "ends_on": "",
        "submission": str(uuid4()), "persoon": "",
    }  # fmt: skip
    wrong = client.post("/casus/X-1/verstrekkingen/nieuw/", sent | {"fields_to_give": []})
    answer = client.post("/casus/X-1/verstrekkingen/nieuw/", sent)
    uid = ExtractProposal.objects.get(case=case).uid
    decided = page(world, "ruben").post(f"/casus/X-1/verstrekkingen/{uid}/besluit/", {"akkoord": "ja"})
    signed = page(world, "joost").post(
        "/verstrekkingen/X-1/geheimhouding/", {"agrees": "on", "version": commands.SECRECY_VERSION}
    )

    assert (wrong.status_code, answer.status_code, decided.status_code, signed.status_code) == (422, 302, 302, 302)
    assert wish.reason in wrong.content.decode()
    assert ACTION in _read(world)


def test_by_api_as_by_page(world: World, case: Case) -> None:
    giver, police = Api(world, "sanne", "prevent_eviction"), Api(world, "ruben", "prevent_eviction")
    option = next(o for o in giver.get("/cases/X-1/extracts/options").json() if o["recipient"] == "WON-WATERWEG")
    made = giver.post(
        "/cases/X-1/extracts", {"option": option["key"], "fields": option["fields"], "reason": "Voor zijn taak."}
    )
    uid = made.json()["uid"]
    agreed = police.post(f"/cases/X-1/extracts/{uid}/position", {"agrees": True})
    listed = police.get("/cases/X-1/extracts").json()["proposals"][0]

    assert (made.status_code, agreed.status_code) == (201, 204)
    assert (listed["state"], listed["exact"]) == ("given", False)
    assert listed["copy_given"]["opened_at"] is None
