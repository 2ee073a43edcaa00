"""Urgency: argued with figures that may be shown, supported, assessed by others, and decided in public with reasons."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from agreements.models import Professional
from audit.journal.models import Entry
from audit.journal.scope import write_scope
from deploy.demo_programmes import load_demo_urgency
from foundation import clock
from foundation.errors import Invalid, NotFound, Refused
from programmes.areas.models import Measurement
from programmes.urgency import commands, queries
from programmes.urgency.models import CaseState, Tranche, TrancheState, UrgencyCase
from tests.invariants.crawl import sign_in
from tests.programmes.conftest import visit

CODE = "2026-2"
PLACES = ["bu99990001", "bu99990002", "bu99990003", "bu99990004", "bu99990005", "bu99990006"]


def client_of(key: str) -> Client:
    return sign_in(Professional.objects.get(demo_key=key))


@pytest.fixture
def tranche(house: None) -> Tranche:
    return commands.open_tranche(
        visit("nadia"), year=2026, half=2, criteria="Achterstand\nSteun", criteria_version="1", assessor="OM-MD",
        closes_on=clock.today() + timedelta(days=30),
    )  # fmt: skip


def submit(area: str = PLACES[0], **more: Any) -> UrgencyCase:
    given: dict[str, Any] = {
        "argument": "Het stapelt zich op.", "signals": "Scholen zien het.", "voice": "Geef ons vaste gezichten.",
        "indicators": ["school_dropout", "street_violence"], "partners": ["POL-MD", "WON-WATERWEG"],
    } | more  # fmt: skip
    return commands.submit(visit("anouk"), CODE, area=area, **given)


def scored(n: int = 6) -> list[UrgencyCase]:
    """Cases that were submitted, supported, and assessed after closing."""
    cases = [submit(area) for area in PLACES[:n]]
    for one in cases:
        commands.support(visit("hilde"), one.uid, text="Wij doen mee.")
    commands.close_tranche(visit("nadia"), CODE)
    for one in cases:
        commands.score(visit("margot"), one.uid, mark=7, opinion="Onderbouwd.")
    return cases


def reasons(cases: list[UrgencyCase]) -> dict[UUID, str]:
    return {one.uid: f"Reden voor {one.area.name}." for one in cases}


def test_figures_come_from_the_area_with_year_source_and_the_city(tranche: Tranche) -> None:
    case = submit()
    figure = case.figures.get(indicator__code="school_dropout")
    rows = Measurement.objects.filter(indicator__code="school_dropout", year=figure.year)
    row = rows.get(area__code=PLACES[0])
    assert (figure.value, figure.source, figure.dated) == (row.value, row.source, row.dated)
    assert figure.city == rows.get(area=None).value
    assert figure.year == 2025


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"area": "bu99990009", "indicators": ["street_violence"]}, "indicators"),  # too few people live there
        ({"indicators": []}, "indicators"),
        ({"partners": ["GEM-MD"]}, "partners"),
        ({"voice": ""}, "voice"),
        ({"area": "nergens"}, "area"),
    ],
)
def test_what_cannot_argue_urgency_is_refused_at_its_field(tranche: Tranche, more: Any, field: str) -> None:
    with pytest.raises(Invalid) as raised:
        submit(**more)
    assert raised.value.field == field
    assert not UrgencyCase.objects.exists()


def test_a_neighbourhood_is_in_a_tranche_once_and_only_while_it_is_open(tranche: Tranche) -> None:
    submit()
    with pytest.raises(Invalid):
        submit()
    with time_machine.travel(clock.start_of(tranche.closes_on + timedelta(days=1)), tick=False), pytest.raises(Invalid):
        submit(PLACES[1])
    commands.close_tranche(visit("nadia"), CODE)
    with pytest.raises(Invalid):
        submit(PLACES[1])


def test_only_a_municipality_submits_only_the_asked_support_only_the_assessor_scores(tranche: Tranche) -> None:
    case = submit()
    with pytest.raises(Refused):
        commands.submit(
            visit("hilde"), CODE, area=PLACES[1], argument="x", signals="x", voice="x", indicators=["burglary"],
            partners=["GEM-MD"],
        )  # fmt: skip
    with pytest.raises(NotFound):
        commands.support(visit("karin"), case.uid, text="x")  # the school was not asked
    with pytest.raises(Invalid):
        commands.support(visit("anouk"), case.uid, text="x")  # nor does one support oneself
    with pytest.raises(Invalid):
        commands.score(visit("margot"), case.uid, mark=7, opinion="x")  # it is still open
    commands.close_tranche(visit("nadia"), CODE)
    for key in ("hilde", "anouk", "nadia"):
        with pytest.raises(Refused):
            commands.score(visit(key), case.uid, mark=7, opinion="x")
    with pytest.raises(Invalid):
        commands.score(visit("margot"), case.uid, mark=11, opinion="x")
    assert Entry.objects.filter(event_type__startswith="urgency.", outcome="refused").count() == 4


def test_a_board_does_not_assess_itself_and_only_it_closes_and_decides(tranche: Tranche) -> None:
    with pytest.raises(Invalid) as raised:
        commands.open_tranche(
            visit("nadia"), year=2027, half=1, criteria="x", criteria_version="1", assessor="ZVH-MD",
            closes_on=clock.today(),
        )  # fmt: skip
    assert raised.value.field == "assessor"
    submit()
    for key in ("carla", "hilde"):
        with pytest.raises(Refused):
            commands.close_tranche(visit(key), CODE)
    with pytest.raises(Refused):
        commands.decide(visit("carla"), CODE, chosen=frozenset(), reasons={}, motivation="x")


def test_a_decision_chooses_five_at_most_and_gives_a_reason_for_all(tranche: Tranche) -> None:
    cases = scored()
    nadia, every = visit("nadia"), frozenset(one.uid for one in cases)
    five = frozenset(one.uid for one in cases[:5])
    for chosen, why, field in (
        (every, reasons(cases), "chosen"),
        (frozenset(), reasons(cases), "chosen"),
        (frozenset({uuid4()}), reasons(cases), "chosen"),
        (five, reasons(cases[:5]), ""),
    ):
        with pytest.raises(Invalid) as raised:
            commands.decide(nadia, CODE, chosen=chosen, reasons=why, motivation="Zo.")
        assert raised.value.field == field
    assert raised.value.errors[0][0] == f"reason_{cases[5].uid}"
    with pytest.raises(Invalid):
        commands.decide(nadia, CODE, chosen=five, reasons=reasons(cases), motivation=" ")
    commands.decide(nadia, CODE, chosen=five, reasons=reasons(cases), motivation="Zo.")
    assert UrgencyCase.objects.filter(state=CaseState.SELECTED).count() == 5
    with pytest.raises(Invalid):
        commands.decide(nadia, CODE, chosen=five, reasons=reasons(cases), motivation="Anders.")
    with pytest.raises(IntegrityError), transaction.atomic(), write_scope(reason="test"):
        UrgencyCase.objects.filter(pk=cases[5].pk).update(reason="")


def test_nothing_is_chosen_without_support_or_before_all_are_assessed(tranche: Tranche) -> None:
    case, other = submit(), submit(PLACES[1])
    nadia = visit("nadia")
    commands.close_tranche(nadia, CODE)
    commands.score(visit("margot"), case.uid, mark=9, opinion="Sterk.")
    both = reasons([case, other])
    with pytest.raises(Invalid) as raised:
        commands.decide(nadia, CODE, chosen=frozenset({case.uid}), reasons=both, motivation="Zo.")
    assert "De Terp" in raised.value.sentence
    commands.score(visit("margot"), other.uid, mark=4, opinion="Mager.")
    with pytest.raises(Invalid) as raised:
        commands.decide(nadia, CODE, chosen=frozenset({case.uid}), reasons=both, motivation="Zo.")
    assert "steun" in raised.value.sentence


def test_the_public_reads_the_outcome_and_its_reasons_and_nothing_before(tranche: Tranche) -> None:
    cases = scored(2)
    path, api = f"/urgentie/{CODE}/", f"/api/v1/tranches/{CODE}"
    for client in (Client(HTTP_HOST="localhost"), client_of("karin")):
        text = client.get(path).content.decode() + client.get(api).content.decode()
        assert "Achterstand" in text
        assert "Waterkant" not in text
        assert client.get(f"/urgentie/wijk/{cases[0].uid}/").status_code in (302, 404)
    commands.decide(
        visit("nadia"), CODE, chosen=frozenset({cases[0].uid}), reasons=reasons(cases), motivation="Om de afstand."
    )
    text = Client(HTTP_HOST="localhost").get(path).content.decode()
    for said in ("Om de afstand.", "Reden voor Waterkant.", "Reden voor De Terp.", "Politie, basisteam Maasdelta-Zuid"):
        assert said in text
    for kept_back in ("Geef ons vaste gezichten", "Wij doen mee.", "Onderbouwd."):
        assert kept_back not in text
    outcomes = {one["area"]: one["outcome"] for one in Client(HTTP_HOST="localhost").get(api).json()["outcomes"]}
    assert outcomes == {PLACES[0]: "selected", PLACES[1]: "not_yet"}
    assert client_of("karin").get(f"/urgentie/wijk/{cases[0].uid}/").status_code == 404
    assert "Geef ons vaste gezichten" in client_of("hilde").get(f"/urgentie/wijk/{cases[0].uid}/").content.decode()


def test_the_pages_carry_a_tranche_from_opening_to_decision(house: None) -> None:
    nadia, anouk, hilde, margot = (client_of(key) for key in ("nadia", "anouk", "hilde", "margot"))
    day = (clock.today() + timedelta(days=5)).isoformat()
    given = {
        "year": 2026, "half": "2", "criteria": "Achterstand", "criteria_version": "1", "assessor": "OM-MD",
        "closes_on": day,
    }  # fmt: skip
    assert nadia.post("/urgentie/nieuw/", given).status_code == 302
    assert nadia.post("/urgentie/nieuw/", given).status_code == 422
    urgency = {
        "area": PLACES[0], "argument": "Nu.", "signals": "Veel.", "voice": "Kom.", "indicators": ["burglary"],
        "partners": ["POL-MD"],
    }  # fmt: skip
    answer = anouk.post(f"/urgentie/{CODE}/indienen/", urgency | {"voice": ""})
    assert answer.status_code == 422
    assert "Nu." in answer.content.decode()
    assert anouk.post(f"/urgentie/{CODE}/indienen/", urgency).status_code == 302
    case = UrgencyCase.objects.get()
    assert hilde.post(f"/urgentie/wijk/{case.uid}/steun/", {"text": "Samen."}).status_code == 302
    assert nadia.post(f"/urgentie/{CODE}/sluit/").status_code == 302
    assert margot.post(f"/urgentie/wijk/{case.uid}/oordeel/", {"mark": "8", "opinion": "Goed."}).status_code == 302
    decision = {"chosen": [str(case.uid)], "motivation": "Zo.", f"reason_{case.uid}": ""}
    assert nadia.post(f"/urgentie/{CODE}/besluit/", decision).status_code == 422
    assert nadia.post(f"/urgentie/{CODE}/besluit/", decision | {f"reason_{case.uid}": "Nodig."}).status_code == 302
    assert Tranche.objects.get().state == TrancheState.DECIDED


@pytest.mark.parametrize("code", ["2026-3", "x", "2026", "²026-1"])
def test_a_tranche_that_is_not_there_is_said(house: None, code: str) -> None:
    with pytest.raises(NotFound):
        queries.tranche_page(None, code)


def test_the_demo_has_five_chosen_and_two_not_with_why(house: None) -> None:
    load_demo_urgency()
    load_demo_urgency()
    tranche = Tranche.objects.get(state=TrancheState.DECIDED)
    page = queries.tranche_page(None, tranche.code)
    assert (len(page.chosen), len(page.not_yet)) == (5, 2)
    assert Tranche.objects.filter(state=TrancheState.OPEN).count() == 1
    with CaptureQueriesContext(connection) as asked:
        assert Client(HTTP_HOST="localhost").get(f"/urgentie/{tranche.code}/").status_code == 200
    assert len(asked) <= 8, [one["sql"][:90] for one in asked]
