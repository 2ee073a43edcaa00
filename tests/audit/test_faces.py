"""The privacy officer's pages and API operations: what they show, refuse and record."""

from typing import Any

import pytest
from django.http import HttpRequest
from django.test import RequestFactory
from ninja import NinjaAPI
from ninja.testing import TestClient

from audit.journal import api, models, views
from audit.journal.appender import append
from audit.journal.errors import JournalUnavailable
from audit.journal.fieldset import FieldLabel, sync_fieldset
from audit.journal.rules import NotYourJournal
from foundation.errors import NotFound, Problem, SignInNeeded
from foundation.routes import REGISTER, Shows
from tests.audit.conftest import run_fault
from tests.audit.stand_ins import BUREAU, CASE, POLICE, SCHOOL, TEACHER, ZORRO, Officer, UpperFloor, entry

pytestmark = pytest.mark.django_db
POLICE_OFFICER = Officer(agency_ref=POLICE)
PUPIL_COUNSELLOR = Officer(agency_ref=SCHOOL, actor_ref=TEACHER, roles=frozenset({"professional"}))


@pytest.fixture
def world(upper_floor: UpperFloor) -> list[str]:
    sync_fieldset(
        [FieldLabel(bit=3, field="c1.adres", label_nl="Woonadres", label_en="Address")],
        version="1",
        catalogue_hash="aa",
    )
    return list(
        append(
            [
                entry(subject_ref=ZORRO, fields=8, catalogue_hash="aa", articles=("PGA-MD v2 art. 6.1",)),
                entry(agency_ref=SCHOOL, actor_ref=TEACHER),
            ]
        )
    )


def asked(visit: Any, query: str = "", **headers: str) -> HttpRequest:
    request = RequestFactory().get(f"/privacy/logboek/{query}", headers=headers)
    request.visit = visit  # type: ignore[attr-defined]
    return request


def page(visit: Any, query: str = "", **headers: str) -> str:
    return views.journal(asked(visit, query, **headers)).content.decode()


def test_the_page_shows_names_not_references_and_only_the_officers_own_agency(world: list[str]) -> None:
    html = page(POLICE_OFFICER)

    assert "D. Kuipers" in html
    assert "MD-2026-0425" in html
    assert "Casus gelezen" in html
    assert "M. Bos" not in html
    assert CASE not in html


def test_the_bureau_sees_both_agencies(world: list[str]) -> None:
    html = page(Officer(agency_ref=BUREAU))

    assert "D. Kuipers" in html
    assert "M. Bos" in html


def test_names_are_asked_once_for_the_whole_page(world: list[str], upper_floor: UpperFloor) -> None:
    append([entry() for _ in range(20)])
    upper_floor.asked.clear()

    page(POLICE_OFFICER)

    assert len(upper_floor.asked) == 1


def test_htmx_gets_the_lines_alone(world: list[str]) -> None:
    html = page(POLICE_OFFICER, **{"HX-Request": "true"})

    assert "D. Kuipers" in html
    assert "<html" not in html


@pytest.mark.parametrize(
    ("query", "n"),
    [
        ("?person=betrokkene", 1),
        ("?person=niemand", 0),
        ("?case=0425", 1),
        ("?reader=kuipers", 1),
        ("?agency=baken", 0),
        ("?field=3", 1),
        ("?event_type=case.read", 1),
        ("?outcome=refused", 0),
        ("?since=2020-01-01&until=2090-01-01", 1),
        ("?until=2020-01-01", 0),
        ("?break_glass=on", 0),
    ],
)
def test_the_officer_filters_by(world: list[str], query: str, n: int) -> None:
    html = page(POLICE_OFFICER, query, **{"HX-Request": "true"})

    assert html.count("D. Kuipers") == n
    assert ("Geen logregels gevonden" in html) == (n == 0)


@pytest.mark.parametrize(
    "query", ["?since=2026-02-02&until=2026-01-01", "?since=nooit", "?outcome=anders", "?field=99"]
)
def test_a_filter_that_cannot_be_is_told_and_shows_no_line(world: list[str], query: str) -> None:
    response = views.journal(asked(POLICE_OFFICER, query))

    assert response.status_code == 422
    assert "D. Kuipers" not in response.content.decode()
    assert "vb-veld__e" in response.content.decode()


def test_the_next_page_is_a_link_that_keeps_the_filter(world: list[str]) -> None:
    append([entry() for _ in range(60)])

    html = page(POLICE_OFFICER, "?event_type=case.read")

    assert "event_type=case.read&amp;before=" in html


