"""A case that is not mine answers as one that does not exist: same bytes, headers, queries and journal writes."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cases.models import Case, Participation
from tests.cases.desk import Api, changing, give, last_entry, make_case, page
from tests.invariants.world import World

pytestmark = pytest.mark.django_db

UID = "00000000-0000-4000-8000-000000000000"
PAGES = [
    "/casus/{nr}/",
    "/casus/{nr}/?als=GEM-MD",
    "/casus/{nr}/tijdlijn/",
    "/casus/{nr}/deelnemers/",
    "/casus/{nr}/regels/",
    "/casus/{nr}/waarom/?veld=full_name&bron=GEM-MD",
    "/casus/{nr}/doel/",
    "/casus/{nr}/bijdrage/",
    "/casus/{nr}/bijdrage/{uid}/versies/",
    "/casus/{nr}/bijdrage/{uid}/corrigeer/",
    "/casus/{nr}/bijdrage/{uid}/trek-in/",
    "/verstrekkingen/{nr}/",
]
OPERATIONS = [
    ("GET", "/cases/{nr}", None),
    ("GET", "/cases/{nr}/rules", None),
    ("GET", "/cases/{nr}/why?field=full_name&source=GEM-MD", None),
    ("GET", "/cases/{nr}/contributions/{uid}", None),
    ("GET", "/extracts/{nr}", None),
    ("POST", "/cases/{nr}/contributions", {"values": {"visit_risk": "none"}, "observed_on": "2026-01-05"}),
    ("POST", "/cases/{nr}/contributions/{uid}/withdrawal", {"reason": "niet van mij"}),
]
THERE, NOT_THERE = "T-EXISTS", "T-ABSENT"
VOLATILE = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"|Kenmerk [0-9a-f]+|trace[^ ]+')


@pytest.fixture
def uid(world: World, db: None) -> str:
    """A contribution in a case in which neither persona takes part."""
    case = make_case(THERE, live=("OM-MD", "GEM-MD", "ZVH-MD"), extract=("WON-WATERWEG",))
    return str(give(world, case, "GEM-MD", full_name="zqx-bo").uid)


def answer(client: Client, url: str, number: str) -> tuple[int, str, dict[str, str], int]:
    """Status, text and headers without what differs each time, and how many statements it took."""
    with CaptureQueriesContext(connection) as taken:
        found = client.get(url)
    headers = {
        name: value for name, value in found.headers.items() if name not in ("Set-Cookie", "Content-Security-Policy")
    }
    text = VOLATILE.sub("", found.content.decode()).replace(number, "NR")
    headers["Content-Length"] = headers.get("Content-Length", "").replace(str(len(number)), "")
    return found.status_code, text, headers, len(taken)


@pytest.mark.parametrize("key", ["ruben", "hanneke", "ineke", "carla"])
@pytest.mark.parametrize("path", PAGES)
def test_no_page_tells_whether_a_case_exists(world: World, uid: str, key: str, path: str) -> None:
    client = page(world, key)
    client.get(path.format(nr="T-WARM", uid=uid))

    there = answer(client, path.format(nr=THERE, uid=uid), THERE)
    absent = answer(client, path.format(nr=NOT_THERE, uid=UID), NOT_THERE)

    assert there[0] == 404
    assert (there[0], there[1].replace(uid, "UID"), *there[2:]) == (
        absent[0],
        absent[1].replace(UID, "UID"),
        *absent[2:],
    )


@pytest.mark.parametrize(("method", "path", "body"), OPERATIONS)
def test_no_operation_tells_whether_a_case_exists(world: World, uid: str, method: str, path: str, body: object) -> None:
    api = Api(world, "ruben", "pga_adult")
    found = []
    for number, contribution in (("T-WARM", UID), (THERE, uid), (NOT_THERE, UID)):
        with CaptureQueriesContext(connection) as taken:
            reply = api.send(method, path.format(nr=number, uid=contribution), body)
        found.append((reply.status_code, reply.content, dict(reply.headers), len(taken)))

    assert found[1] == found[2]
    assert found[1][0] == 404
    assert found[1][2]["Content-Type"] == "application/problem+json"


def test_a_closed_case_and_one_that_one_left_answer_as_absent_ones(world: World, uid: str) -> None:
    case = make_case("T-CLOSED", live=("POL-MD", "GEM-MD"))
    left = make_case("T-LEFTIT", live=("POL-MD", "GEM-MD"))
    with changing():
        Case.objects.filter(pk=case.pk).update(state="closed")
        Participation.objects.filter(case=left, agency__code="POL-MD").update(is_open=False)
    client = page(world, "ruben")
    client.get("/casus/T-WARM/")

    closed, gone, absent = (answer(client, f"/casus/{nr}/", nr) for nr in ("T-CLOSED", "T-LEFTIT", NOT_THERE))

    assert closed == gone == absent


def test_the_journal_alone_keeps_whether_it_exists(world: World, uid: str) -> None:
    client = page(world, "ruben")

    client.get(f"/casus/{THERE}/")
    there = last_entry()
    client.get(f"/casus/{NOT_THERE}/")
    absent = last_entry()

    assert (there.event_type, there.outcome) == (absent.event_type, absent.outcome) == ("case.refused", "refused")
    assert there.case_ref == Case.objects.get(number=THERE).ref
    assert absent.case_ref == ""


@pytest.mark.parametrize("number", ["%00", "T%00-1", "x" * 500, "%F0%9F%98%80", "..", "T-1%0a", "%27%20OR%201=1"])
def test_a_number_that_cannot_exist_answers_as_one_that_does_not(world: World, db: None, number: str) -> None:
    api = Api(world, "ruben", "pga_adult")

    assert api.get(f"/cases/{number}").status_code == 404
    assert page(world, "ruben").get(f"/casus/{number}/").status_code == 404
    assert page(world, "joost").get(f"/verstrekkingen/{number}/").status_code == 404
    body = {"values": {"visit_risk": "none"}, "observed_on": "2026-01-05"}
    assert api.post(f"/cases/{number}/contributions", body).status_code == 404


def test_a_contribution_that_is_silent_answers_as_one_that_does_not_exist(world: World, db: None) -> None:
    case = make_case("T-1", live=("POL-MD", "GEM-MD"))
    silent = give(world, case, "POL-MD", investigation_note="zqx-onderzoek")
    client, api = page(world, "sanne"), Api(world, "sanne", "pga_adult")
    client.get(f"/casus/T-1/bijdrage/{UID}/versies/")

    there = answer(client, f"/casus/T-1/bijdrage/{silent.uid}/versies/", "T-1")
    absent = answer(client, f"/casus/T-1/bijdrage/{UID}/versies/", "T-1")

    assert there[0] == absent[0] == 404
    assert there[1].replace(str(silent.uid), UID) == absent[1]
    assert there[3] == absent[3], "one statement more would tell"
    assert (
        api.get(f"/cases/T-1/contributions/{silent.uid}").content == api.get(f"/cases/T-1/contributions/{UID}").content
    )
