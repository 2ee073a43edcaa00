"""The witness as a service: its command line, its independence of Django, and callers that keep it waiting."""

from __future__ import annotations

import http.client
import json
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.core.management import CommandError, call_command

from audit.proofs.policy import Policy, PolicyLog
from audit.witness.__main__ import main
from audit.witness.core import Witness
from tests.audit.witness.growing import GrowingLog
from tests.audit.witness.running import ROOT, WitnessProcess, make_witness, serve, submission, talk

PATIENCE = 0.8


@pytest.fixture
def log() -> GrowingLog:
    return GrowingLog(20)


@pytest.fixture
def impatient(tmp_path: Path, log: GrowingLog) -> Iterator[str]:
    with serve(make_witness(tmp_path, log), patience=PATIENCE, connections=4) as url:
        yield url


def connect(url: str) -> socket.socket:
    return socket.create_connection((str(urlsplit(url).hostname), urlsplit(url).port or 0), timeout=5)


def test_importing_the_witness_brings_in_nothing_but_python_and_cryptography() -> None:
    """What a partner copies: audit/__init__.py, audit/proofs and audit/witness."""
    told = subprocess.run(
        [
            sys.executable,
            "-c",
            # What a Python brings in by itself, as its distribution's own settings, is not the witness's.
            "import sys\n"
            "before = set(sys.modules)\n"
            "import audit.witness.__main__, audit.witness.client, audit.witness.exchange\n"
            "after = {name.partition('.')[0] for name in set(sys.modules) - before}\n"
            "print(*sorted(after - set(sys.stdlib_module_names)))\n"
            "print(*sorted(name for name in sys.modules if name.startswith('audit.')))",
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    others, rooms = (line.split() for line in told.stdout.splitlines())

    assert {name for name in others if not name.startswith("_")} == {"audit", "cryptography"}
    assert {name.split(".")[1] for name in rooms} == {"proofs", "witness"}


def test_the_process_starts_serves_and_stops_when_asked(tmp_path: Path, log: GrowingLog) -> None:
    Witness.create(tmp_path / "state", tmp_path / "key", name="w.example")
    process = WitnessProcess(tmp_path, log)
    try:
        assert talk(process.url, submission(log, 0, 7))[0] == 200
        process.process.send_signal(signal.SIGTERM)
        assert process.process.wait(10) == 0
    finally:
        process.kill()


def test_init_makes_a_key_for_its_owner_only_and_prints_the_public_half(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    where = ["--state", str(tmp_path / "state"), "--key", str(tmp_path / "key")]

    assert main([*where, "--init", "--name", "gemeente.example/getuige"]) == 0

    assert capsys.readouterr().out.startswith("gemeente.example/getuige+")
    assert (tmp_path / "key").stat().st_mode & 0o777 == 0o600
    assert main([*where, "--init", "--name", "gemeente.example/getuige"]) == 2
    assert "bestaat al" in capsys.readouterr().err


def test_it_does_not_start_without_what_it_needs_and_says_why(
    tmp_path: Path, log: GrowingLog, capsys: pytest.CaptureFixture[str]
) -> None:
    where = ["--state", str(tmp_path / "state"), "--key", str(tmp_path / "key")]
    main([*where, "--init", "--name", "w.example"])
    key, logs = tmp_path / "key", tmp_path / "logs"
    logs.write_text(f"{log.key.verifier}\n")
    wrong = tmp_path / "wrong"

    def refused(arguments: list[str], says: str) -> None:
        capsys.readouterr()
        assert main(arguments) == 2
        assert says in capsys.readouterr().err

    refused(where, "--policy of --logs")
    refused([*where, "--init"], "--name")
    wrong.write_text("# leeg\n")
    refused([*where, "--logs", str(wrong)], "geen logboek")
    wrong.write_text("quorum none\n")
    refused([*where, "--policy", str(wrong)], "geen logboek")
    wrong.write_text("log x\n")
    refused([*where, "--policy", str(wrong)], "Regel 1")
    wrong.write_text(key.read_text())
    refused([*where, "--logs", str(wrong)], "Niet gestart")
    refused([*where, "--logs", str(tmp_path / "absent")], "absent")
    key.chmod(0o644)
    refused([*where, "--logs", str(logs)], "0600")
    key.chmod(0o600)
    (tmp_path / "state" / "logs").unlink()
    refused([*where, "--logs", str(logs)], "ontbreekt")


def test_the_management_command_is_the_same_program(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("witness", state=tmp_path / "state", key=tmp_path / "key", init=True, name="w.example")

    assert capsys.readouterr().out.startswith("w.example+")
    with pytest.raises(CommandError, match="--policy of --logs"):
        call_command("witness", state=tmp_path / "state", key=tmp_path / "key")


def test_a_policy_file_says_which_logs_are_followed(tmp_path: Path, log: GrowingLog) -> None:
    Witness.create(tmp_path / "state", tmp_path / "key", name="w.example")
    (tmp_path / "policy").write_text(Policy((PolicyLog(log.key.verifier),)).text())
    arguments = ["--state", tmp_path / "state", "--key", tmp_path / "key", "--policy", tmp_path / "policy"]
    process = subprocess.Popen(
        [sys.executable, "-m", "audit.witness", *map(str, arguments), "--port", "0"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        assert process.stdout
        url = process.stdout.readline().rpartition(" op ")[2].strip().rstrip("/")
        assert talk(url, submission(log, 0, 7))[0] == 200
    finally:
        process.kill()
        process.communicate()


def test_one_connection_serves_many_requests(impatient: str, log: GrowingLog) -> None:
    connection = http.client.HTTPConnection(str(urlsplit(impatient).hostname), urlsplit(impatient).port, timeout=5)
    for old, new, status in ((0, 3, 200), (1, 4, 409), (3, 4, 200)):
        connection.request("POST", "/add-checkpoint", submission(log, old, new))
        answer = connection.getresponse()
        assert answer.status == status
        answer.read()
    connection.close()


@pytest.mark.parametrize(
    "start", [b"", b"POST /add-checkpoint HTTP/1.1\r\nContent-Length: 100\r\n\r\nold", b"POST /add-checkpoint HT"]
)
def test_a_caller_that_never_finishes_is_cut_off(impatient: str, start: bytes) -> None:
    began = time.monotonic()
    with connect(impatient) as slow:
        slow.sendall(start)
        assert slow.recv(1000) == b""
    assert time.monotonic() - began < 6


def test_a_caller_that_drips_is_cut_off_too(impatient: str) -> None:
    began = time.monotonic()
    with connect(impatient) as slow:
        try:
            while time.monotonic() - began < 10:
                slow.sendall(b"P")
                time.sleep(0.02)
        except OSError:
            pass
    assert time.monotonic() - began < 6


def test_idle_callers_take_no_more_than_the_places_and_give_them_back(tmp_path: Path, log: GrowingLog) -> None:
    with serve(make_witness(tmp_path, log), patience=60, connections=4) as url:
        idle = [connect(url) for _ in range(4)]
        with connect(url) as fifth:
            assert fifth.recv(1000) == b""
        idle[0].sendall(b"GET / HTTP/1.1\r\n\r\n")
        assert idle[0].recv(1000).startswith(b"HTTP/1.1 200")
        for connection in idle:
            connection.close()

        assert until_answered(url, submission(log, 0, 7)) == 200


def until_answered(url: str, body: bytes) -> int:
    deadline = time.monotonic() + 5
    while True:
        try:
            return talk(url, body)[0]
        except (OSError, http.client.HTTPException):
            if time.monotonic() > deadline:
                raise


@pytest.mark.parametrize(
    ("request_bytes", "status"),
    [
        (b"POST /add-checkpoint HTTP/1.1\r\n\r\n", b"411"),
        (b"POST /add-checkpoint HTTP/1.1\r\nContent-Length: -1\r\n\r\n", b"411"),
        (b"POST /add-checkpoint HTTP/1.1\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", b"411"),
        (b"POST /add-checkpoint HTTP/1.1\r\nContent-Length: 99999999999999\r\n\r\n", b"413"),
        (b"POST /other HTTP/1.1\r\nContent-Length: 0\r\n\r\n", b"404"),
        (b"GET /add-checkpoint HTTP/1.1\r\n\r\n", b"404"),
        (b"PUT /add-checkpoint HTTP/1.1\r\n\r\n", b"501"),
        (b"GET / HTTP/9\r\n\r\n", b"Bad request"),
        (b"\x16\x03\x01\x02\x00\r\n\r\n", b"Bad request"),
    ],
)
def test_requests_that_make_no_sense_are_answered_and_do_no_harm(
    impatient: str, log: GrowingLog, request_bytes: bytes, status: bytes
) -> None:
    with connect(impatient) as odd:
        odd.sendall(request_bytes)
        assert status in odd.recv(4000).split(b"\r\n")[0]

    assert json.loads(talk(impatient, path="/")[2])["logs"][0]["size"] == 0
