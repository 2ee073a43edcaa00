"""The pages of parties and term: what they say, a step after a confirmation, and who is turned away."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.test import Client

from agreements.covenants.models import Suspension
from agreements.joining.commands import suspend, withdraw
from foundation import clock
from tests.agreements.covenants.world import grade
from tests.agreements.joining.world import (
    PGA,
    RETURNED,
    agree,
    ask,
    browser,
    events,
    in_days,
    load,
    motion,
    party,
    visit,
)

pytestmark = pytest.mark.usefixtures("house")
PAGE = f"/convenanten/{PGA}/partijen/"
SURE = {"bevestigd": "ja"}


def _text(client: Client, path: str = PAGE) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def _motion(part: str = "") -> str:
    return f"{PAGE}vraag/{motion().uid}/{part}"


def test_the_page_tells_who_is_party_until_when_and_what_was_agreed() -> None:
    load()
    withdraw(visit("otto"), PGA, reason="x")
    page = _text(browser("margot"))

    for words in (
        "Partijen en looptijd",
        "31 dec 2027",
        "De opzegtermijn is 3 maanden.",
        "heeft opgezegd",
        "Wat zij inbracht blijft in lopende casussen leesbaar.",
        "Het convenant zegt hier niets over; dit is wat dan geldt.",
        "De partijen evalueren elke 12 maanden.",
        "Reclassering Maasdelta treedt toe",
        "komt nog",
    ):
        assert words in page


def test_who_signs_sees_the_steps_and_who_does_not_reads_why_not() -> None:
    load()

    assert f'href="{PAGE}opschorten/"' in _text(browser("hilde"))
    reader = _text(browser("ruben"))
    assert f'href="{PAGE}opschorten/"' not in reader
    assert "Alleen een tekenbevoegde zet deze stap." in reader


@pytest.mark.parametrize("path", [PAGE, f"{PAGE}opzeggen/", f"{PAGE}opschorten/", f"{PAGE}beeindigen/"])
def test_who_is_no_party_finds_nothing(path: str) -> None:
    load()

    assert browser("juul").get(path).status_code == 404
    assert browser("hilde").get(path.replace(PGA, "BESTAAT-NIET")).status_code == 404


STEPS = {
    "opzeggen": ("hilde", {"reason": "x", "last_day": "2026-12-31"}, "party.withdrew"),
    "opschorten": ("hilde", {"reason": "datalek"}, "covenant.suspended"),
    "beeindigen": ("hilde", {"reason": "x", "last_day": ""}, "motion.ending_asked"),
}


@pytest.mark.parametrize("step", STEPS)
def test_a_step_is_confirmed_with_its_consequences_before_it_is_done(step: str) -> None:
    load(withdrawal=RETURNED)
    key, data, event = STEPS[step]
    data = {**data, **({"last_day": (clock.today() + timedelta(days=9)).isoformat()} if step == "opzeggen" else {})}
    client = browser(key)

    assert "Wat dit betekent" in _text(client, f"{PAGE}{step}/")
    asked = client.post(f"{PAGE}{step}/", data)
    assert asked.status_code == 200
    assert "Klopt dit?" in asked.content.decode()
    assert event not in events()

    done = client.post(f"{PAGE}{step}/", data | SURE)
    assert (done.status_code, done["Location"]) == (302, PAGE)
    assert event in events()


def test_who_wants_to_change_what_was_filled_in_gets_it_back() -> None:
    load()
    again = browser("hilde").post(f"{PAGE}opschorten/", {"reason": "een lek", "wijzig": "ja"})

    page = again.content.decode()
    assert "een lek" in page
    assert "Klopt dit?" not in page


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"reason": "x", "last_day": "2026-01-01"},
        {"reason": "x", "last_day": "geen dag"},
        {"reason": "x", "last_day": "9999-12-31"},
        {"reason": "x", "last_day": "0001-01-01"},
    ],
)
def test_what_is_wrong_is_told_at_its_field_and_what_was_typed_stays(data: dict[str, str]) -> None:
    load()
    answer = browser("hilde").post(f"{PAGE}opzeggen/", data | SURE)

    assert answer.status_code == 422
    assert "Nog niet opgeslagen" in answer.content.decode()
    assert party("POL-MD").ends is None


@pytest.mark.parametrize("step", ["opzeggen", "opschorten", "beeindigen"])
def test_a_step_asks_for_a_strong_and_fresh_sign_in(step: str) -> None:
    load()

    weak = browser("hilde", strong=False)
    assert weak.get(f"{PAGE}{step}/").status_code == 401
    assert weak.post(f"{PAGE}{step}/", {"reason": "x"} | SURE).status_code == 401
    with time_machine.travel(clock.now() + timedelta(minutes=16), tick=False):
        stale = browser("hilde")
        session = stale.session
        session["account_authentication_methods"] = [{"method": "mfa", "at": clock.now().timestamp() - 960}]
        session.save()
        assert stale.post(f"{PAGE}{step}/", {"reason": "x"} | SURE).status_code == 401
    assert not Suspension.objects.exists()


@pytest.mark.parametrize("step", ["opzeggen", "opzegging-intrekken", "opschorten", "hervatten", "beeindigen"])
def test_who_may_not_is_told_who_may_and_it_is_on_record(step: str) -> None:
    load()
    answer = browser("ruben").post(f"{PAGE}{step}/", {"reason": "x"} | SURE)

    assert answer.status_code == 403
    assert "Wie het mag:" in answer.content.decode()
    assert events()[-1] == "step.refused"


def test_a_suspended_covenant_says_so_and_is_resumed_on_its_page() -> None:
    load()
    suspend(visit("hilde"), PGA, reason="datalek wordt onderzocht")
    client = browser("carla")

    page = _text(client)
    assert "Opgeschort sinds" in page
    assert "datalek wordt onderzocht" in page
    client.post(f"{PAGE}hervatten/", {"reason": "opgelost"} | SURE)
    assert grade() == "visible"


def test_an_agency_accedes_on_the_pages() -> None:
    load(more="accession: {consent: controllers, rac_advice: true}")
    asker = browser("juul")
    form = _text(asker, f"/convenanten/{PGA}/toetreden/")
    assert "deelnemer" in form
    assert "leest dan volgens art." in form
    data = {"mandate": "bestuursbesluit 9", "reason": "wij doen mee", "advice": "RAC-2026-7", "first_day": ""}
    assert asker.post(f"/convenanten/{PGA}/toetreden/", data | SURE)["Location"] == PAGE
    assert "Jeugdbescherming Maasdelta vraagt toetreding" in _text(browser("margot"))

    for key in ("hilde", "otto"):
        browser(key).post(_motion(), {"antwoord": "ja"})
    assert "2 van 3" in _text(asker)
    last = browser("carla").post(_motion(), {"antwoord": "ja"}, follow=True)

    assert "U stemde als laatste in." in last.content.decode()
    assert "Deelnemer, sinds" in _text(asker)


def test_a_refusal_is_told_to_who_asked() -> None:
    load()
    ask()
    client = browser("otto")
    empty = client.post(_motion(), {"antwoord": "nee", "reason": ""})
    assert empty.status_code == 422

    client.post(_motion(), {"antwoord": "nee", "reason": "eerst een DPIA"})
    assert "eerst een DPIA" in _text(client, _motion())
    assert "Niet doorgegaan" in _text(client, _motion())


def test_who_asked_takes_it_back_on_the_page() -> None:
    load()
    ask()
    client = browser("juul")
    path = _motion("intrekken/")

    assert client.post(path, {"reason": ""}).status_code == 422
    assert client.post(path, {"reason": "later"})["Location"] == "/convenanten/"
    assert motion().dropped_at is not None


@pytest.mark.parametrize(
    ("part", "data"), [("", {"antwoord": "ja"}), ("intrekken/", {"reason": "x"}), ("uitvoeren/", {}), ("herinner/", {})]
)
def test_nobody_else_acts_on_a_question(part: str, data: dict[str, str]) -> None:
    load()
    ask()

    assert browser("sanne").post(_motion(part), data).status_code == 403
    assert browser("joost").post(_motion(part), data).status_code == 404


def test_parties_are_reminded_by_a_button_once_a_day() -> None:
    load()
    ask()
    client = browser("carla")
    assert "Herinner 4 partijen" in _text(client, _motion())

    first = client.post(_motion("herinner/"), follow=True)
    assert "4 partijen zijn herinnerd." in first.content.decode()
    assert len(mail.outbox) == 4
    second = client.post(_motion("herinner/"), follow=True)
    assert "Vandaag is al herinnerd." in second.content.decode()


def test_after_the_term_the_page_still_tells_who_was_there() -> None:
    load()
    with time_machine.travel(in_days(900), tick=False):
        page = _text(browser("hilde"))
    assert "Er geldt nu geen versie van dit convenant." in page
    assert "Looptijd van versie 2 voorbij" in page


def test_a_page_costs_the_same_queries_however_many_answers(django_assert_max_num_queries: Callable[..., Any]) -> None:
    load()
    ask()
    for key in ("hilde", "otto", "carla"):
        agree(key)
    client = browser("rosa")
    client.get(PAGE)

    with django_assert_max_num_queries(45):
        client.get(PAGE)
