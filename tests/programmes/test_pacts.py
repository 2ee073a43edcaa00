"""Pacts: signed as a covenant, pledges that are kept, late or broken, who reads the owners, what the public sees."""

from datetime import date, timedelta
from decimal import Decimal
from io import StringIO
from typing import Any
from uuid import uuid4

import hypothesis
import pytest
import time_machine
from django.core import mail
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.test import Client
from hypothesis import strategies as st

from agreements.covenants.commands import load_covenant
from agreements.covenants.rules import operator
from agreements.models import Membership, Professional
from agreements.parties.tokens import issue_token
from audit.journal.models import Entry
from audit.journal.scope import write_scope
from deploy.demo_programmes import FOLDER, load_demo_programmes
from foundation import clock
from foundation.errors import Invalid, NotFound, Refused
from programmes.pacts import commands, queries
from programmes.pacts.commands.pledges import Pledged
from programmes.pacts.models import Pledge
from programmes.pacts.rules import Standing, days_late, standing, tellable
from programmes.plans.models import Programme
from tests.agreements.covenants.world import load as load_text
from tests.agreements.covenants.world import signatures
from tests.agreements.covenants.world import text as covenant_text
from tests.invariants.crawl import sign_in
from tests.programmes.conftest import visit

CODE = "havenkwartier-2038"
AT = f"/wijkprogrammas/{CODE}/pact/"
DUE = date(2026, 6, 30)


@pytest.mark.parametrize(
    ("state", "on", "expect"),
    [
        ("open", date(2025, 12, 31), Standing.PROMISED),
        ("open", date(2026, 1, 1), Standing.ON_COURSE),
        ("open", DUE, Standing.ON_COURSE),
        ("open", DUE + timedelta(days=1), Standing.LATE),
        ("kept", DUE + timedelta(days=9), Standing.KEPT),
        ("broken", date(2026, 1, 1), Standing.BROKEN),
    ],
)
def test_a_pledge_is_late_from_the_day_after_its_last_one(state: str, on: date, expect: Standing) -> None:
    assert standing(state=state, starts_on=date(2026, 1, 1), due_on=DUE, on=on) is expect


def test_days_late_stop_when_it_is_settled_and_small_numbers_of_people_are_not_told() -> None:
    assert days_late(due_on=DUE, settled_on=None, on=DUE + timedelta(days=3)) == 3
    assert days_late(due_on=DUE, settled_on=DUE + timedelta(days=1), on=DUE + timedelta(days=3)) == 1
    assert days_late(due_on=DUE, settled_on=None, on=DUE) == 0
    assert tellable(Decimal(9), kind="work_places", threshold=10) is None
    assert tellable(Decimal(0), kind="work_places", threshold=10) is None
    assert tellable(Decimal(10), kind="prosecutions", threshold=10) == 10
    assert tellable(Decimal(2), kind="dwellings", threshold=10) == 2


@hypothesis.given(st.lists(st.integers(0, 60), min_size=2, max_size=6))
def test_what_is_told_of_people_at_two_moments_never_differs_by_a_few(delivered: list[int]) -> None:
    told: list[Decimal | None] = []
    for number in delivered:
        before = told[-1] if told else None
        told.append(tellable(Decimal(number), kind="preschool", threshold=10, standing=before))

    known = [one for one in told if one is not None]
    assert all(one % 10 == 0 and one >= 10 for one in known)
    assert all(one == other or abs(one - other) >= 10 for one in known for other in known)
    # From what was told nobody learns whether it was nought or nine, nor which of twenty numbers it is now.
    if told[-1] is None:
        assert delivered[-1] < 10


@pytest.fixture
def programme(house: None) -> Programme:
    load_demo_programmes()
    return Programme.objects.get(code=CODE)


def pledge(key: str = "hilde", **more: Any) -> Pledge:
    given: dict[str, Any] = {
        "agency": "POL-MD", "article": "7", "kind": "street_hours", "promise": "Extra rondes in de zomer",
        "quantity": Decimal(12), "unit": "uren per week", "measure": "rooster", "owner": "Brigadier Voorbeeld",
        "starts_on": clock.today(), "due_on": clock.today() + timedelta(days=10),
    } | more  # fmt: skip
    return commands.make_pledge(visit(key), CODE, Pledged(**given))


