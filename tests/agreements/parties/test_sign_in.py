"""Signing in: who gets in, who does not, and what the journal says of it."""

from typing import Any

import pytest
import time_machine
from allauth.account.adapter import get_adapter
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from allauth.usersessions.models import UserSession
from django.core.checks import run_checks
from django.test import Client, RequestFactory
from django.urls import NoReverseMatch, reverse

from agreements.parties.models import Professional
from audit.journal.models import Entry
from foundation import clock
from tests.agreements.parties.world import LOCAL, PASSWORD, World, events, sign_in


def code_of(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def test_sign_up_is_closed(world: World, client: Client) -> None:
    assert get_adapter().is_open_for_signup(RequestFactory().get("/")) is False
    with pytest.raises(NoReverseMatch):
        reverse("account_signup")
    assert client.get("/account/signup/").status_code in (302, 404)


def test_who_is_not_signed_in_is_led_to_the_front_door_and_back(world: World, client: Client) -> None:
    response = client.get("/account/?tab=1")
    assert response.status_code == 302
    assert response["Location"] == "/inloggen/?next=%2Faccount%2F%3Ftab%3D1"

    page = client.get(response["Location"])
    assert "/account/inloggen/?next=/account/%3Ftab%3D1" in page.content.decode()


def test_an_htmx_request_moves_the_whole_window(world: World, client: Client) -> None:
    response = client.get(
        "/account/", headers={"HX-Request": "true", "HX-Current-URL": "http://testserver/organisatie/?x=1"}
    )

    assert response.status_code == 401
    assert response["HX-Redirect"] == "/inloggen/?next=%2Forganisatie%2F%3Fx%3D1"


@pytest.mark.parametrize("page", ["/hartslag/?was=x&sec=1", "/straat/oproep/", "/account/"])
def test_a_script_of_a_page_hears_that_nobody_is_signed_in(world: World, client: Client, page: str) -> None:
    # The pulse of a page that stands open takes this to read the page anew: nothing of a case stays on the screen.
    answer = client.get(page, headers={"Accept": "application/json"})

    assert (answer.status_code, answer["Content-Type"]) == (401, "application/problem+json")
    assert answer.json()["title"] == "sign_in_needed"
    assert "Meld u aan" in answer.json()["remedy"]


@pytest.mark.parametrize("elsewhere", ["https://evil.example/x", "//evil.example/x", "javascript:alert(1)"])
def test_the_way_back_never_leads_to_another_site(world: World, local: Client, elsewhere: str) -> None:
    response = local.get("/account/", headers={"HX-Request": "true", "HX-Current-URL": elsewhere})
    assert response["HX-Redirect"] == "/inloggen/"

    response = local.post("/inloggen/demo/", {"persona": "ruben", "next": elsewhere})
    assert response["Location"] == "/"


def test_password_opens_the_worklist_and_is_journalled(world: World, client: Client) -> None:
    world.with_password(world.ruben)

    response = sign_in(client, world.ruben)

    assert (response.status_code, response["Location"]) == (302, "/")
    assert client.get("/account/").context["visit"].strength == "password"
    entry = Entry.objects.get(event_type="signin.succeeded")
    assert (entry.actor_ref, entry.agency_ref) == (world.ruben.reference, world.police.oin)


def test_a_wrong_password_is_refused_and_journalled_without_the_address(world: World, client: Client) -> None:
    world.with_password(world.ruben)

    response = sign_in(client, world.ruben, "verkeerd wachtwoord")

    assert response.status_code == 200
    assert "horen niet bij elkaar" in response.content.decode()
    entry = Entry.objects.get(event_type="signin.failed")
    assert (entry.outcome, entry.actor_ref) == ("refused", world.ruben.reference)
    assert world.ruben.email.encode() not in bytes(entry.body)


def test_an_unknown_address_gets_the_same_answer(world: World, client: Client) -> None:
    world.with_password(world.ruben)
    known = sign_in(client, world.ruben, "verkeerd").content.decode()
    unknown = client.post("/account/inloggen/", {"login": "iemand@elders.example", "password": "verkeerd"})

    def without_address(page: str) -> str:
        page = page.replace(world.ruben.email, "X").replace("iemand@elders.example", "X")
        return "\n".join(line for line in page.splitlines() if "csrfmiddlewaretoken" not in line)

    assert without_address(known) == without_address(unknown.content.decode())
    assert Entry.objects.filter(event_type="signin.failed", actor_ref="unknown").count() == 1


def test_five_wrong_passwords_lock_out_also_with_capitals_and_then_the_right_one(world: World, client: Client) -> None:
    world.with_password(world.ruben)
    for attempt in range(5):
        email = world.ruben.email.upper() if attempt % 2 else world.ruben.email
        response = client.post("/account/inloggen/", {"login": email, "password": "verkeerd"})
    assert response.status_code == 429
    assert "Te vaak een verkeerd wachtwoord" in response.content.decode()

    assert sign_in(client, world.ruben).status_code == 429
    assert "signin.locked_out" in events()
    assert "signin.succeeded" not in events()


def test_a_lockout_ends_after_a_quarter_of_an_hour_and_hits_nobody_else(world: World, client: Client) -> None:
    world.with_password(world.ruben)
    world.with_password(world.bas)
    for _ in range(5):
        sign_in(client, world.ruben, "verkeerd")

    assert sign_in(Client(), world.bas).status_code == 302
    with time_machine.travel(clock.now().timestamp() + 16 * 60, tick=False):
        assert sign_in(client, world.ruben).status_code == 302


def test_an_authenticator_app_is_set_up_and_asked_for_and_makes_the_sign_in_strong(
    world: World, client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    world.with_password(world.ruben)
    sign_in(client, world.ruben)
    client.post("/account/bevestigen/", {"password": PASSWORD})
    page = client.get("/account/beveiliging/totp/activate/")
    assert page.status_code == 200
    assert "<svg" in page.content.decode()
    assert "data:image" not in page.content.decode()
    secret = page.context["form"].secret
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/account/beveiliging/totp/activate/", {"code": code_of(secret)})
    stored = world.ruben.authenticator_set.get(type="totp")
    assert secret not in str(stored.data)
    assert stored.wrap().__class__ is TOTP

    client.post("/account/uitloggen/")
    response = sign_in(client, world.ruben)
    assert response["Location"] == reverse("mfa_authenticate")
    assert client.get("/account/").status_code == 302
    client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert client.get("/account/").status_code == 302
    with time_machine.travel(clock.now().timestamp() + 60):
        client.post(reverse("mfa_authenticate"), {"code": code_of(secret)})
        assert client.get("/account/").context["visit"].strength == "strong"

    assert "second_factor.added" in events()
    assert "second_factor.failed" in events()


def test_recovery_codes_are_renewed_and_a_factor_is_taken_off_with_an_entry_each(
    world: World, client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    world.with_password(world.ruben)
    sign_in(client, world.ruben)
    client.post("/account/bevestigen/", {"password": PASSWORD})
    secret = client.get("/account/beveiliging/totp/activate/").context["form"].secret
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/account/beveiliging/totp/activate/", {"code": code_of(secret)})
        assert client.get(reverse("mfa_view_recovery_codes")).status_code == 200
        assert client.get(reverse("mfa_generate_recovery_codes")).status_code == 200
        client.post(reverse("mfa_generate_recovery_codes"))
        assert client.get(reverse("mfa_index")).status_code == 200
        assert client.get(reverse("mfa_deactivate_totp")).status_code == 200
        client.post(reverse("mfa_deactivate_totp"))

    assert not world.ruben.authenticator_set.exists()
    assert {"second_factor.renewed", "second_factor.removed"} <= set(events())


@pytest.mark.parametrize(
    "name",
    ["mfa_index", "mfa_list_webauthn", "mfa_add_webauthn", "mfa_activate_totp", "usersessions_list",
     "account_change_password", "account_logout", "account_reauthenticate"],
)  # fmt: skip
def test_the_pages_of_ones_own_account_open(world: World, client: Client, name: str) -> None:
    world.with_password(world.ruben)
    sign_in(client, world.ruben)
    client.post("/account/bevestigen/", {"password": PASSWORD})

    page = client.get(reverse(name))

    assert page.status_code == 200
    assert 'class="vb-main' in page.content.decode()


@pytest.mark.parametrize("name", ["sign_in", "account_login", "account_reset_password", "account_inactive"])
def test_the_pages_on_the_way_in_open_for_anybody(world: World, client: Client, name: str) -> None:
    page = client.get(reverse(name))

    assert page.status_code == 200
    assert 'class="vb-main' in page.content.decode()


def test_a_passkey_is_offered_with_our_own_host_and_a_verified_person(world: World, client: Client) -> None:
    options = client.get(reverse("mfa_login_webauthn"), headers={"Accept": "application/json"}).json()

    assert options["request_options"]["publicKey"]["rpId"] == "testserver"


def test_a_closed_account_does_not_sign_in(world: World, client: Client) -> None:
    person = world.with_password(world.ruben)
    Professional.objects.filter(pk=person.pk).update(is_active=False)

    response = sign_in(client, person)

    assert response["Location"] == reverse("account_inactive")
    assert client.get("/account/").status_code == 302


def test_signing_out_is_journalled_and_ends_the_session(world: World, client: Client) -> None:
    world.with_password(world.ruben)
    sign_in(client, world.ruben)

    response = client.post("/account/uitloggen/")

    assert response["Location"] == "/inloggen/"
    assert client.get("/account/").status_code == 302
    assert events("signin.ended") == ["signin.ended"]


def test_a_session_that_is_revoked_elsewhere_is_anonymous_at_its_next_request(world: World) -> None:
    world.with_password(world.ruben)
    here, there = Client(), Client()
    sign_in(here, world.ruben)
    sign_in(there, world.ruben)
    assert there.get("/account/").status_code == 200
    page = here.get("/account/sessies/")
    assert len(page.context["sessions"]) == 2

    here.post("/account/sessies/")

    assert there.get("/account/").status_code == 302
    assert here.get("/account/").status_code == 200
    assert UserSession.objects.count() == 1


def test_a_new_password_ends_every_older_session(world: World) -> None:
    world.with_password(world.ruben)
    here, there = Client(), Client()
    sign_in(here, world.ruben)
    sign_in(there, world.ruben)
    new = {"oldpassword": PASSWORD, "password1": "nog een veel langere zin", "password2": "nog een veel langere zin"}

    here.post("/account/wachtwoord/", new)

    assert there.get("/account/").status_code == 302
    assert "password.changed" in events()


def test_a_colleague_without_a_password_chooses_one_by_mail(
    world: World, client: Client, mailoutbox: list[object]
) -> None:
    client.post("/account/wachtwoord/vergeten/", {"email": world.ruben.email})
    client.post("/account/wachtwoord/vergeten/", {"email": "nobody@elders.example"})
    assert [mail.to for mail in mailoutbox] == [[world.ruben.email]]
    link = next(word for word in mailoutbox[0].body.split() if "/account/wachtwoord/nieuw/" in word)
    path = "/" + link.split("/", 3)[3]
    form = client.get(path, follow=True)

    client.post(form.request["PATH_INFO"], {"password1": PASSWORD, "password2": PASSWORD})

    assert sign_in(client, world.ruben)["Location"] == "/"


def test_a_deployment_with_the_demo_on_fails_its_check(settings: object) -> None:
    settings.VERBOND_DEMO = True
    assert "agreements.E001" in {found.id for found in run_checks(include_deployment_checks=True)}

    settings.VERBOND_DEMO = False
    assert "agreements.E001" not in {found.id for found in run_checks(include_deployment_checks=True)}


def test_the_language_follows_the_choice_on_this_device_and_then_the_account(world: World) -> None:
    client = Client(**LOCAL)
    assert "Inloggen met uw eigen account" in client.get("/inloggen/").content.decode()

    client.post("/taal/", {"language": "en", "next": "/inloggen/"})
    assert client.get("/inloggen/").headers["Content-Language"] == "en"

    client.post("/inloggen/demo/", {"persona": "ruben"})
    client.post("/account/", {"language": "nl", "theme": "dark"})
    page = client.get("/account/")
    assert page.headers["Content-Language"] == "nl"
    assert page.context["account_of"].theme == "dark"
    del client.cookies["django_language"]
    client.post("/taal/", {"language": "en"})
    del client.cookies["django_language"]
    assert client.get("/account/").headers["Content-Language"] == "en"


def test_nobody_is_signed_in_while_the_journal_cannot_write(world: World, settings: Any) -> None:
    world.with_password(world.ruben)
    local = Client(**LOCAL)
    key, settings.JOURNAL_KEY = settings.JOURNAL_KEY, ""

    assert sign_in(local, world.ruben).status_code == 503
    assert local.post("/inloggen/demo/", {"persona": "ruben"}).status_code == 503

    assert local.get("/account/").status_code == 302
    settings.JOURNAL_KEY = key
    assert events("signin.succeeded", "signin.persona") == []
    assert local.post("/inloggen/demo/", {"persona": "ruben"}).status_code == 302
    assert local.get("/account/").status_code == 200
