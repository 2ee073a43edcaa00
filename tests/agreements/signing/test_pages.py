"""The pages of signatures as people use them, without a browser."""

import time
from typing import Any

import pytest
from django.test import Client

from agreements.covenants.rules import State
from agreements.signing.models import SealedVersion, SigningKey
from agreements.signing.verify import verify
from tests.agreements.signing import world
from tests.agreements.signing.test_own_key import _key, _public

pytestmark = pytest.mark.usefixtures("house")

V1 = f"/convenanten/{world.JS}/versie/1"
LIST, SIGN, DECLINE, PDF = f"{V1}/handtekeningen/", f"{V1}/tekenen/", f"{V1}/niet-tekenen/", f"{V1}/pdf"
KEYS = "/account/sleutels/"


def _given(**changes: str) -> dict[str, str]:
    return {"sha256": world.version().sha256, "mandate": "mandaat", "agrees": "on", **changes}


def _strong(seconds_ago: float) -> dict[str, Any]:
    return {"account_authentication_methods": [{"method": "mfa", "at": time.time() - seconds_ago}]}


def test_a_signatory_reads_signs_and_sees_that_it_stands() -> None:
    world.put_up()
    browser = world.browser("hilde")
    assert "wacht op uw handtekening" in browser.get(LIST).content.decode()

    form = browser.get(SIGN).content.decode()
    assert "De school meldt verzuim" in form
    assert world.version().sha256 in form
    assert "gelezen op" in world.browser("carla").get(LIST).content.decode()

    answer = browser.post(SIGN, _given(), follow=True)
    page = answer.content.decode()
    assert answer.redirect_chain == [(LIST, 302)]
    assert "Er moeten nog 2 partijen tekenen" in page
    assert "Hilde Verbeek" in page
    assert SigningKey.objects.get().kid in page


def test_the_form_keeps_what_was_typed_and_says_what_is_missing() -> None:
    world.put_up()
    answer = world.browser("hilde").post(SIGN, {"sha256": world.version().sha256, "mandate": "mandaat van de chef"})

    assert answer.status_code == 422
    assert "mandaat van de chef" in answer.content.decode()
    assert "Vink aan" in answer.content.decode()
    assert not SigningKey.objects.exists()


def test_a_text_that_changed_while_the_form_stood_open_is_refused_with_a_page() -> None:
    world.put_up()
    answer = world.browser("hilde").post(SIGN, _given(sha256="1" * 64))

    assert answer.status_code == 403
    assert "niet de tekst die hier ter ondertekening ligt" in answer.content.decode()
    assert world.refusals() == ["other_bytes"]


def test_a_password_alone_does_not_sign_and_says_what_to_set_up() -> None:
    world.put_up()
    browser = world.browser("hilde", account_authentication_methods=[{"method": "password", "at": time.time()}])

    for answer in (browser.get(SIGN), browser.post(SIGN, _given())):
        assert answer.status_code == 401
        assert "tweede factor" in answer.content.decode()
        assert "/account/beveiliging/" in answer.content.decode()
    assert not SigningKey.objects.exists()


def test_a_second_factor_of_an_hour_ago_is_asked_again_and_then_leads_back_to_the_form() -> None:
    world.put_up()
    browser = world.browser("hilde", **_strong(3600))

    answer = browser.get(SIGN)
    assert answer.status_code == 302
    assert f"next={SIGN.replace('/', '%2F')}" in answer["Location"]
    late = browser.post(SIGN, _given(), headers={"Referer": f"http://localhost{SIGN}"})
    assert late.status_code == 401
    assert f"next={SIGN.replace('/', '%2F')}" in late.content.decode()
    away = browser.post(SIGN, _given(), headers={"Referer": "https://elders.example/x"})
    assert "elders" not in away.content.decode()


def test_a_fresh_second_factor_signs() -> None:
    world.put_up()

    assert world.browser("hilde", **_strong(60)).post(SIGN, _given()).status_code == 302
    assert SigningKey.objects.count() == 1


def test_who_may_not_sign_is_led_to_the_list_and_a_forced_form_is_refused_and_journalled() -> None:
    world.put_up()
    browser = world.browser("ruben")

    assert browser.get(SIGN)["Location"] == LIST
    assert "wacht op uw handtekening" not in browser.get(LIST).content.decode()
    assert browser.post(SIGN, _given()).status_code == 403
    assert world.refusals() == ["not_signatory"]


def test_declining_is_told_to_all_parties_with_its_reason() -> None:
    world.put_up()
    browser = world.browser("karin")
    assert browser.get(DECLINE).status_code == 200
    assert browser.post(DECLINE, {"reason": ""}).status_code == 422

    assert browser.post(DECLINE, {"reason": "Artikel 3 is te ruim."}).status_code == 302
    assert "Artikel 3 is te ruim." in world.browser("carla").get(LIST).content.decode()


def test_the_mandate_of_the_last_time_is_filled_in() -> None:
    world.put_up()
    world.sign("hilde", mandate="mandaat korpschef 2026-7")
    world.put_up(2)

    assert "mandaat korpschef 2026-7" in world.browser("hilde").get(SIGN.replace("/1/", "/2/")).content.decode()


def test_the_pdf_is_for_parties_and_can_be_made_when_it_is_not_there_yet(
    django_capture_on_commit_callbacks: Any,
) -> None:
    world.put_up()
    browser = world.browser("peter")
    assert browser.get(PDF).status_code == 404
    assert browser.post(f"{V1}/verzegel/").status_code == 422
    assert world.sign_all().state == State.AGREED

    assert "Maak de PDF" in browser.get(LIST).content.decode()
    assert browser.post(f"{V1}/verzegel/").status_code == 302
    answer = browser.get(PDF)
    assert answer["Content-Type"] == "application/pdf"
    assert "js-sig-v1.pdf" in answer["Content-Disposition"]
    assert verify(answer.content).ok
    assert SealedVersion.objects.count() == 1
    assert world.browser("joost").get(PDF).status_code == 404


def test_anybody_gets_the_root_certificate_and_there_is_none_before_the_first_signature() -> None:
    world.put_up()
    assert Client(HTTP_HOST="localhost").get("/openbaar/root.pem").status_code == 404
    world.sign("hilde")

    answer = Client(HTTP_HOST="localhost").get("/openbaar/root.pem")
    assert answer.content.startswith(b"-----BEGIN CERTIFICATE-----")


def test_a_signatory_registers_revokes_and_renews_keys_on_their_own_page() -> None:
    browser = world.browser("hilde")
    assert browser.post(KEYS, {"pem": "geen sleutel"}).status_code == 422
    assert browser.post(KEYS, {"pem": _public(_key())}).status_code == 302
    kid = SigningKey.objects.get().kid
    assert kid in browser.get(KEYS).content.decode()

    assert browser.post(f"{KEYS}{kid}/trek-in/").status_code == 302
    assert "ingetrokken" in browser.get(KEYS).content.decode()
    assert browser.post(f"{KEYS}nieuw/").status_code == 302
    assert SigningKey.objects.filter(revoked_at=None).exclude(private_key="").count() == 1


def test_registering_a_key_asks_for_a_fresh_second_factor_since_who_can_could_sign() -> None:
    browser = world.browser("hilde", **_strong(3600))

    assert browser.post(KEYS, {"pem": _public(_key())}).status_code == 401
    assert browser.post(f"{KEYS}nieuw/").status_code == 401
    assert not SigningKey.objects.exists()