def client_of(key: str) -> Client:
    return sign_in(Professional.objects.get(demo_key=key))


def test_the_pact_of_the_demo_has_pledges_kept_late_broken_and_on_course(programme: Programme) -> None:
    page = queries.pact_page(visit("hilde"), CODE)
    assert page.pact is not None
    assert page.pact.covenant.code == "PACT-HAVEN"
    assert page.counts == {
        Standing.PROMISED: 1, Standing.ON_COURSE: 3, Standing.LATE: 1, Standing.KEPT: 2, Standing.BROKEN: 1,
    }  # fmt: skip
    assert [one.agency_code for one in page.late] == ["GEM-MD"]


@pytest.mark.parametrize("key", ["hilde", "karin", "joost", "farid", "margot", "anouk"])
def test_a_late_pledge_shows_to_every_party_the_day_it_is_late(programme: Programme, key: str) -> None:
    made = pledge(due_on=clock.today())
    client = client_of(key)
    late = '<b>Politie, basisteam Maasdelta-Zuid</b>: Extra rondes in de zomer <span class="vb-s vb-2">1 dag te laat'
    assert late not in client.get(AT).content.decode()
    with time_machine.travel(clock.start_of(made.due_on + timedelta(days=1)), tick=False):
        assert late in client_of(key).get(AT).content.decode()


def test_owners_and_what_is_not_released_are_for_parties_alone(programme: Programme) -> None:
    commands.settle(visit("hilde"), pledge().uid, state="broken", delivered=Decimal(0), reason="Geen mensen vrij.")
    for client in (Client(HTTP_HOST="localhost"), client_of("ilse")):
        text = client.get(AT).content.decode()
        assert "Extra rondes" in text
        for kept_back in ("Brigadier Voorbeeld", "Geen mensen vrij", "I. Doornbos", "Alle partijen zien dit"):
            assert kept_back not in text
        assert "stand nog niet vrijgegeven" in text
    out = Client(HTTP_HOST="localhost").get(f"/api/v1/programmes/{CODE}/pact").json()
    assert "owner" not in out["pledges"][0]
    fresh = next(one for one in out["pledges"] if one["promise"].startswith("Extra"))
    assert (fresh["standing"], fresh["delivered"]) == ("", None)
    text = client_of("joost").get(AT).content.decode()
    assert "Brigadier Voorbeeld" in text
    assert "Geen mensen vrij" in text


def test_after_release_everybody_sees_that_day_and_not_what_came_later(programme: Programme) -> None:
    made = pledge()
    commands.report_progress(visit("hilde"), made.uid, delivered=Decimal(5), text="Half.")
    commands.release(visit("carla"), CODE, text="Op weg.")
    commands.settle(visit("hilde"), made.uid, state="broken", delivered=Decimal(6), reason="Ziek.")
    line = next(one for one in queries.pact_page(None, CODE).pledges if one.uid == str(made.uid))
    assert (line.standing, line.delivered, line.settled_on) == ("on_course", Decimal(5), None)
    assert "Op weg." in Client(HTTP_HOST="localhost").get(AT).content.decode()


def test_a_number_about_few_people_is_for_its_party_and_the_lead(programme: Programme) -> None:
    found = {key: queries.pact_page(visit(key), CODE).pledges for key in ("margot", "anouk", "joost")}
    told = {
        key: next(one.delivered for one in lines if one.kind == "prosecutions") for key, lines in found.items()
    }  # fmt: skip
    assert told == {"margot": 8, "anouk": 8, "joost": None}
    for client in (client_of("joost"), Client(HTTP_HOST="localhost")):
        assert "minder dan 10" in client.get(AT).content.decode()
    page = queries.party_page(visit("joost"), CODE, "OM-MD")
    assert page.pledges[0].progress == ((clock.today() - timedelta(days=15), None, ""),)


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"article": "99"}, "article"),
        ({"quantity": Decimal(0)}, "quantity"),
        ({"due_on": date(2020, 1, 1)}, "due_on"),
        ({"measure": " "}, "measure"),
        ({"owner": ""}, "owner"),
        ({"kind": "zork"}, "kind"),
    ],
)
def test_a_pledge_without_article_quantity_day_measure_or_owner_is_refused(
    programme: Programme, more: Any, field: str
) -> None:
    with pytest.raises(Invalid) as raised:
        pledge(**more)
    assert raised.value.field == field


