"""A lead is replaced when it says yes itself and more than half of the parties do; who led before stands in public."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from agreements.models import Professional
from agreements.parties.reader import Visit
from audit.journal.models import Entry
from audit.journal.scope import write_scope
from deploy.demo_programmes import load_demo_programmes, speaker
from foundation import clock
from foundation.errors import Invalid, NotFound, Refused
from programmes.leads import commands, queries
from programmes.leads.models import LeadParty
from programmes.leads.rules import Verdict, verdict
from programmes.plans.models import Programme, ProgrammeState
from programmes.plans.rights import may_lead
from tests.cases.desk import changing
from tests.invariants.crawl import sign_in
from tests.programmes.conftest import visit

CODE = "havenkwartier-2038"
AT = f"/wijkprogrammas/{CODE}/trekker/"


@pytest.fixture
def programme(house: None) -> Programme:
    load_demo_programmes()
    return Programme.objects.get(code=CODE)


def propose(by: Visit | None = None, **more: Any) -> LeadParty:
    return commands.propose_lead(
        by or visit("karin"), CODE, **({"agency": "WON-WATERWEG", "why": "Bewoners vertrouwen haar."} | more)
    )


def answered(made: LeadParty, *, yes: tuple[str, ...] = (), no: tuple[str, ...] = ()) -> LeadParty:
    for code in (*yes, *no):
        made = commands.answer_lead(speaker(code), made.uid, agrees=code in yes)
    return made


@given(
    st.integers(2, 9).flatmap(
        lambda n: st.tuples(st.just(n), st.integers(0, n - 1), st.dictionaries(st.integers(0, n + 2), st.booleans()))
    )
)
def test_a_lead_is_accepted_only_by_itself_and_a_majority_of_parties(asked: tuple[int, int, dict[int, bool]]) -> None:
    n, proposed, voices = asked
    found = verdict(proposed=proposed, parties=range(n), voices=voices)
    yes = [agency for agency, agrees in voices.items() if agrees and agency < n]
    no = [agency for agency, agrees in voices.items() if not agrees and agency < n]
    assert (found is Verdict.ACCEPTED) == (proposed in yes and 2 * len(yes) > n)
    assert (found is Verdict.DECLINED) == (proposed in no or 2 * (n - len(no)) <= n)


def test_the_leadership_of_parties_proposes_and_nobody_else(programme: Programme) -> None:
    for who in (visit("ruben"), visit("wouter", "signatory"), visit("nadia", "team_lead")):
        with pytest.raises(Refused) as raised:
            propose(by=who)
        assert "partijen bij het pact" in raised.value.sentence
    assert Entry.objects.filter(event_type="lead.proposed", outcome="refused").count() == 3
    for more, field in (
        ({"agency": "RCL-MD"}, "agency"), ({"agency": "GEM-MD"}, "agency"), ({"why": " "}, "why"),
    ):  # fmt: skip
        with pytest.raises(Invalid) as wrong:
            propose(**more)
        assert wrong.value.field == field
    propose()
    with pytest.raises(Invalid):
        propose(agency="JW-HAVEN")
    with pytest.raises(IntegrityError), transaction.atomic(), write_scope(reason="test"):
        LeadParty.objects.create(programme=programme, agency_id=programme.lead_id, why="x")


def test_a_majority_with_the_proposed_agency_replaces_the_lead_and_the_old_one_stays_in_history(
    programme: Programme,
) -> None:
    made = answered(propose(), yes=("WON-WATERWEG", "OND-BAKEN", "JW-HAVEN"))
    assert made.state == "proposed", "three of six are no majority"
    assert may_lead(visit("anouk"), programme)

    made = answered(made, yes=("POL-MD",))

    assert (made.state, made.since) == ("accepted", clock.today())
    programme.refresh_from_db()
    assert (programme.lead.code, programme.lead_why, programme.lead_since) == (
        "WON-WATERWEG", "Bewoners vertrouwen haar.", clock.today(),
    )  # fmt: skip
    assert not may_lead(visit("anouk"), programme)
    assert may_lead(speaker("WON-WATERWEG"), programme)
    [former] = queries.lead_page(None, CODE).former
    assert (former.agency.code, former.until) == ("GEM-MD", clock.today())
    page = Client(HTTP_HOST="localhost").get(AT).content.decode()
    assert "Waterweg Wonen" in page
    assert "De gemeenteraad gaf de opdracht" in page
    now, before = Client(HTTP_HOST="localhost").get(f"/api/v1/programmes/{CODE}/lead").json()
    assert (now["agency"], before["agency"], before["state"]) == ("WON-WATERWEG", "GEM-MD", "replaced")
    with pytest.raises(Invalid):
        commands.answer_lead(visit("anouk"), made.uid, agrees=False)
    again = answered(
        propose(by=visit("anouk"), agency="GEM-MD"), yes=("GEM-MD", "POL-MD", "OND-BAKEN", "WON-WATERWEG")
    )  # fmt: skip
    assert again.state == "accepted"
    assert [one.agency.code for one in queries.lead_page(None, CODE).former] == ["WON-WATERWEG", "GEM-MD"]


def test_the_present_lead_cannot_stop_it_and_the_proposed_agency_can(programme: Programme) -> None:
    made = answered(
        propose(), yes=("OND-BAKEN", "JW-HAVEN", "POL-MD", "OM-MD"), no=("GEM-MD",)
    )  # fmt: skip
    assert made.state == "proposed", "nobody leads without saying yes itself"
    assert answered(made, no=("WON-WATERWEG",)).state == "declined"
    assert programme.lead.code == "GEM-MD"
    assert answered(propose(), no=("GEM-MD", "POL-MD", "OM-MD")).state == "declined", "three of six cannot be passed"
    propose()


def test_each_party_answers_once_and_others_do_not(programme: Programme) -> None:
    made = answered(propose(), yes=("POL-MD",))
    with pytest.raises(Invalid):
        answered(made, no=("POL-MD",))
    for who in (visit("ruben"), visit("wouter", "signatory")):
        with pytest.raises(Refused):
            commands.answer_lead(who, made.uid, agrees=True)
    with pytest.raises(NotFound):
        commands.answer_lead(visit("hilde"), uuid4(), agrees=True)
    seen = queries.lead_page(visit("hilde"), CODE)
    assert ([one.agency.code for one in seen.voices], seen.answers, len(seen.waits)) == (["POL-MD"], False, 5)
    assert queries.lead_page(None, CODE).voices == ()


def test_who_proposed_takes_it_back_and_then_another_can_be_proposed(programme: Programme) -> None:
    made = answered(propose(), yes=("POL-MD",))
    for who in (visit("hilde"), visit("ruben")):
        with pytest.raises(Refused):
            commands.withdraw_lead(who, made.uid)
    assert Entry.objects.filter(event_type="lead.withdrawn", outcome="refused").count() == 2
    with pytest.raises(NotFound):
        commands.withdraw_lead(visit("karin"), uuid4())

    assert commands.withdraw_lead(visit("karin"), made.uid).state == "withdrawn"

    assert Entry.objects.filter(event_type="lead.withdrawn", outcome="ok").count() == 1
    for late in (
        lambda: commands.withdraw_lead(visit("karin"), made.uid),
        lambda: answered(made, yes=("WON-WATERWEG",)),
    ):
        with pytest.raises(Invalid):
            late()
    programme.refresh_from_db()
    assert programme.lead.code == "GEM-MD"
    assert queries.lead_page(visit("karin"), CODE).proposed is None
    propose()


@pytest.mark.parametrize("change", [{"covenant": None}, {"state": ProgrammeState.ENDED}])
def test_without_a_pact_or_after_the_end_the_lead_does_not_change(programme: Programme, change: dict[str, Any]) -> None:
    with changing():
        Programme.objects.filter(pk=programme.pk).update(**change)
    with pytest.raises(Invalid):
        propose()


def test_the_pages_propose_and_answer(programme: Programme) -> None:
    karin, hilde, ruben = (sign_in(Professional.objects.get(demo_key=key)) for key in ("karin", "hilde", "ruben"))
    assert ruben.get(f"{AT}nieuw/").status_code == 403
    kept = karin.post(f"{AT}nieuw/", {"agency": "GEM-MD", "why": "Zqx reden"})
    assert (kept.status_code, "Zqx reden" in kept.content.decode()) == (422, True)
    assert karin.post(f"{AT}nieuw/", {"agency": "JW-HAVEN", "why": "Zqx reden"}).status_code == 302
    made = LeadParty.objects.get()
    at = f"{AT}{made.uid}/antwoord/"
    assert at in hilde.get(AT).content.decode()
    assert at not in ruben.get(AT).content.decode()
    assert hilde.post(at, {"agrees": "yes"}).status_code == 302
    assert at not in hilde.get(AT).content.decode()
    assert "Zqx reden" in Client(HTTP_HOST="localhost").get(AT).content.decode()
    back = f"{AT}{made.uid}/intrekken/"
    assert (back in hilde.get(AT).content.decode(), back in karin.get(AT).content.decode()) == (False, True)
    assert (hilde.post(back).status_code, karin.get(back).status_code) == (403, 405)
    assert karin.post(back, follow=True).content.decode().count("Het voorstel is ingetrokken") == 1
    assert "Trekkers en voorstellen" in hilde.get(f"/wijkprogrammas/{CODE}/").content.decode()
