"""The inbox: what waits, first what is late; what changed, as far as one may know; and silence about the rest."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine

from agreements.models import Agency
from cases.casework import queries as casework
from cases.inbox import commands, queries
from cases.inbox.changes import Change
from cases.models import Case, CaseVisit, Participation, PhaseChange
from cases.requests import commands as asking
from foundation import clock
from foundation.errors import Invalid, Problem
from tests.cases.desk import Api, changing, give, make_case, page, reading
from tests.invariants.test_06_silence import VOLATILE
from tests.invariants.world import World

pytestmark = pytest.mark.django_db

LIVE = ("POL-MD", "OM-MD", "GEM-MD", "ZVH-MD", "JB-MD", "GGZ-MD")


@pytest.fixture
def case(world: World, db: None) -> Case:
    return make_case("T-1", live=LIVE)


def visited(world: World, key: str, case: Case) -> None:
    casework.note_visit(reading(world, key), case)


@contextmanager
def later(**delta: int) -> Iterator[None]:
    with time_machine.travel(clock.now() + timedelta(**delta), tick=False):
        yield


def changes(world: World, key: str) -> dict[str, Change]:
    found = queries.inbox(reading(world, key), None).news.cases
    here = next((news for news in found if news.answer.head.number == "T-1"), None)
    return {change.kind: change for change in here.changes} if here else {}


def ask(world: World, key: str, agency: str, field: str, *, days: int) -> None:
    due = clock.today() + timedelta(days=days)
    wanted = asking.Asking(agency=agency, fields=(field,), why="Wij willen dit weten.", due_on=due, submission=uuid4())
    asking.ask(reading(world, key), "T-1", wanted)


def test_what_is_late_comes_first_then_the_first_day(world: World, case: Case) -> None:
    for days in (9, 1, 4):
        ask(world, "sanne", "POL-MD", "police_incident", days=days)
    with later(days=2):
        mine = [line for line in queries.inbox(reading(world, "ruben"), None).waiting if line.place == "T-1"]

    assert [line.overdue for line in mine] == [True, False, False]
    assert [line.due_on for line in mine] == sorted(line.due_on for line in mine if line.due_on)


def test_new_facts_are_counted_as_far_as_one_may_see_them(world: World, case: Case) -> None:
    visited(world, "sanne", case)
    visited(world, "tessa", case)
    with later(hours=1):
        give(world, case, "POL-MD", police_incident="Ruzie", investigation_note="Tap loopt")

        assert changes(world, "sanne")["facts"].n == 1
        assert changes(world, "tessa") == {}


def test_phases_participants_notes_and_answers_are_news(world: World, case: Case) -> None:
    with later(hours=1):
        visited(world, "sanne", case)
        ask(world, "sanne", "POL-MD", "police_incident", days=5)
    with later(hours=2):
        asking.add_note(reading(world, "ruben"), "T-1", words="Belt liever niet.")
        asking.add_note(reading(world, "ruben"), "T-1", words="Alleen voor ons.", own_only=True)
        (uid,) = [found for found in _requests(world) if found]
        asking.settle(reading(world, "ruben"), "T-1", uid, ground="secrecy")
        with changing():
            PhaseChange.objects.create(
                case=case, phase="plan", starts=clock.now(), by=Agency.objects.get(code="ZVH-MD")
            )
            Participation.objects.create(
                case=case, agency=Agency.objects.get(code="RCL-MD"), mode="live", starts=clock.now(), reason="proef",
                urgency_rank=2,
            )  # fmt: skip
    with later(hours=3):
        found = changes(world, "sanne")
        assert set(found) == {"phase", "taking", "settled", "note"}
        assert found["note"].n == 1
        # Whose own acts they were, and who may not know of the question, has fewer.
        visited_before(world, "margot", case)
        assert set(changes(world, "margot")) == {"phase", "taking", "note"}


def _requests(world: World) -> list[object]:
    from cases.requests.models import Request

    return list(Request.objects.filter(case__number="T-1").values_list("uid", flat=True))


def visited_before(world: World, key: str, case: Case) -> None:
    CaseVisit.objects.create(
        professional=world.people[key], case=case, seen_at=clock.now() - timedelta(hours=2, minutes=30)
    )


def test_a_case_that_one_never_opened_is_new_itself(world: World, case: Case) -> None:
    assert set(changes(world, "sanne")) == {"joined"}
    visited(world, "sanne", case)
    assert changes(world, "sanne") == {}


def test_marking_as_read_stops_at_what_was_on_the_screen(world: World, case: Case) -> None:
    visited(world, "sanne", case)
    with later(hours=1):
        give(world, case, "POL-MD", police_incident="Ruzie")
        made = clock.now()
    with later(hours=2):
        give(world, case, "POL-MD", police_contacts_12m=3)
        commands.mark_read(reading(world, "sanne"), "T-1", until=made)
        assert changes(world, "sanne")["facts"].n == 1
        commands.mark_read(reading(world, "sanne"), "T-1")
        assert changes(world, "sanne") == {}
        # An old list that is sent again brings nothing back.
        commands.mark_read(reading(world, "sanne"), "T-1", until=made)
        assert changes(world, "sanne") == {}
        with pytest.raises(Problem):
            commands.mark_read(reading(world, "hanneke"), "T-1")


def test_the_page_marks_one_or_all_as_read(world: World, case: Case) -> None:
    browser = page(world, "sanne")

    assert "T-1" in browser.get("/inbox/").content.decode()
    fragment = browser.post("/inbox/gelezen/T-1/", headers={"HX-Request": "true"})
    assert "gelezen" in fragment.content.decode()
    assert "/inbox/gelezen/T-1/" not in browser.get("/inbox/").content.decode()
    assert browser.post("/inbox/gelezen/", {"casus": ["MW-1", "MW-2"]}).status_code == 302
    assert "/inbox/gelezen/MW-1/" not in browser.get("/inbox/").content.decode()


def test_new_things_wait_behind_a_button_and_only_those_one_may_know(world: World, case: Case) -> None:
    url = f"/inbox/nieuw/?sinds={clock.now():%Y-%m-%dT%H:%M:%S.%fZ}"
    sanne, marloes = page(world, "sanne"), page(world, "marloes")
    with later(hours=1):
        assert sanne.get(url).content == b""
        give(world, case, "POL-MD", police_incident="Ruzie", investigation_note="Tap loopt")
        ask(world, "ruben", "GEM-MD", "debt_problem", days=3)
    with later(hours=2):
        assert "2 nieuwe berichten" in sanne.get(url).content.decode()
        assert "1 nieuw bericht" in marloes.get(url).content.decode()
        # The public prosecutor reads the incident, and knows nothing of the question.
        assert "1 nieuw bericht" in page(world, "margot").get(url).content.decode()
        assert sanne.get("/inbox/nieuw/?sinds=gisteren").status_code == 422


@pytest.mark.parametrize("key", ["sanne", "marloes", "anouk"])
def test_two_stores_that_differ_in_what_is_withheld_give_the_same_inbox(world: World, case: Case, key: str) -> None:
    visited(world, key, case)
    began = clock.now()
    url = f"/inbox/nieuw/?sinds={began:%Y-%m-%dT%H:%M:%S.%fZ}"
    with time_machine.travel(began + timedelta(hours=2), tick=False):
        before = _bytes(world, key, url)
    with later(hours=1):
        give(world, case, "POL-MD", investigation_note="Tap loopt")
        give(world, case, "GGZ-MD", diagnosis="Iets", medication="Iets anders")
        asking.add_note(reading(world, "ruben"), "T-1", words="Alleen voor ons.", own_only=True)
        ask(world, "ruben", "OM-MD", "criminal_case_status", days=0)
        commands.escalate(reading(world, "ruben"), "T-1", question="Mag ik dit alleen doen?")
    with time_machine.travel(began + timedelta(hours=2), tick=False):
        assert _bytes(world, key, url) == before


def _bytes(world: World, key: str, fresh: str) -> list[str]:
    browser = page(world, key)
    found = []
    for address in ("/inbox/", fresh, "/casus/T-1/vragen/", "/casus/T-1/opschalen/"):
        text = browser.get(address).content.decode()
        for volatile in VOLATILE:
            text = volatile.sub("", text)
        found.append(text)
    api = Api(world, key, "pga_adult")
    return [*found, api.get("/inbox").content.decode(), api.get("/cases/T-1/requests").content.decode()]


def test_a_long_list_comes_in_pages_and_a_strange_cursor_is_refused(world: World, case: Case) -> None:
    from cases.inbox import changes as changing_cases

    first = changing_cases.news(reading(world, "sanne"), None, size=1)
    assert first.cursor
    second = changing_cases.news(reading(world, "sanne"), None, size=1, after=first.cursor)
    assert {news.answer.head.number for news in first.cases}.isdisjoint(
        news.answer.head.number for news in second.cases
    )
    with pytest.raises(Invalid):
        queries.inbox(reading(world, "sanne"), None, after="x")


def test_partner_systems_read_the_inbox_and_mark_it(world: World, case: Case) -> None:
    visited(world, "sanne", case)
    with later(hours=1):
        give(world, case, "POL-MD", police_incident="Ruzie")
        api = Api(world, "sanne", "pga_adult", case="T-1")
        (here,) = api.get("/inbox").json()["cases"]
        assert [(change["kind"], change["n"]) for change in here["changes"]] == [("facts", 1)]
        assert api.post("/inbox/read", {"cases": ["T-1"]}).status_code == 204
        assert api.get("/inbox").json()["cases"] == []
        assert api.post("/inbox/read", {"cases": ["T-1"], "until": "2026-01-01T00:00:00"}).status_code == 422
