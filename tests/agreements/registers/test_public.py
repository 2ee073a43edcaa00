"""What residents read: covenants in force, agencies, never people; kept by nobody without asking again."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from agreements.covenants.commands import resume_covenant, suspend_covenant
from agreements.models import Professional
from foundation import clock
from tests.agreements.covenants.world import BY, PGA, load, signatures, text, unsigned
from tests.agreements.insight.world import browser

pytestmark = pytest.mark.usefixtures("house")
LIST, ONE = "/openbaar/convenanten/", f"/openbaar/convenanten/{PGA}/"


def _anybody() -> Client:
    return Client(HTTP_HOST="localhost")


def _text(path: str = ONE) -> str:
    answer = _anybody().get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_anybody_reads_who_shares_what_and_why() -> None:
    load()

    assert "Convenant Persoonsgerichte Aanpak" in _text(LIST)
    page = _text()
    for words in (
        "Voorkomen van woningverlies",
        "Elke bron verstrekt alleen wat in dit artikel staat",
        "Politie verstrekt aan Openbaar Ministerie",
        "contactpunt@maasdelta.example",
        "Autoriteit Persoonsgegevens",
        "1 jaar: na sluiting van de casus",
        "sinds 16 feb 2026",
        "DPIA-2025-07",
    ):
        assert words in page


def test_no_person_is_named() -> None:
    load()
    pages = _text(LIST) + _text() + str(_anybody().get(f"/api/v1/registers/covenants/{PGA}").json())

    names = [person.name for person in Professional.objects.all()]
    names += [item["signatory"] for item in signatures()["signatures"]]
    assert not [name for name in names if name and name in pages]


def test_what_waits_for_signatures_is_not_public() -> None:
    load(data=unsigned(signatures(), "OM-MD"))

    assert _anybody().get(ONE).status_code == 404
    assert PGA not in _text(LIST)
    assert "Er geldt nu geen convenant" in _text(LIST)


def test_a_version_that_is_still_to_begin_is_not_public() -> None:
    load(data=signatures(version_starts=3))

    assert _anybody().get(ONE).status_code == 404


def test_a_suspension_takes_the_page_away_and_gives_it_back() -> None:
    load()
    client = _anybody()
    tag = client.get(ONE)["ETag"]
    assert client.get(ONE, headers={"If-None-Match": tag}).status_code == 304

    suspend_covenant(PGA, reason="onderzoek", by=BY)
    assert client.get(ONE, headers={"If-None-Match": tag}).status_code == 404
    with time_machine.travel(clock.now() + timedelta(minutes=1)):
        resume_covenant(PGA, by=BY)
        assert client.get(ONE, headers={"If-None-Match": tag}).status_code == 200


def test_the_page_may_be_kept_but_must_be_asked_for_again() -> None:
    load()
    answer = _anybody().get(ONE)

    assert answer["Cache-Control"] == "public, no-cache"
    assert "Cookie" in answer["Vary"]
    assert answer["ETag"]


def test_search_engines_may_find_it_and_nothing_else() -> None:
    load()

    assert '<meta name="robots" content="index, follow">' in _text()
    assert 'content="noindex, nofollow"' in browser("margot").get(f"/convenanten/{PGA}/").content.decode()


def test_who_is_signed_in_gets_the_page_of_everybody() -> None:
    load()
    mine, anybodys = browser("margot").get(ONE).content.decode(), _text()

    assert "Margot" not in mine
    assert re.sub(r"\s+", " ", mine) == re.sub(r"\s+", " ", anybodys)


def test_an_address_chooses_the_language() -> None:
    load()
    answer = _anybody().get(ONE, {"taal": "en"})

    assert '<html lang="en"' in answer.content.decode()
    assert answer["Content-Language"] == "en"
    assert "Municipality of Maasdelta" in answer.content.decode()
    assert '<html lang="nl"' in _text(f"{ONE}?taal=klingon")


@pytest.mark.parametrize("code", ["BESTAAT-NIET", "pga-md", "%00", "PGA-MD%00"])
def test_what_is_not_there_is_not_found(code: str) -> None:
    load()

    assert _anybody().get(f"/openbaar/convenanten/{code}/").status_code == 404
    assert _anybody().get(f"/api/v1/registers/covenants/{code}").status_code == 404


def test_a_page_only_reads() -> None:
    load()

    assert Client(HTTP_HOST="localhost", enforce_csrf_checks=True).post(ONE).status_code in (403, 405)


def test_several_covenants_cost_the_same_queries(django_assert_max_num_queries: object) -> None:
    load()
    for name in ("js-md.v1", "hav-gebied.v1"):
        load(text(name), signatures(name))
    client = _anybody()
    client.get(LIST)

    with django_assert_max_num_queries(6):  # type: ignore[operator]
        client.get(LIST)


def test_the_same_is_there_as_data() -> None:
    load()

    listed = _anybody().get("/api/v1/registers/covenants").json()
    assert [(item["code"], item["version"]["number"]) for item in listed] == [(PGA, 2)]
    one = _anybody().get(f"/api/v1/registers/covenants/{PGA}").json()
    assert one["contact_point"]["people"] == []
    assert {"number", "sentence"} <= set(one["articles"][4]["rules"][0])
