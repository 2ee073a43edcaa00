"""Signing on the page: what a signature is, when the version begins, what is refused and stays in the journal."""

import json
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine

from agreements.covenants.commands import suspend_covenant, withdraw_offer, withdraw_party
from agreements.covenants.epoch import current_epoch
from agreements.covenants.models import CovenantVersion, Party, Signature
from agreements.covenants.rules import State
from agreements.signing.certificates import holder_of, is_issued_by, jwk_of, public_key_of, read_certificate
from agreements.signing.commands import decline_version, sign_version
from agreements.signing.key_commands import renew_key, revoke_key
from agreements.signing.keys import KeyRefused, root_pem
from agreements.signing.models import HouseKey, SigningKey
from agreements.signing.refusals import SignatureRefused
from agreements.signing.statement import open_signed
from foundation import clock
from foundation.clock import AMSTERDAM
from foundation.errors import Invalid, NotFound
from tests.agreements.covenants.world import BY
from tests.agreements.signing import world

pytestmark = pytest.mark.usefixtures("house")


def _refused(key: str, number: int = 1, **changes: Any) -> str:
    """Why it was refused; nothing was signed, and the journal has the reason."""
    before = Signature.objects.exclude(jws="").count(), SigningKey.objects.count()
    with pytest.raises((SignatureRefused, KeyRefused)) as refusal:
        world.sign(key, number, **changes)
    assert before == (Signature.objects.exclude(jws="").count(), SigningKey.objects.count())
    assert refusal.value.sentence
    assert refusal.value.remedy
    assert world.refusals()[-1] == refusal.value.why
    return refusal.value.why


def test_the_last_signature_that_is_needed_puts_the_version_in_force_and_makes_parties() -> None:
    world.put_up()
    epoch = current_epoch().number

    assert world.sign("carla").waiting == 2
    assert world.sign("hilde").waiting == 1
    assert current_epoch().number == epoch
    assert world.version().state == State.FOR_SIGNATURE
    last = world.sign("karin")

    version = world.version()
    assert (version.state, version.starts) == (State.AGREED, last.starts)
    assert current_epoch().number == epoch + 1
    assert set(Party.objects.filter(covenant=version.covenant, starts=last.starts).values_list("agency__code")) == {
        ("GEM-MD",), ("POL-MD",), ("OND-BAKEN",), ("ZVH-MD",),
    }  # fmt: skip
    assert world.events()[-6:] == ["covenant.signed", "covenant.version_in_force", *["party.acceded"] * 4]


def test_a_version_never_begins_before_its_last_signature_though_its_term_began_long_ago() -> None:
    world.put_up(starts="2025-01-01")
    before = clock.now()

    assert before <= world.sign_all().starts <= clock.now()


def test_a_term_that_is_yet_to_come_leaves_the_signed_version_waiting_for_its_day() -> None:
    world.put_up(starts="2090-03-01")

    version = world.sign_all()

    assert version.state == State.AGREED
    assert version.starts == datetime(2090, 3, 1, tzinfo=AMSTERDAM)


def test_the_next_version_ends_the_one_before_at_its_own_start_and_who_is_not_in_it_leaves() -> None:
    world.put_up()
    world.sign_all()
    world.put_up(2, parties=[item for item in world.PARTIES if item[0] != "OND-BAKEN"])
    world.sign("carla", 2)
    last = world.sign("hilde", 2)

    assert world.version(1).ends == last.starts
    assert Party.objects.get(agency__code="OND-BAKEN").ends == last.starts


def test_a_signature_is_over_the_exact_bytes_by_the_key_of_that_person_for_that_agency() -> None:
    version = world.put_up()
    world.sign("hilde")

    place = Signature.objects.get(agency__code="POL-MD")
    certificate = read_certificate(place.certificate)
    statement = open_signed(place.jws, certificate)
    assert statement.document_sha256 == version.sha256
    assert (statement.agency, statement.signatory, statement.purpose) == ("POL-MD", "Hilde Verbeek", "sign")
    assert [party.agency for party in statement.parties] == ["GEM-MD", "OND-BAKEN", "POL-MD", "ZVH-MD"]
    assert is_issued_by(certificate, read_certificate(root_pem()))
    holder = holder_of(certificate)
    assert (holder.name, holder.code, holder.oin) == ("Hilde Verbeek", "POL-MD", place.agency.oin)
    assert jwk_of(public_key_of(certificate))["kid"] == SigningKey.objects.get().kid
    assert (place.signed_at, place.professional) == (statement.moment, world.person("hilde"))


