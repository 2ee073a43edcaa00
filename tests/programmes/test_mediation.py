"""Mediation: step by step, small and within two weeks, read by who is invited, public when every party agrees."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from agreements.models import Professional
from audit.journal.models import Entry
from deploy.demo_mediation import load_demo_mediation
from deploy.demo_programmes import load_demo_programmes
from foundation import clock
from foundation.errors import Invalid, NotFound, Refused
from programmes.mediation import commands
from programmes.mediation.models import MediationParty, MediationRound
from tests.invariants.crawl import sign_in
from tests.programmes.conftest import visit

CODE = "havenkwartier-2038"
AT = f"/wijkprogrammas/{CODE}/bemiddeling/"


@pytest.fixture
def programme(house: None) -> None:
    load_demo_programmes()


def client_of(key: str) -> Client:
    return sign_in(Professional.objects.get(demo_key=key))


def begin(**more: Any) -> MediationRound:
    given: dict[str, Any] = {
        "title": "Plein", "question": "Herrie.", "agencies": ["POL-MD"], "groups": "Bewoners Kade\nBewoners Kade\n",
    } | more  # fmt: skip
    return commands.start_round(visit("anouk"), CODE, **given)


def parties(made: MediationRound) -> tuple[MediationParty, MediationParty]:
    police, residents = sorted(made.parties.all(), key=lambda one: one.agency_id is None)
    return police, residents


def diagnosed() -> MediationRound:
    made = begin()
    police, residents = parties(made)
    commands.give_position(visit("hilde"), made.uid, police.pk, text="GEHEIM-STANDPUNT")
    commands.give_position(visit("anouk"), made.uid, residents.pk, text="Niemand belt terug.")
    commands.diagnose(visit("anouk"), made.uid, text="Geen beheer.")
    return made


def evaluated() -> MediationRound:
    made, anouk = diagnosed(), visit("anouk")
    action = commands.add_action(
        anouk, made.uid, party=parties(made)[0].pk, text="Een ronde om negen", due_on=clock.today()
    )
    commands.agree(anouk, made.uid)
    commands.finish_action(visit("hilde"), made.uid, action.pk)
    commands.evaluate(anouk, made.uid, text="Het is rustiger.")
    return made


def test_a_round_has_two_parties_or_more_a_name_and_a_question(programme: None) -> None:
    for more, field in (
        ({"groups": ""}, "agencies"), ({"agencies": ["ZORK"]}, "agencies"), ({"title": ""}, "title"),
        ({"question": " "}, "question"),
    ):  # fmt: skip
        with pytest.raises(Invalid) as raised:
            begin(**more)
        assert raised.value.field == field
    with pytest.raises(Refused):
        commands.start_round(visit("hilde"), CODE, title="x", question="x", agencies=["POL-MD"], groups="y")
    assert [one.name for one in parties(begin())][1] == "Bewoners Kade"


def test_who_is_not_invited_does_not_find_it(programme: None) -> None:
    made = begin()
    for key, status in (("anouk", 200), ("hilde", 200), ("ruben", 200), ("joost", 404), ("margot", 404)):
        assert client_of(key).get(f"/bemiddeling/{made.uid}/").status_code == status
    assert "Plein" not in client_of("joost").get(AT).content.decode()
    assert "Plein" in client_of("hilde").get(AT).content.decode()
    with pytest.raises(NotFound):
        commands.give_position(visit("karin"), made.uid, parties(made)[0].pk, text="x")


def test_each_party_speaks_for_itself_and_a_diagnosis_waits_for_all(programme: None) -> None:
    made = begin()
    police, residents = parties(made)
    for key, party in (("anouk", police), ("ruben", police), ("hilde", residents)):
        with pytest.raises(Refused):
            commands.give_position(visit(key), made.uid, party.pk, text="x")
    commands.give_position(visit("hilde"), made.uid, police.pk, text="Geluid.")
    with pytest.raises(Invalid) as raised:
        commands.diagnose(visit("anouk"), made.uid, text="Beheer.")
    assert "Bewoners Kade" in raised.value.sentence
    assert Entry.objects.filter(event_type="mediation.position_given", outcome="refused").count() == 3


def test_actions_are_six_at_most_and_within_two_weeks(programme: None) -> None:
    made, anouk = diagnosed(), visit("anouk")
    police = parties(made)[0].pk
    with pytest.raises(Invalid):
        commands.agree(anouk, made.uid)
    for days in (-1, 15):
        day = clock.today() + timedelta(days=days)
        with pytest.raises(Invalid) as raised:
            commands.add_action(anouk, made.uid, party=police, text="x", due_on=day)
        assert raised.value.field == "due_on"
    for _n in range(6):
        commands.add_action(anouk, made.uid, party=police, text="x", due_on=clock.today() + timedelta(days=14))
    with pytest.raises(Invalid):
        commands.add_action(anouk, made.uid, party=police, text="x", due_on=clock.today())
    with pytest.raises(Invalid):
        commands.give_position(visit("hilde"), made.uid, police, text="te laat")


def test_a_party_reports_its_own_actions_and_the_last_one_ends_them(programme: None) -> None:
    made, anouk = diagnosed(), visit("anouk")
    first, last = (
        commands.add_action(anouk, made.uid, party=one.pk, text="x", due_on=clock.today()) for one in parties(made)
    )
    commands.agree(anouk, made.uid)
    with pytest.raises(Refused):
        commands.finish_action(anouk, made.uid, first.pk)
    commands.finish_action(visit("hilde"), made.uid, first.pk)
    with pytest.raises(Invalid):
        commands.finish_action(visit("hilde"), made.uid, first.pk)
    with pytest.raises(Invalid):
        commands.evaluate(anouk, made.uid, text="x")
    commands.finish_action(anouk, made.uid, last.pk)
    assert MediationRound.objects.get(pk=made.pk).state == "done"


def test_a_result_is_public_while_every_party_agrees_and_positions_never_are(programme: None) -> None:
    made = evaluated()
    police, residents = parties(made)
    nobody = Client(HTTP_HOST="localhost")

    def shown() -> bool:
        text = nobody.get(AT).content.decode() + nobody.get(f"/api/v1/programmes/{CODE}/mediation").content.decode()
        assert "GEHEIM" not in text
        return "Het is rustiger." in text

    assert not shown()
    commands.consent(visit("anouk"), made.uid, residents.pk, public=True)
    assert not shown()
    with pytest.raises(Refused):
        commands.consent(visit("anouk"), made.uid, police.pk, public=True)
    commands.consent(visit("hilde"), made.uid, police.pk, public=True)
    assert shown()
    commands.consent(visit("hilde"), made.uid, police.pk, public=False)
    assert not shown()


def test_the_steps_by_the_pages(programme: None) -> None:
    anouk, hilde = client_of("anouk"), client_of("hilde")
    given = {"title": "Plein", "question": "Herrie.", "agencies": ["POL-MD"], "groups": "Bewoners"}
    assert anouk.get(f"{AT}nieuw/").status_code == 200
    assert hilde.get(f"{AT}nieuw/").status_code == 403
    assert anouk.post(f"{AT}nieuw/", given | {"groups": ""}).status_code == 422
    assert anouk.post(f"{AT}nieuw/", given).status_code == 302
    made = MediationRound.objects.get()
    at, (police, residents) = f"/bemiddeling/{made.uid}/", parties(made)
    for client, path, form in (
        (hilde, f"standpunt/{police.pk}/", {"text": "Geluid."}),
        (anouk, f"standpunt/{residents.pk}/", {"text": "Niemand belt."}), (anouk, "diagnose/", {"text": "Beheer."}),
        (anouk, "actie/", {"party": police.pk, "text": "Ronde", "due_on": clock.today().isoformat()}),
        (anouk, "afspreken/", {}),
    ):  # fmt: skip
        assert client.post(at + path, form).status_code == 302
    assert f"actie/{made.actions.get().pk}/gedaan/" in hilde.get(at).content.decode()
    assert "/gedaan/" not in anouk.get(at).content.decode()
    hilde.post(f"{at}actie/{made.actions.get().pk}/gedaan/")
    assert anouk.post(f"{at}evaluatie/", {"text": "Rustiger."}).status_code == 302
    assert hilde.post(f"{at}openbaar/{police.pk}/", {"public": "yes"}).status_code == 302
    assert MediationParty.objects.get(pk=police.pk).public is True


def test_the_demo_stands_once_and_tables_change_only_by_commands(programme: None) -> None:
    load_demo_mediation()
    load_demo_mediation()
    assert MediationRound.objects.get().state == "agreed"
    with pytest.raises(IntegrityError), transaction.atomic():
        MediationRound.objects.update(title="x")
