"""A party that keeps its own key: the installation vouches for its public half, and it signs over the API."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.test import Client

from agreements.covenants.models import Signature
from agreements.parties.tokens import issue_token
from agreements.signing import key_commands
from agreements.signing.certificates import private_pem, read_certificate
from agreements.signing.statement import Statement, moment_text, open_signed, sign
from foundation import clock, jose
from foundation.errors import Invalid, NotFound, Refused
from tests.agreements.signing import world

pytestmark = pytest.mark.usefixtures("house")

API = f"/api/v1/covenants/{world.JS}/versions/1/signatures"


def _key() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


def _public(key: Any) -> str:
    return key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


def _request(key: ec.EllipticCurvePrivateKey) -> str:
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "kaart 7")])
    return x509.CertificateSigningRequestBuilder().subject_name(name).sign(key, SHA256()).public_bytes(
        Encoding.PEM
    ).decode()  # fmt: skip


def _token(key: str = "hilde") -> dict[str, str]:
    token = issue_token(world.membership(key), purpose="youth_school").token
    return {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}


def _statement(mandate: str = "mandaat korpschef") -> Statement:
    answer = Client().get(f"{API}/statement", {"mandate": mandate}, headers=_token())
    assert answer.status_code == 200, answer.content
    return Statement.model_validate(answer.json()["statement"])


def _submit(jws: str, who: str = "hilde") -> Any:
    return Client().post(API, {"jws": jws}, content_type="application/json", headers=_token(who))


@pytest.fixture
def own() -> dict[str, str]:
    """Hilde's own key as JWK, registered; and a version that waits for her."""
    world.put_up()
    key = _key()
    key_commands.register_own_key(world.visit("hilde"), _request(key))
    return jose.private_key_of(private_pem(key))


def test_the_whole_way_over_the_api_with_an_own_key(own: dict[str, str]) -> None:
    statement = _statement()
    answer = _submit(sign(statement, own))

    assert answer.status_code == 200, answer.content
    assert answer.json() == {"kid": own["kid"], "waiting": 2, "starts": None}
    place = Signature.objects.get(agency__code="POL-MD")
    assert open_signed(place.jws, read_certificate(place.certificate)) == statement
    assert (place.mandate, place.signatory) == ("mandaat korpschef", "Hilde Verbeek")
    listed = Client().get(API, headers=_token("carla")).json()
    assert [(item["code"], item["state"]) for item in listed["places"]] == [
        ("GEM-MD", "open"), ("POL-MD", "signed"), ("OND-BAKEN", "open"), ("ZVH-MD", "exempt"),
    ]  # fmt: skip


@pytest.mark.parametrize("form", [_public, _request])
def test_a_public_key_or_a_request_is_registered_and_the_journal_says_so(form: Any) -> None:
    key = key_commands.register_own_key(world.visit("hilde"), form(_key()))

    assert key.private_key == ""
    assert "signing_key.registered" in world.events()


def test_what_is_no_public_key_on_p256_is_not_registered() -> None:
    large = _public(rsa.generate_private_key(65537, 2048))
    other = _public(ec.generate_private_key(ec.SECP384R1()))
    for pem in ("", "geen sleutel", large, other, private_pem(_key())):
        with pytest.raises(Invalid):
            key_commands.register_own_key(world.visit("hilde"), pem)


def test_a_key_is_registered_once_and_by_a_signatory(own: dict[str, str]) -> None:
    key = _key()
    key_commands.register_own_key(world.visit("hilde"), _public(key))

    with pytest.raises(Invalid):
        key_commands.register_own_key(world.visit("karin"), _public(key))
    with pytest.raises(Refused):
        key_commands.register_own_key(world.visit("ruben"), _public(_key()))


def _changed(statement: Statement, **values: Any) -> Statement:
    return statement.model_copy(update=values)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"document_sha256": "0" * 64}, "other_bytes"),
        ({"covenant": "PGA-MD"}, "statement_differs"),
        ({"version": 2}, "statement_differs"),
        ({"agency": "GEM-MD"}, "statement_differs"),
        ({"capacity": "participant"}, "statement_differs"),
        ({"signatory": "Een ander"}, "statement_differs"),
        ({"purpose": "accede"}, "statement_differs"),
        ({"parties": []}, "statement_differs"),
        ({"signed_at": "2020-01-01T00:00:00Z"}, "signed_at_off"),
        ({"signed_at": "2098-01-01T00:00:00Z"}, "signed_at_off"),
        ({"mandate": ""}, "bad_signature"),
        ({"signed_at": "2026-02-30T00:00:00Z"}, "bad_signature"),
    ],
)
def test_a_statement_of_anything_else_is_refused_and_journalled(
    own: dict[str, str], change: dict[str, Any], why: str
) -> None:
    answer = _submit(sign(_changed(_statement(), **change), own))

    assert answer.status_code == 403
    assert world.refusals() == [why]
    assert not Signature.objects.exclude(jws="").exists()


def test_a_signature_by_another_key_or_of_another_person_is_refused(own: dict[str, str]) -> None:
    statement = _statement()
    stranger = jose.private_key_of(private_pem(_key()))

    assert _submit(sign(statement, stranger)).status_code == 403
    assert _submit(sign(statement, {**stranger, "kid": own["kid"]})).status_code == 403
    assert _submit(sign(statement, own), who="karin").status_code == 403
    assert world.refusals() == ["unknown_key", "bad_signature", "unknown_key"]


@pytest.mark.parametrize("jws", ["", "x", "a.b.c", "ééé", "." * 40, "A" * 60_000, "e30.e30.e30\x00"])
def test_odd_text_instead_of_a_signature_is_refused_and_never_breaks(own: dict[str, str], jws: str) -> None:
    assert _submit(jws).status_code == 403


def test_the_key_that_this_installation_keeps_signs_nothing_over_the_api() -> None:
    world.put_up()
    world.put_up(2)
    kid = world.sign("hilde", 2).kid
    fake = {**jose.private_key_of(private_pem(_key())), "kid": kid}

    assert _submit(sign(_statement(), fake)).status_code == 403
    assert world.refusals() == ["unknown_key"]


def test_a_revoked_or_expired_own_key_signs_nothing(own: dict[str, str]) -> None:
    statement = _statement()
    with time_machine.travel(clock.now() + timedelta(days=731), tick=False):
        late = _changed(statement, signed_at=moment_text(clock.now()))
        assert _submit(sign(late, own)).status_code == 403
    key_commands.revoke_key(world.visit("hilde"), own["kid"])

    assert _submit(sign(statement, own)).status_code == 403
    assert world.refusals() == ["key_expired", "key_revoked"]


def test_a_key_is_revoked_by_its_holder_or_the_administrator_of_its_agency_and_by_nobody_else(
    own: dict[str, str],
) -> None:
    with pytest.raises(NotFound):
        key_commands.revoke_key(world.visit("carla"), own["kid"])

    assert key_commands.revoke_key(world.visit("bas"), own["kid"]).revoked_at


def test_a_party_declines_over_the_api() -> None:
    world.put_up()
    answer = Client().post(f"{API}/decline", {"reason": "Te ruim."}, content_type="application/json", headers=_token())

    assert answer.status_code == 204
    assert Signature.objects.get(agency__code="POL-MD").reason == "Te ruim."
