"""The platform asks real witnesses, and some that misbehave: what comes of it, and never later than the budget."""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from audit.proofs import notes
from audit.proofs.note_keys import COSIGNATURE, SigningKey
from audit.proofs.notes import NoteInvalid
from audit.proofs.policy import Policy, PolicyLog, PolicyWitness, judge
from audit.proofs.verifier import ProofError
from audit.witness.client import Outcome, collect, fetch_checkpoint, submit, with_cosignatures
from audit.witness.core import Answer, Witness
from audit.witness.server import WitnessServer
from foundation import clock
from tests.audit.witness.growing import ORIGIN, GrowingLog
from tests.audit.witness.running import listed, make_witness, serve, submission, talk

KEY = SigningKey.generate("w.example", COSIGNATURE)
HTTP = b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n"


def seconds() -> int:
    return int(time.time())


@pytest.fixture
def log() -> GrowingLog:
    return GrowingLog(60)


@pytest.fixture
def witness(tmp_path: Path, log: GrowingLog) -> Witness:
    return make_witness(tmp_path, log)


@pytest.fixture
def known(witness: Witness) -> Iterator[PolicyWitness]:
    with serve(witness) as url:
        yield listed(url, witness.verifier)


class Scripted:
    """A witness that answers what it is told to, to see how the platform takes it."""

    def __init__(self, *answers: Answer) -> None:
        self.answers = list(answers)
        self.asked: list[bytes] = []

    def add_checkpoint(self, body: bytes) -> Answer:
        self.asked.append(body)
        return self.answers[min(len(self.asked), len(self.answers)) - 1]

    checkpoint = add_checkpoint


@contextmanager
def raw_server(act: Callable[[socket.socket], None]) -> Iterator[str]:
    """Something on a port that does what `act` does with each connection."""
    stop = threading.Event()
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        listening.settimeout(0.05)

        def work() -> None:
            while not stop.is_set():
                try:
                    connection, _address = listening.accept()
                except TimeoutError:
                    continue
                threading.Thread(target=act, args=(connection,), daemon=True).start()

        thread = threading.Thread(target=work)
        thread.start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        stop.set()
        thread.join()


def drip(connection: socket.socket) -> None:
    """A byte now and then: each step is in time, the whole never ends."""
    try:
        connection.sendall(HTTP)
        while True:
            connection.sendall(b"x")
            time.sleep(0.02)
    except OSError:
        connection.close()


def closed_port() -> str:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{free.getsockname()[1]}"


def test_a_witness_cosigns_and_its_line_fits_the_note(known: PolicyWitness, log: GrowingLog) -> None:
    result = submit(known, log.note(7), proof=log.proof, now=seconds())

    assert (result.outcome, result.size) == (Outcome.COSIGNED, 7)
    assert result.time is not None
    assert abs(result.time - seconds()) < 5
    note = notes.parse(with_cosignatures(log.note(7), [result]))
    policy = Policy((PolicyLog(log.key.verifier),), (known,), (), "W")
    assert judge(policy, note, now=seconds()).is_satisfied


@pytest.mark.parametrize("seen", [0, 7, 9, 12, 60])
def test_whatever_the_platform_thinks_was_seen_it_goes_on_from_what_was(
    known: PolicyWitness, log: GrowingLog, seen: int
) -> None:
    submit(known, log.note(9), proof=log.proof, now=seconds())

    result = submit(known, log.note(12), proof=log.proof, now=seconds(), seen=seen)

    assert (result.outcome, result.size) == (Outcome.COSIGNED, 12)


def test_a_log_that_was_put_back_is_told_that_the_witness_is_ahead(known: PolicyWitness, log: GrowingLog) -> None:
    submit(known, log.note(40), proof=log.proof, now=seconds())

    result = submit(known, log.note(20), proof=log.proof, now=seconds(), seen=20)

    assert (result.outcome, result.size) == (Outcome.AHEAD, 40)