def test_keys_are_made_once_and_never_stand_in_the_store_in_the_clear(settings: Any) -> None:
    world.put_up()
    world.sign_all()
    world.put_up(2)
    world.sign("carla", 2)

    assert sorted(HouseKey.objects.values_list("purpose", flat=True)) == ["root", "seal"]
    assert SigningKey.objects.filter(professional=world.person("carla")).count() == 1
    stored = [*HouseKey.objects.values_list("private_key", flat=True), SigningKey.objects.first().private_key]
    assert not [text for text in stored if "PRIVATE" in text]

    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another-key-after-the-old-one-leaked-0123456789-0123456789"
    world.sign("hilde", 2)


def test_the_bureau_may_sign_but_nobody_waits_for_it() -> None:
    world.put_up()
    ineke = world.membership("ineke")
    world.change(ineke, roles=["signatory"])
    world.sign("ineke")

    assert world.sign_all().state == State.AGREED


def test_a_signature_of_other_bytes_is_refused() -> None:
    world.put_up()

    assert _refused("hilde", confirm_sha256="0" * 64) == "other_bytes"


@pytest.mark.usefixtures("rows_by_hand")
def test_bytes_that_changed_in_the_store_are_not_signed() -> None:
    version = world.put_up()
    world.change(version, document=version.document.replace("wordt gemist", "wordt gestraft"))

    assert _refused("hilde") == "other_bytes"


@pytest.mark.parametrize("key", ["ruben", "dirk", "bas"])
def test_who_is_no_signatory_is_refused(key: str) -> None:
    world.put_up()

    assert _refused(key) == "not_signatory"


def test_a_signatory_of_an_agency_without_a_place_is_refused() -> None:
    world.put_up()
    world.sign_all()
    world.put_up(2, parties=[item for item in world.PARTIES if item[0] != "OND-BAKEN"])

    assert _refused("karin", 2) == "no_place"


def test_to_an_agency_that_has_nothing_to_do_with_it_the_covenant_does_not_exist_but_the_try_is_journalled() -> None:
    world.put_up()
    world.change(world.membership("joost"), roles=["signatory"])

    with pytest.raises(NotFound):
        world.sign("joost")
    assert world.refusals() == ["no_place"]


def test_a_membership_that_ended_signs_nothing_even_in_a_visit_that_began_before() -> None:
    version, began = world.put_up(), world.visit("hilde")
    world.end_membership("hilde")

    with pytest.raises(SignatureRefused) as refusal:
        sign_version(began, world.JS, 1, mandate="mandaat", confirm_sha256=version.sha256)
    assert refusal.value.why == "membership_ended"
    assert world.refusals() == ["membership_ended"]


def test_a_role_that_was_taken_away_signs_nothing_even_in_a_visit_that_began_before() -> None:
    version, began = world.put_up(), world.visit("hilde")
    world.change(world.membership("hilde"), roles=["professional"])

    with pytest.raises(SignatureRefused):
        sign_version(began, world.JS, 1, mandate="mandaat", confirm_sha256=version.sha256)
    assert world.refusals() == ["not_signatory"]


def test_a_second_signature_is_refused_while_others_are_awaited_and_after() -> None:
    world.put_up()
    world.sign("hilde")

    assert _refused("hilde") == "already_signed"
    world.sign("carla")
    world.sign("karin")
    assert _refused("hilde") == "already_signed"


def test_a_version_that_was_taken_back_is_not_signed_any_more() -> None:
    withdraw_offer(world.put_up(), by=BY, reason="fout in artikel 3")

    assert _refused("hilde") == "offer_withdrawn"


def test_a_party_that_left_after_the_version_was_put_up_does_not_sign_it() -> None:
    world.put_up()
    world.sign_all()
    world.put_up(2)
    withdraw_party(world.JS, agency="OND-BAKEN", by=BY)

    assert _refused("karin", 2) == "party_left"


def test_a_party_that_left_before_may_sign_a_version_that_asks_it_back() -> None:
    world.put_up()
    world.sign_all()
    withdraw_party(world.JS, agency="OND-BAKEN", by=BY)
    with time_machine.travel(clock.now() + timedelta(days=1), tick=False):
        world.put_up(2)
        assert world.sign("karin", 2).waiting == 2


def test_an_ended_covenant_gets_no_new_version() -> None:
    world.put_up()
    world.sign_all()
    version = world.put_up(2)
    world.change(version.covenant, ended_at=clock.now())

    assert _refused("carla", 2) == "covenant_ended"


def test_a_suspended_covenant_can_be_mended_by_a_new_version() -> None:
    world.put_up()
    world.sign_all()
    suspend_covenant(world.JS, reason="onderzoek", by=BY)
    world.put_up(2)

    assert world.sign("carla", 2).waiting == 2