def test_who_is_no_officer_gets_nothing_and_is_recorded(world: list[str]) -> None:
    for view, more in ((views.journal, {}), (views.journal_entry, {"uid": world[1]})):
        with pytest.raises(NotYourJournal):
            view(asked(PUPIL_COUNSELLOR), **more)
        with pytest.raises(SignInNeeded):
            view(asked(None), **more)

    assert models.Entry.objects.filter(event_type="journal.read", outcome="refused").count() == 2


def test_an_entry_shows_who_what_why_and_that_it_agrees(world: list[str]) -> None:
    html = views.journal_entry(asked(POLICE_OFFICER), uid=world[0]).content.decode()

    assert "Betrokkene MD-2026-0425" in html
    assert "Woonadres" in html
    assert "PGA-MD v2 art. 6.1" in html
    assert "Tekst, vingerafdruk en zoekvelden komen overeen" in html


@pytest.mark.parametrize(("uid", "problem"), [("school", NotFound), ("none", NotFound), ("ab" * 16, NotFound)])
def test_an_entry_that_is_not_the_officers_is_not_shown(world: list[str], uid: str, problem: type[Problem]) -> None:
    with pytest.raises(problem):
        views.journal_entry(asked(POLICE_OFFICER), uid=world[1] if uid == "school" else uid)


def test_when_the_look_cannot_be_recorded_nothing_is_shown(world: list[str]) -> None:
    run_fault("audit_entry")

    for view, more in ((views.journal, {}), (views.journal_entry, {"uid": world[0]})):
        with pytest.raises(JournalUnavailable):
            view(asked(POLICE_OFFICER), **more)


def test_pages_are_not_kept_by_any_cache(world: list[str]) -> None:
    assert "no-store" in views.journal(asked(POLICE_OFFICER))["Cache-Control"]


def test_every_face_is_in_the_register() -> None:
    names = {"journal", "journal_entry", "api:journal_list", "api:journal_entry"}

    assert {REGISTER[name].shows for name in names} == {Shows.JOURNAL}
    assert not any(REGISTER[name].public for name in names)


@pytest.fixture(scope="module")
def client() -> TestClient:
    whole = NinjaAPI(urls_namespace="audit-tests")
    whole.add_router("", api.router)

    @whole.exception_handler(Problem)
    def told(request: HttpRequest, problem: Problem) -> Any:
        return whole.create_response(request, {"code": problem.code}, status=problem.status)

    return TestClient(whole)


def test_the_api_lists_what_the_page_lists(world: list[str], client: TestClient) -> None:
    answer = client.get("/journal/entries?field=c1.adres", visit=POLICE_OFFICER).json()

    assert [line["uid"] for line in answer["lines"]] == [world[0]]
    assert answer["lines"][0]["fields"] == ["c1.adres"]
    assert answer["older"] == ""
    assert models.Entry.objects.filter(event_type="journal.read", route="api:journal_list").count() == 1


def test_the_api_pages_by_cursor(world: list[str], client: TestClient) -> None:
    append([entry() for _ in range(4)])
    first = client.get("/journal/entries?limit=3", visit=POLICE_OFFICER).json()

    second = client.get(f"/journal/entries?limit=3&before={first['older']}", visit=POLICE_OFFICER).json()

    uids = [line["uid"] for line in first["lines"] + second["lines"]]
    assert len(uids) == len(set(uids)) == 5
    assert second["older"] == ""


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("", 200),
        (f"subject_ref={ZORRO}&since=2020-01-01T00:00:00Z&outcome=ok&break_glass=false", 200),
        ("since=2020-01-01T00:00:00", 422),
        ("field=none", 422),
        ("outcome=maybe", 422),
        ("limit=9999", 422),
        ("before=none", 422),
    ],
)
def test_the_api_tells_what_it_cannot_read(world: list[str], client: TestClient, query: str, status: int) -> None:
    assert client.get(f"/journal/entries?{query}", visit=POLICE_OFFICER).status_code == status


def test_the_api_opens_one_entry_with_its_evidence(world: list[str], client: TestClient) -> None:
    answer = client.get(f"/journal/entries/{world[0]}", visit=POLICE_OFFICER).json()

    assert answer["hash_fits"]
    assert answer["differing"] == []
    assert answer["fields"] == ["c1.adres"]
    assert [(part["kind"], part["text"]) for part in answer["parts"]] == [("subject", ZORRO)]
    assert client.get(f"/journal/entries/{world[1]}", visit=POLICE_OFFICER).status_code == 404


def test_the_api_refuses_who_is_no_officer(world: list[str], client: TestClient) -> None:
    for path in ("/journal/entries", f"/journal/entries/{world[1]}"):
        assert client.get(path, visit=PUPIL_COUNSELLOR).status_code == 403
        assert client.get(path, visit=None).status_code == 401