def test_only_a_party_pledges_and_only_for_itself_unless_it_leads(programme: Programme) -> None:
    assert pledge("anouk", agency="JW-HAVEN").agency.code == "JW-HAVEN"
    with pytest.raises(Refused):
        pledge("karin")  # the school, for the police
    with pytest.raises(Refused):
        pledge("ruben")  # a professional does not speak for the police
    with pytest.raises(Invalid) as raised:
        pledge("anouk", agency="GGZ-MD")  # no party
    assert raised.value.field == "agency"
    assert Entry.objects.filter(event_type="pledge.made", outcome="refused").count() == 2


def test_a_pledge_is_kept_in_full_or_broken_with_the_reason(programme: Programme) -> None:
    hilde, made = visit("hilde"), pledge()
    for given, field in (
        ({"state": "kept", "delivered": Decimal(11)}, "delivered"),
        ({"state": "broken", "delivered": Decimal(1)}, "reason"),
        ({"state": "open", "delivered": Decimal(1)}, "state"),
        ({"state": "kept", "delivered": Decimal(12), "on": clock.today() + timedelta(days=1)}, "on"),
    ):
        with pytest.raises(Invalid) as raised:
            commands.settle(hilde, made.uid, **given)  # type: ignore[arg-type]
        assert raised.value.field == field
    with pytest.raises(IntegrityError), transaction.atomic(), write_scope(reason="test"):
        Pledge.objects.filter(pk=made.pk).update(state="kept", settled_on=clock.today())
    commands.settle(hilde, made.uid, state="kept", delivered=Decimal(12))
    for act in (
        lambda: commands.settle(hilde, made.uid, state="broken", delivered=Decimal(0), reason="Toch niet."),
        lambda: commands.report_progress(hilde, made.uid, delivered=Decimal(1), text="x"),
    ):
        with pytest.raises(Invalid):
            act()
    with pytest.raises(Refused):
        commands.report_progress(visit("karin"), pledge().uid, delivered=Decimal(1), text="x")
    with pytest.raises(NotFound):
        commands.report_progress(hilde, uuid4(), delivered=Decimal(1), text="x")


def test_only_the_signatory_of_the_lead_releases(programme: Programme) -> None:
    with pytest.raises(Refused):
        commands.release(visit("anouk"), CODE, text="x")  # a team leader
    with pytest.raises(Refused):
        commands.release(visit("hilde"), CODE, text="x")
    assert client_of("carla").post(f"{AT}vrijgeven/", {"text": ""}).status_code == 422
    assert client_of("carla").post(f"{AT}vrijgeven/", {"text": "Goed bezig."}).status_code == 302


def test_after_its_last_day_the_pact_binds_nobody_anew(programme: Programme) -> None:
    with time_machine.travel(clock.start_of(date(2029, 1, 2)), tick=False):
        with pytest.raises(Invalid):
            pledge("anouk")
        page = queries.pact_page(visit("hilde"), CODE)
        assert (page.pact, page.partner) == (None, False)
        assert "geen pact van kracht" in Client(HTTP_HOST="localhost").get(AT).content.decode()


