"""What witnesses hold is fetched from them, and TLS holds: only what is genuine is believed."""

from __future__ import annotations

import ssl
import threading
import time
from collections.abc import Iterator
from datetime import timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from audit.proofs.note_keys import COSIGNATURE, SigningKey
from audit.proofs.policy import PolicyWitness
from audit.witness.client import Outcome, fetch_checkpoints, submit, with_cosignatures
from audit.witness.core import Answer, Witness
from audit.witness.server import WitnessServer
from foundation import clock
from tests.audit.witness.growing import ORIGIN, GrowingLog
from tests.audit.witness.pretending import Scripted, closed_port, line
from tests.audit.witness.running import listed, make_witness, serve

KEY = SigningKey.generate("w.example", COSIGNATURE)


def seconds() -> int:
    return int(time.time())


@pytest.fixture
def log() -> GrowingLog:
    return GrowingLog(20)


@pytest.fixture
def witness(tmp_path: Path, log: GrowingLog) -> Witness:
    return make_witness(tmp_path, log)


@pytest.fixture
def known(witness: Witness) -> Iterator[PolicyWitness]:
    with serve(witness) as url:
        yield listed(url, witness.verifier)


def test_the_checkpoint_that_a_witness_holds_is_fetched_and_verified(known: PolicyWitness, log: GrowingLog) -> None:
    before = fetch_checkpoints([known], ORIGIN)
    result = submit(known, log.note(7), proof=log.proof, now=seconds())

    held = fetch_checkpoints([known], ORIGIN)

    assert (before.notes, list(before.failed)) == ({}, ["W"])
    assert (held.notes, held.failed) == ({"W": with_cosignatures(log.note(7), [result])}, {})
    assert "404" in fetch_checkpoints([known], "other&x=1").failed["W"]


def test_a_checkpoint_that_the_witness_did_not_cosign_is_not_believed(known: PolicyWitness, log: GrowingLog) -> None:
    submit(known, log.note(7), proof=log.proof, now=seconds())
    cosigned = log.note(7) + line(log, 7, time=5, key=KEY)
    with serve(Scripted(Answer(200, log.note(7)))) as bare, serve(Scripted(Answer(200, cosigned))) as other:
        asked = [known, *(listed(url, KEY.verifier, url) for url in (bare, closed_port(), ""))]
        held = fetch_checkpoints(asked, ORIGIN)
        elsewhere = fetch_checkpoints([listed(other, KEY.verifier, "X")], "other.example/log")

    assert list(held.notes) == ["W"]
    assert len(held.failed) == 3
    assert elsewhere.failed == {"X": "De momentopname is van een ander logboek."}


def certificate(directory: Path) -> Path:
    """A certificate for 127.0.0.1 with its key, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "getuige")])
    now = clock.now()
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(hours=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    path = directory / "tls.pem"
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    path.write_bytes(private + made.public_bytes(Encoding.PEM))
    return path


def test_over_tls_only_a_trusted_certificate_is_spoken_to(tmp_path: Path, witness: Witness, log: GrowingLog) -> None:
    path = certificate(tmp_path)
    server_side = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server_side.load_cert_chain(path)
    with WitnessServer(("127.0.0.1", 0), witness) as server:
        server.socket = server_side.wrap_socket(server.socket, server_side=True)
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}).start()
        known = listed(f"https://127.0.0.1:{server.server_address[1]}", witness.verifier)

        stranger = submit(known, log.note(7), proof=log.proof, now=seconds())
        trusted = ssl.create_default_context(cafile=path)
        result = submit(known, log.note(7), proof=log.proof, now=seconds(), context=trusted)
        server.shutdown()

    assert (stranger.outcome, result.outcome) == (Outcome.UNREACHABLE, Outcome.COSIGNED)
    assert "CERTIFICATE_VERIFY_FAILED" in stranger.reason