@pytest.mark.parametrize("size", [40, 60])
def test_a_rewritten_log_is_told_as_a_split(known: PolicyWitness, log: GrowingLog, size: int) -> None:
    """An insider with the log's key signs another history over an old backup; it is longer or as long."""
    submit(known, log.note(40), proof=log.proof, now=seconds())
    rewritten = log.fork(20, size=60)

    for seen in (0, 20, 40):
        result = submit(known, rewritten.note(size), proof=rewritten.proof, now=seconds(), seen=seen)

        assert (result.outcome, result.line) == (Outcome.SPLIT, "")
        assert result.reason


def test_another_implementation_that_answers_a_split_with_its_size_is_understood(log: GrowingLog) -> None:
    with serve(Scripted(Answer(409, "7\n", "text/x.tlog.size"))) as url:
        result = submit(listed(url, KEY.verifier), log.note(7), proof=log.proof, now=seconds())

    assert result.outcome is Outcome.SPLIT


def test_a_409_is_tried_once_more_and_not_for_ever(log: GrowingLog) -> None:
    moving = Scripted(*(Answer(409, f"{size}\n", "text/x.tlog.size") for size in range(1, 9)))
    with serve(moving) as url:
        result = submit(listed(url, KEY.verifier), log.note(40), proof=log.proof, now=seconds())

    assert result.outcome is Outcome.UNREACHABLE
    assert [body.split(b"\n")[0] for body in moving.asked] == [b"old 0", b"old 1"]


@pytest.mark.parametrize(
    "answer",
    [
        Answer(200, ""),
        Answer(200, "— w.example AAAAAAA=\n"),
        Answer(200, "hello\n"),
        Answer(409, "many\n", "text/x.tlog.size"),
        Answer(404, "unknown\n"),
        Answer(403, "no\n"),
        Answer(400, "no\n"),
        Answer(500, "\x1b[2Jno\n"),
        Answer(302, "elsewhere\n"),
        Answer(200, "x" * 300_000),
    ],
)
def test_an_answer_that_proves_nothing_counts_for_nothing(log: GrowingLog, answer: Answer) -> None:
    with serve(Scripted(answer)) as url:
        result = submit(listed(url, KEY.verifier), log.note(7), proof=log.proof, now=seconds())

    assert result.outcome in (Outcome.REFUSED, Outcome.UNREACHABLE)
    assert (result.line, result.time) == ("", None)
    assert result.reason
    assert result.reason.isprintable()


def line(log: GrowingLog, size: int, *, time: int, key: SigningKey = KEY) -> str:
    return notes.cosign(notes.parse(log.note(size)), key, time=time).line()


@pytest.mark.parametrize("off", [-301, 310])
def test_a_cosignature_with_a_time_that_cannot_be_is_not_taken(log: GrowingLog, off: int) -> None:
    now = seconds()
    with serve(Scripted(Answer(200, line(log, 7, time=now + off)))) as url:
        result = submit(listed(url, KEY.verifier), log.note(7), proof=log.proof, now=now)

    assert (result.outcome, result.line) == (Outcome.REFUSED, "")


def test_a_cosignature_of_another_checkpoint_or_another_key_is_not_taken(log: GrowingLog) -> None:
    stranger = SigningKey.generate("w.example", COSIGNATURE)
    for told in (line(log, 6, time=seconds()), line(log, 7, time=seconds(), key=stranger)):
        with serve(Scripted(Answer(200, told))) as url:
            result = submit(listed(url, KEY.verifier), log.note(7), proof=log.proof, now=seconds())

        assert (result.outcome, result.line) == (Outcome.REFUSED, "")


def test_of_more_lines_only_that_of_the_witness_is_taken(log: GrowingLog) -> None:
    stranger = SigningKey.generate("other.example", COSIGNATURE)
    mine = line(log, 7, time=seconds())
    with serve(Scripted(Answer(200, line(log, 7, time=seconds(), key=stranger) + mine))) as url:
        result = submit(listed(url, KEY.verifier), log.note(7), proof=log.proof, now=seconds())

    assert result.line == mine