def test_a_new_version_of_the_pact_is_signed_as_a_covenant_and_pledges_stand(programme: Programme) -> None:
    before = Pledge.objects.count()
    text = (FOLDER / "pact-haven.v1.yaml").read_text().replace("version: 1\n", "version: 2\n")
    signed = {
        "version_starts": clock.today(),
        "signatures": [
            {"agency": code, "capacity": capacity, "signatory": "x", "mandate": "x", "signed_on": clock.today()}
            for code, capacity in (
                ("GEM-MD", "controller"), ("POL-MD", "controller"), ("OM-MD", "controller"),
                ("OND-BAKEN", "participant"), ("WON-WATERWEG", "participant"), ("JW-HAVEN", "participant"),
            )
        ],
    }  # fmt: skip
    load_covenant(text, signed, by=operator("tests"))
    page = queries.pact_page(visit("hilde"), CODE)
    assert page.pact is not None
    assert page.pact.version.number == 2
    assert len(page.pledges) == before


def test_a_covenant_that_gives_data_is_no_pact(programme: Programme) -> None:
    load_text(covenant_text("hav-gebied.v1"), signatures("hav-gebied.v1"))
    load_text(covenant_text("pga-md.v2"), signatures("pga-md.v2"))
    for covenant in ("HAV-GEBIED", "PGA-MD", "GEEN"):
        with pytest.raises(Invalid) as raised:
            commands.link_pact(visit("anouk"), CODE, covenant=covenant, evaluation_on=clock.today())
        assert raised.value.field == "covenant"
    assert programme.covenant is not None


def test_partners_read_by_token_and_others_do_not(programme: Programme) -> None:
    def answer(key: str) -> Any:
        membership = Membership.objects.select_related("agency").get(professional__demo_key=key)
        token = issue_token(membership, purpose="area_safety").token
        path = f"/api/v1/programmes/{CODE}/pledges"
        return Client(HTTP_HOST="localhost").get(path, headers={"Authorization": f"Bearer {token}"})

    assert answer("ilse").status_code == 403
    found = answer("joost").json()
    assert {one["standing"] for one in found} == {"promised", "on_course", "late", "kept", "broken"}
    assert all(one["owner"] for one in found)


def test_pages_of_parties_and_forms_open_to_who_may(programme: Programme) -> None:
    uid = pledge().uid
    hilde, karin = client_of("hilde"), client_of("karin")
    assert "Brigadier Voorbeeld" in karin.get(f"{AT}partij/POL-MD/").content.decode()
    assert client_of("ilse").get(f"{AT}partij/POL-MD/").status_code == 403
    assert karin.get(f"{AT}partij/GGZ-MD/").status_code == 404
    assert karin.get(f"{AT}toezegging/{uid}/voortgang/").status_code == 403
    assert hilde.post(f"{AT}toezegging/{uid}/voortgang/", {"delivered": "3", "text": "Begonnen."}).status_code == 302
    answer = hilde.post(f"{AT}toezegging/{uid}/sluit-af/", {"state": "broken", "delivered": "3", "reason": ""})
    assert answer.status_code == 422
    assert "Zeg waarom" in answer.content.decode()
    text = hilde.get(f"{AT}toezegging/").content.decode()
    assert "Artikel 7: Veiligheid" in text
    assert "Waterweg Wonen" not in text  # pledges for its own agency only
    assert "Waterweg Wonen" in client_of("anouk").get(f"{AT}toezegging/").content.decode()
    assert client_of("anouk").get(f"{AT}kies/").status_code == 200


def test_leadership_is_reminded_before_and_all_parties_once_on_the_day_it_is_late(programme: Programme) -> None:
    made = pledge(due_on=clock.today() + timedelta(days=20))

    def run() -> list[mail.EmailMessage]:
        mail.outbox = []
        call_command("send_pledge_reminders", stdout=StringIO())
        return [one for one in mail.outbox if "Extra rondes" in one.body]

    assert [one.to[0] for one in run()] == ["convenant@politie.maasdelta.example"]
    assert run() == []
    with time_machine.travel(clock.start_of(made.due_on + timedelta(days=1)), tick=False):
        sent = run()
        assert len(sent) == 6
        assert all("te laat" in one.body and "Brigadier" not in one.body for one in sent)
        assert run() == []
    assert Entry.objects.filter(event_type="pledge.reminded").exists()