def test_an_earlier_number_is_not_signed_after_a_later_one() -> None:
    world.put_up(1)
    world.put_up(2)
    world.sign_all(2)

    assert _refused("carla", 1) == "version_passed"


@pytest.mark.usefixtures("rows_by_hand")
def test_a_version_that_would_begin_before_a_signed_one_is_not_signed() -> None:
    world.put_up(1, starts="2090-01-01")
    world.sign_all(1)
    world.put_up(2, starts="2091-01-01")
    version = world.version(2)
    world.change(
        version,
        starts=datetime(2026, 1, 1, tzinfo=AMSTERDAM),
        document=version.document.replace("2091-01-01", "2026-01-01"),
    )

    assert _refused("carla", 2) == "version_passed"


def test_a_version_whose_term_passed_while_it_waited_is_not_signed() -> None:
    world.put_up(until="2030-12-31")

    with time_machine.travel("2031-06-01T12:00:00Z", tick=False):
        assert _refused("carla") == "term_over"


def test_nobody_signs_beside_parties_that_the_earlier_signatories_did_not_know_of() -> None:
    world.put_up()
    world.sign("carla")
    more = [*world.PARTIES, ("OND-KADE", "controller")]
    places = [{"agency": agency, "capacity": capacity} for agency, capacity in more]
    carla = Signature.objects.get(agency__code="GEM-MD")
    places[0] |= {"signatory": carla.signatory, "mandate": carla.mandate, "signed_on": carla.signed_on}
    world.load(world.text(), places)

    assert _refused("hilde") == "circle_changed"


def test_a_revoked_key_signs_nothing_until_its_holder_asks_for_a_new_one() -> None:
    world.put_up()
    world.sign("carla")
    world.put_up(2)
    kid = SigningKey.objects.get().kid
    revoke_key(world.visit("carla"), kid)

    assert _refused("carla", 2) == "key_revoked"
    renew_key(world.visit("carla"))
    assert world.sign("carla", 2).kid != kid
    assert world.events().count("signing_key.revoked") == 1


def test_a_key_that_expired_is_renewed_by_itself() -> None:
    world.put_up()
    first = world.sign("carla").kid
    world.put_up(2)

    with time_machine.travel(clock.now() + timedelta(days=731), tick=False):
        assert world.sign("carla", 2).kid != first


@pytest.mark.parametrize("mandate", ["", "   ", "x" * 201, "bel\x07"])
def test_a_signature_names_its_mandate_in_one_line(mandate: str) -> None:
    world.put_up()

    with pytest.raises(Invalid) as invalid:
        world.sign("hilde", mandate=mandate)
    assert invalid.value.field == "mandate"
    assert world.refusals() == []


def test_nobody_signs_without_saying_that_the_text_was_read() -> None:
    world.put_up()

    with pytest.raises(Invalid):
        world.sign("hilde", agrees=False)


def test_who_declines_says_why_and_may_still_sign_later() -> None:
    world.put_up()
    decline_version(world.visit("hilde"), world.JS, 1, reason="Artikel 3 is te ruim.")
    place = Signature.objects.get(agency__code="POL-MD")
    assert (place.reason, place.signed_on) == ("Artikel 3 is te ruim.", None)
    assert place.declined_at
    assert "covenant.signature_declined" in world.events()

    world.sign("hilde")
    place.refresh_from_db()
    assert (place.declined_at, place.reason) == (None, "")
    with pytest.raises(SignatureRefused):
        decline_version(world.visit("hilde"), world.JS, 1, reason="Toch niet.")


def test_signatures_on_paper_and_on_the_page_make_one_version() -> None:
    places: list[dict[str, Any]] = [{"agency": agency, "capacity": capacity} for agency, capacity in world.PARTIES]
    places[2] |= {"signatory": "K. Blokland", "mandate": "bestuurder", "signed_on": -1}
    world.load(world.text(), places)
    world.sign("carla")

    assert world.sign("hilde").starts is not None
    assert CovenantVersion.objects.get(covenant__code=world.JS).state == State.AGREED


def test_a_refusal_says_in_the_journal_who_tried_what_for_which_agency() -> None:
    from audit.journal.models import Entry

    world.put_up()
    _refused("ruben")

    entry = Entry.objects.get(event_type="covenant.signature_refused")
    assert (entry.actor_ref, entry.agency_ref) == (world.person("ruben").reference, world.visit("ruben").agency.oin)
    detail = json.loads(bytes(entry.body))["matter"]["detail"]
    assert detail == {"covenant": world.JS, "version": 1, "why": "not_signatory"}
