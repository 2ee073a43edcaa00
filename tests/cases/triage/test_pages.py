"""The pages and the API of triage: the walk of a director, controllers and an asked agency, and what they show."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from agreements.models import Membership
from cases.models import Case
from cases.triage.models import Admission, Informing, KnownCheck, Triage
from tests.cases.desk import Api, hat_of, page
from tests.cases.triage.walk import BORN, BSN, GROUNDS, NAME, begun, in_triage, running
from tests.invariants import test_01_api_crawl as api_crawl
from tests.invariants.crawl import get
from tests.invariants.test_01_marker_crawl import PERSONAS, _assert_journalled, _granted, _purpose
from tests.invariants.world import Marker, World

pytestmark = pytest.mark.django_db
CRITERIA = {f"{letter}_met": "ja" for letter in "abcd"} | {f"{letter}_text": f"Om {letter}." * 3 for letter in "abcd"}


def do(client: Client, path: str, doe: str, **fields: Any) -> Any:
    return client.post(path, {"doe": doe, **fields})


def text_of(answer: Any) -> str:
    return answer.content.decode()


def test_a_case_is_walked_from_triage_to_meeting_on_the_pages(world: World) -> None:
    in_triage(world, "PG-1")
    nadia, sanne, ruben, margot = (page(world, who) for who in ("nadia", "sanne", "ruben", "margot"))
    here, asked = "/casus/PG-1/triage/", "/bekendheid/"
    assert do(nadia, here, "begin").status_code == 302
    assert do(nadia, here, "filter", naar="2").status_code == 302
    assert do(nadia, here, "vraag", agencies=["OM-MD", "POL-MD"]).status_code == 302
    check = KnownCheck.objects.get(triage__case__number="PG-1")
    form = text_of(sanne.get(f"{asked}{check.uid}/"))
    assert BSN in form
    assert "PG-1" in text_of(sanne.get(asked))
    assert do(sanne, f"{asked}{check.uid}/", "wie", bsn=BSN, name=NAME, born_on=BORN.isoformat()).status_code == 302
    assert "PG-1" not in text_of(ruben.get(f"{asked}{check.uid}/"))
    compared = do(ruben, f"{asked}{check.uid}/", "vergelijk", bsn=BSN)
    assert "Dit is dezelfde persoon" in text_of(compared)
    assert BSN not in text_of(compared)
    assert do(ruben, f"{asked}{check.uid}/", "antwoord", answer="known").status_code == 302
    assert "Bij ons bekend" not in text_of(nadia.get(here))
    assert do(margot, f"{asked}{check.uid}/", "antwoord", answer="unknown").status_code == 302
    assert "Bij ons bekend" in text_of(nadia.get(here))
    assert do(nadia, here, "filter", naar="3").status_code == 302
    assert do(nadia, here, "criteria", **CRITERIA).status_code == 302
    assert do(nadia, here, "voorstel", outcome="admit", text="Alles klopt.").status_code == 302
    assert do(sanne, here, "standpunt", stem="ja", reason="").status_code == 302
    assert NAME not in text_of(nadia.get(here))
    assert do(nadia, here, "filter", naar="4").status_code == 302
    assert NAME in text_of(nadia.get(here))
    opening = {
        "purpose": "pga_adult", "covenants": ["PGA-MD"], **GROUNDS, "lead": "ZVH-MD",
        "director": str(world.people["nadia"].uuid), "deelnemer-ZVH-MD": "directs", "deelnemer-GEM-MD": "task",
    }  # fmt: skip
    assert "Wgs art. 2.31" in text_of(nadia.get("/casus/PG-1/openen/"))
    assert nadia.post("/casus/PG-1/openen/", opening).status_code == 302
    assert Case.objects.get(number="PG-1").phase == "meeting"
    assert GROUNDS["proportionality"] in text_of(sanne.get("/casus/PG-1/openen/"))
    assert "Uiterlijk" in text_of(nadia.get("/casus/PG-1/informeren/"))
    uid = Informing.objects.get(case__number="PG-1").uid
    done = do(sanne, "/casus/PG-1/informeren/", "gedaan", wie=str(uid), on="2026-01-01")
    assert done.status_code == 422


def test_a_case_that_is_not_admitted_leads_back_to_the_list(world: World) -> None:
    begun(world, "PG-2")
    here = "/casus/PG-2/triage/"
    assert do(page(world, "nadia"), here, "voorstel", outcome="reject", text="Te licht.").status_code == 302
    answer = do(page(world, "sanne"), here, "standpunt", stem="ja")
    assert (answer.status_code, answer.url) == (302, "/")
    assert page(world, "nadia").get(here).status_code == 404


def test_what_was_typed_stays_and_the_error_stands_at_its_field(world: World) -> None:
    begun(world, "PG-3", to=3)
    here, nadia = "/casus/PG-3/triage/", page(world, "nadia")
    answer = do(nadia, here, "criteria", a_met="ja", a_text="", b_text="Wonen en geld.")
    assert answer.status_code == 422
    assert "Wonen en geld." in text_of(answer)
    assert "Kies ja of nee" in text_of(answer)
    answer = do(nadia, here, "voorstel", outcome="refer", text="Naar hen toe.", network="")
    assert answer.status_code == 422
    assert "Naar hen toe." in text_of(answer)
    assert "Kies waar het heen gaat" in text_of(answer)
    answer = do(page(world, "sanne"), here, "standpunt", stem="nee", reason="x")
    assert answer.status_code == 422


def test_a_step_that_does_not_exist_or_comes_twice_changes_nothing(world: World) -> None:
    begun(world, "PG-4")
    here, nadia = "/casus/PG-4/triage/", page(world, "nadia")
    assert do(nadia, here, "iets").status_code == 422
    assert do(nadia, here, "filter", naar="2").status_code == 302
    for wrong in ("2", "4", "x", "", "99"):
        assert do(nadia, here, "filter", naar=wrong).status_code == 422
    assert Triage.objects.get(case__number="PG-4").filter == 2


def test_an_error_in_opening_names_the_agency_and_keeps_the_text(world: World) -> None:
    begun(world, "PG-5", to=4)
    answer = page(world, "nadia").post(
        "/casus/PG-5/openen/",
        {
            "purpose": "pga_adult", "covenants": ["PGA-MD"], **GROUNDS, "lead": "OM-MD",
            "director": str(world.people["nadia"].uuid), "deelnemer-ZVH-MD": "directs",
        },
    )  # fmt: skip
    assert answer.status_code == 422
    assert GROUNDS["subsidiarity"] in text_of(answer)
    assert "De trekker is een deelnemer die meeleest" in text_of(answer)
    assert not Admission.objects.exists() or Admission.objects.filter(triage__case__number="PG-5").count() == 0


@pytest.mark.parametrize("who", ["ruben", "sanne", "nadia"])
def test_pages_before_filter_four_name_nobody(world: World, who: str) -> None:
    begun(world, "PG-6", to=3)
    shown = text_of(page(world, who).get("/casus/PG-6/triage/"))
    for secret in (NAME, BSN, "Kade 12", "van den Berg"):
        assert secret not in shown
    assert "23 tot 45 jaar" in shown


def test_only_what_the_filter_needs_leaves_over_the_api(world: World) -> None:
    begun(world, "PG-7", to=2)
    body = Api(world, "nadia", "pga_adult").get("/cases/PG-7/triage").json()
    assert {fact["field"] for fact in body["facts"]} == {"signal_summary", "signal_domain"}
    assert (body["filter"], body["outcome"], body["ages"]) == (2, "", ["23 tot 45 jaar"])


def test_a_participant_that_is_no_controller_knows_of_no_check(world: World) -> None:
    begun(world, "PG-8", to=2, live=("ZVH-MD", "GEM-MD", "POL-MD", "SOC-WATERKANT"))
    running(world, "PG-8")
    body = Api(world, "tessa", "pga_adult").get("/cases/PG-8/triage").json()
    assert body["checks"] == []
    assert "Bekend of niet</h2>" not in text_of(page(world, "tessa").get("/casus/PG-8/triage/"))


def test_the_api_walks_the_known_check(world: World) -> None:
    begun(world, "PG-9", to=2)
    nadia, sanne, ruben = (Api(world, who, "pga_adult") for who in ("nadia", "sanne", "ruben"))
    made = nadia.post("/cases/PG-9/triage/known-checks", {"agencies": ["POL-MD"]})
    assert made.status_code == 201
    uid = made.json()["uid"]
    assert sanne.post(f"/known-checks/{uid}/identity", {"bsn": BSN}).status_code == 200
    assert ruben.post(f"/known-checks/{uid}/comparison", {"bsn": BSN}).json() == {"match": True}
    assert ruben.get("/known-checks").json()["items"][0]["todo"] == "answer"
    assert ruben.put(f"/known-checks/{uid}/answer", {"answer": "known"}).status_code == 204
    body = nadia.get("/cases/PG-9/triage").json()
    assert [row["answer"] for row in body["checks"][0]["answers"]] == ["known"]
    assert nadia.post("/cases/PG-9/triage/filter", {"to": 3}).json()["filter"] == 3


def test_the_api_walks_judgement_opening_and_informing(world: World) -> None:
    begun(world, "PG-10", to=3)
    nadia, sanne, ruben = (Api(world, who, "pga_adult") for who in ("nadia", "sanne", "ruben"))
    for letter in "abcd":
        sent = nadia.put(f"/cases/PG-10/triage/criteria/{letter}", {"fulfilled": True, "text": "Dat is zo."})
        assert sent.status_code == 204
    assert nadia.post("/cases/PG-10/triage/proposal", {"outcome": "admit", "text": "Alles klopt."}).status_code == 200
    assert sanne.post("/cases/PG-10/triage/position", {"agrees": True}).json()["outcome"] == "admit"
    assert nadia.post("/cases/PG-10/triage/filter", {"to": 4}).status_code == 200
    opening = {
        "purpose": "pga_adult", "covenants": ["PGA-MD"], **GROUNDS, "lead": "ZVH-MD",
        "participants": {"ZVH-MD": "directs", "POL-MD": "order", "GEM-MD": "task"},
        "director": str(world.people["nadia"].uuid),
    }  # fmt: skip
    assert nadia.post("/cases/PG-10/opening", opening).json()["phase"] == "meeting"
    assert nadia.post("/cases/PG-10/opening", opening).status_code == 422
    assert GROUNDS["proportionality"] in sanne.get("/cases/PG-10/opening").json()["reasons"]
    uid = nadia.get("/cases/PG-10/informing").json()["items"][0]["uid"]
    wait = {"ground": "UAVG-41", "review_on": "2000-01-01", "reason": "Er loopt iets."}
    assert ruben.put(f"/cases/PG-10/informing/{uid}/embargo", wait).status_code == 422
    assert ruben.send("DELETE", f"/cases/PG-10/informing/{uid}/embargo", "").status_code == 404


def test_a_signal_goes_into_triage_and_names_nobody_from_the_first_moment(world: World) -> None:
    assert page(world, "nadia").post("/signalen/S-2026-0000/triage/").status_code == 404
    assert page(world, "ruben").post("/signalen/S-2026-0000/triage/").status_code == 403
    assert page(world, "nadia").get("/signalen/S-2026-0000/triage/").status_code == 405


@pytest.mark.parametrize("key", PERSONAS)
def test_no_page_of_triage_shows_more_than_the_oracle_grants(world: World, key: str) -> None:
    for hat in Membership.objects.filter(professional=world.people[key]).select_related("agency"):
        client = page(world, key)
        for number in world.cases:
            purpose = _purpose(world, hat, number)
            for part in ("triage", "openen", "informeren"):
                seen = get(world, client, f"/casus/{number}/{part}/")
                assert seen.status in (200, 302, 403, 404)
                for marker in seen.markers:
                    assert _granted(world, marker, hat, purpose, seen.url), f"{key} was shown {marker} on {seen.url}"
                _assert_journalled(world, seen)
        for uid in KnownCheck.objects.values_list("uid", flat=True):
            seen = get(world, client, f"/bekendheid/{uid}/")
            assert all(marker.source == hat.agency.code for marker in seen.markers)
            _assert_journalled(world, seen)


@pytest.mark.parametrize("key", PERSONAS)
def test_no_operation_of_triage_shows_more_than_the_oracle_grants(world: World, key: str) -> None:
    hat = hat_of(world, key)
    for purpose in ("pga_youth", "pga_adult"):
        client, (live, _extract) = api_crawl._client(hat, purpose), api_crawl._granted(world, hat, purpose)
        live |= {marker for marker in world.markers if marker.source == hat.agency.code}
        for number in world.cases:
            for part in ("triage", "opening", "informing"):
                seen = get(world, client, f"/api/v1/cases/{number}/{part}")
                assert seen.status in (200, 403, 404)
                assert set(seen.markers) <= {marker for marker in live if _heard(marker, hat)}
                _assert_journalled(world, seen)


def _heard(marker: Marker, hat: Membership) -> bool:
    return not marker.heard or hat.agency.code in (marker.source, *marker.heard)


def test_the_crawl_finds_words_of_triage_at_all(world: World) -> None:
    codes = set()
    for key, path in (("nadia", "MW-4/triage"), ("nadia", "MW-1/openen"), ("ruben", "MW-2/informeren")):
        codes |= {marker.code for marker in get(world, page(world, key), f"/casus/{path}/").markers}
    assert {"triage_judgement", "admission_reasons", "case_note"} <= codes


def test_an_answer_of_another_is_nowhere_on_the_page_of_an_asked_agency(world: World) -> None:
    begun(world, "PG-11", to=2)
    check = running(world, "PG-11")
    assert do(page(world, "margot"), f"/bekendheid/{check.uid}/", "antwoord", answer="may_not_say").status_code == 302
    shown = text_of(page(world, "ruben").get(f"/bekendheid/{check.uid}/"))
    assert "Openbaar Ministerie" not in shown
    assert page(world, "ruben").get(f"/bekendheid/{uuid4()}/").status_code == 404