def test_all_are_asked_at_once_and_each_gets_its_own_result_within_the_budget(tmp_path: Path, log: GrowingLog) -> None:
    """Good, behind, absent, silent, dripping, without address: the good ones are not kept from their answer."""
    with ExitStack() as stack:
        good = []
        for name in ("A", "B"):
            (tmp_path / name).mkdir()
            witness = make_witness(tmp_path / name, log, name=f"{name}.example")
            good.append(listed(stack.enter_context(serve(witness)), witness.verifier, name))
        talk(good[1].url, submission(log, 0, 9))
        silent = stack.enter_context(raw_server(lambda connection: time.sleep(6)))
        dripping = stack.enter_context(raw_server(drip))
        bad = [
            listed(url, KEY.verifier, f"bad {number}")
            for number, url in enumerate([silent, dripping, closed_port(), "", "ftp://x", "http://[", "nowhere"])
        ]
        began = time.monotonic()

        results = collect([*bad, *good], log.note(40), proof=log.proof, now=seconds(), budget=2.0)

        assert time.monotonic() - began < 4
    assert [one.witness for one in results] == [one.name for one in (*bad, *good)]
    assert [one.outcome for one in results] == [Outcome.UNREACHABLE] * len(bad) + [Outcome.COSIGNED] * 2
    assert all(one.reason for one in results[: len(bad)])
    assert str(notes.parse(with_cosignatures(log.note(40), results))).count("—") == 3


def test_a_call_that_was_cut_off_leaves_no_thread_behind(log: GrowingLog) -> None:
    before = threading.active_count()
    with raw_server(drip) as url:
        collect([listed(url, KEY.verifier)], log.note(7), proof=log.proof, now=seconds(), budget=0.2)
    deadline = time.monotonic() + 5
    while threading.active_count() > before and time.monotonic() < deadline:
        time.sleep(0.01)

    assert threading.active_count() <= before


def test_a_proof_that_cannot_be_made_is_told_and_proofs_are_made_by_the_asker(
    known: PolicyWitness, log: GrowingLog
) -> None:
    submit(known, log.note(9), proof=log.proof, now=seconds())
    makers = []

    def proof(old: int, new: int) -> list[bytes]:
        makers.append(threading.current_thread())
        raise ProofError("a tile is missing")

    result = submit(known, log.note(40), proof=proof, now=seconds())

    assert (result.outcome, makers) == (Outcome.REFUSED, [threading.current_thread()])
    assert "a tile is missing" in result.reason


def test_asking_about_nothing_is_refused(known: PolicyWitness, log: GrowingLog) -> None:
    with pytest.raises(NoteInvalid):
        submit(known, "nothing", proof=log.proof, now=seconds())
    assert collect([], log.note(7), proof=log.proof, now=seconds()) == ()


def test_the_checkpoint_that_a_witness_holds_is_fetched_and_verified(known: PolicyWitness, log: GrowingLog) -> None:
    assert fetch_checkpoint(known, ORIGIN) is None
    result = submit(known, log.note(7), proof=log.proof, now=seconds())

    held = fetch_checkpoint(known, ORIGIN)

    assert held == with_cosignatures(log.note(7), [result])
    assert fetch_checkpoint(known, "other&x=1") is None


def test_a_checkpoint_that_the_witness_did_not_cosign_is_not_believed(log: GrowingLog) -> None:
    forged = Scripted(Answer(200, log.note(7)))
    with serve(forged) as url, pytest.raises(ConnectionError):
        fetch_checkpoint(listed(url, KEY.verifier), ORIGIN)
    with pytest.raises(ConnectionError):
        fetch_checkpoint(listed(closed_port(), KEY.verifier), ORIGIN)
    cosigned = log.note(7) + line(log, 7, time=5)
    with serve(Scripted(Answer(200, cosigned))) as url, pytest.raises(ConnectionError, match="ander logboek"):
        fetch_checkpoint(listed(url, KEY.verifier), "other.example/log")


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
