"""The signer never signs two histories, whatever is asked of it, on whichever side of a socket."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from audit.proofs import notes
from audit.proofs.heads import EMPTY_ROOT, StateBroken
from audit.proofs.note_keys import LOG, KeyInvalid, SigningKey, make_key_file
from audit.signer.client import SignerClient
from audit.signer.core import CheckpointSigner, LocalSigner, SignerUnavailable, SignRefused
from audit.signer.service import LINE_BYTES, SignerService
from tests.audit.witness.growing import ORIGIN, GrowingLog

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def log() -> GrowingLog:
    return GrowingLog(40)


@contextmanager
def served(directory: Path) -> Iterator[SignerClient]:
    path = directory / "socket"
    with SignerService(path, LocalSigner(directory)) as service:
        threading.Thread(target=service.serve_forever, kwargs={"poll_interval": 0.02}).start()
        yield SignerClient(path)
        service.shutdown()


@pytest.fixture(params=["in this process", "over the socket"])
def signer(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[CheckpointSigner]:
    local = LocalSigner.create(tmp_path, origin=ORIGIN)
    if request.param == "in this process":
        yield local
        return
    with served(tmp_path) as client:
        yield client


def refused(call: Callable[[], str]) -> str:
    with pytest.raises(SignRefused) as wrong:
        call()
    assert wrong.value.sentence
    return wrong.value.code


def test_a_growing_log_is_signed_step_by_step(signer: CheckpointSigner, log: GrowingLog) -> None:
    assert (signer.head().size, signer.head().root, signer.head().note) == (0, EMPTY_ROOT, "")
    for old, new in [(0, 0), (0, 1), (1, 7), (7, 8), (8, 40)]:
        note = notes.parse(signer.sign(new, log.root(new), log.proof(old, new)))

        assert notes.verify(note, [signer.verifier()])
        assert note.checkpoint == notes.Checkpoint(ORIGIN, new, log.root(new))
        assert (signer.head().size, signer.head().root, signer.head().note) == (new, log.root(new), str(note))


def test_the_same_tree_again_gives_the_same_note(signer: CheckpointSigner, log: GrowingLog) -> None:
    first = signer.sign(7, log.root(7), [])

    assert signer.sign(7, log.root(7), []) == first


def test_what_contradicts_an_earlier_checkpoint_is_refused_and_changes_nothing(
    signer: CheckpointSigner, log: GrowingLog
) -> None:
    first = signer.sign(8, log.root(8), [])
    other = log.fork(3, size=40)

    assert refused(lambda: signer.sign(7, log.root(7), [])) == "smaller"
    assert refused(lambda: signer.sign(0, EMPTY_ROOT, [])) == "smaller"
    assert refused(lambda: signer.sign(8, other.root(8), [])) == "other_root"
    assert refused(lambda: signer.sign(40, other.root(40), other.proof(8, 40))) == "unproven"
    assert refused(lambda: signer.sign(40, log.root(40), [])) == "unproven"
    assert refused(lambda: signer.sign(40, log.root(40), log.proof(7, 40))) == "unproven"
    assert signer.head().note == first


def test_the_empty_tree_has_one_root_and_needs_no_proof(signer: CheckpointSigner, log: GrowingLog) -> None:
    assert refused(lambda: signer.sign(0, log.root(1), [])) == "unproven"
    assert refused(lambda: signer.sign(1, log.root(1), [log.root(1)])) == "unproven"


def test_a_malformed_wish_is_refused(signer: CheckpointSigner) -> None:
    assert refused(lambda: signer.sign(-1, EMPTY_ROOT, [])) == "malformed"
    assert refused(lambda: signer.sign(1, b"short", [])) == "malformed"
    assert refused(lambda: signer.sign(2**63, EMPTY_ROOT, [])) == "malformed"


def test_what_was_signed_is_still_known_after_a_restart(tmp_path: Path, log: GrowingLog) -> None:
    note = LocalSigner.create(tmp_path, origin=ORIGIN).sign(8, log.root(8), [])

    again = LocalSigner(tmp_path)

    assert again.head().note == note
    assert refused(lambda: again.sign(7, log.root(7), [])) == "smaller"


def test_a_key_is_never_made_over_and_a_lost_state_is_never_begun_anew(tmp_path: Path, log: GrowingLog) -> None:
    LocalSigner.create(tmp_path, origin=ORIGIN).sign(8, log.root(8), [])
    with pytest.raises(FileExistsError):
        LocalSigner.create(tmp_path, origin=ORIGIN)

    for file in (tmp_path / "state").iterdir():
        file.unlink()

    with pytest.raises(StateBroken):
        LocalSigner(tmp_path)
    with pytest.raises(FileExistsError):
        LocalSigner.create(tmp_path, origin=ORIGIN)


def test_making_a_key_may_be_done_again_when_it_broke_off_halfway(tmp_path: Path, log: GrowingLog) -> None:
    LocalSigner.create(tmp_path, origin=ORIGIN)
    (tmp_path / "log.key").unlink()

    assert LocalSigner.create(tmp_path, origin=ORIGIN).sign(8, log.root(8), [])


def test_a_state_that_lost_its_key_is_not_given_a_new_one(tmp_path: Path, log: GrowingLog) -> None:
    LocalSigner.create(tmp_path, origin=ORIGIN).sign(8, log.root(8), [])
    (tmp_path / "log.key").unlink()

    with pytest.raises(FileExistsError):
        LocalSigner.create(tmp_path, origin=ORIGIN)
    make_key_file(tmp_path / "log.key", SigningKey.generate(ORIGIN, LOG))
    with pytest.raises(StateBroken, match="niet met deze sleutel"):
        LocalSigner(tmp_path)


@pytest.mark.parametrize("harm", ["flip", "empty", "cut", "gone", "register"])
def test_a_damaged_state_is_refused_at_the_start(tmp_path: Path, log: GrowingLog, harm: str) -> None:
    LocalSigner.create(tmp_path, origin=ORIGIN).sign(8, log.root(8), [])
    (head,) = (tmp_path / "state").glob("*.head")
    data = head.read_bytes()
    if harm == "flip":
        at = data.index(b'"size": 8') + 8
        head.write_bytes(data[:at] + b"2" + data[at + 1 :])
    elif harm == "gone":
        head.unlink()
    elif harm == "register":
        (tmp_path / "state" / "logs").unlink()
    else:
        head.write_bytes(b"" if harm == "empty" else data[:-20])

    with pytest.raises(StateBroken):
        LocalSigner(tmp_path)


def test_two_who_sign_at_once_never_get_two_histories(tmp_path: Path, log: GrowingLog) -> None:
    LocalSigner.create(tmp_path, origin=ORIGIN)
    sides = [log, log.fork(0, size=40)]
    signed: list[notes.Checkpoint] = []

    def race(side: GrowingLog) -> None:
        signer = LocalSigner(tmp_path)
        for size in range(1, 41):
            old = signer.head().size
            proof = side.proof(old, size) if old <= size else []
            with suppress(SignRefused):
                signed.append(notes.parse(signer.sign(size, side.root(size), proof)).checkpoint)

    threads = [threading.Thread(target=race, args=(side,)) for side in sides for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert signed
    winner = next(side for side in sides if side.root(signed[0].size) == signed[0].root)
    assert all(winner.root(one.size) == one.root for one in signed)


def test_no_signer_is_told_as_unavailable(tmp_path: Path) -> None:
    with pytest.raises(SignerUnavailable):
        SignerClient(tmp_path / "socket").sign(1, EMPTY_ROOT, [])


def test_a_silent_signer_costs_no_more_than_the_patience(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as silent:
        silent.bind(str(tmp_path / "socket"))
        silent.listen()
        began = time.monotonic()

        with pytest.raises(SignerUnavailable):
            SignerClient(tmp_path / "socket", timeout=0.2).head()

        assert time.monotonic() - began < 2


@pytest.mark.parametrize(
    "line", [b"\n", b"[]\n", b'{"do": "sign"}\n', b'{"do": "sign", "size": true, "root": "", "proof": []}\n', b"\xff\n"]
)
def test_the_socket_refuses_what_it_does_not_understand_and_goes_on(tmp_path: Path, line: bytes) -> None:
    LocalSigner.create(tmp_path, origin=ORIGIN)
    with served(tmp_path) as client:
        for sent in (line, b"x" * (LINE_BYTES + 10), b"[" * 15000 + b"\n"):
            with socket.socket(socket.AF_UNIX) as raw:
                raw.connect(str(tmp_path / "socket"))
                raw.sendall(sent)
                assert b"malformed" in raw.makefile("rb").readline()

        assert client.head().size == 0


def test_the_socket_is_for_owner_and_group_only(tmp_path: Path) -> None:
    LocalSigner.create(tmp_path, origin=ORIGIN)
    with served(tmp_path):
        assert (tmp_path / "socket").stat().st_mode & 0o777 == 0o660
        with pytest.raises(FileExistsError):
            SignerService(tmp_path / "socket", LocalSigner(tmp_path))


def test_the_management_command_makes_a_key_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("signer", directory=tmp_path, init=True, origin=ORIGIN)

    assert str(LocalSigner(tmp_path).verifier()) in capsys.readouterr().out
    for more in ({"init": True, "origin": ORIGIN}, {"init": True}, {}):
        with pytest.raises(CommandError, match="Niet gestart"):
            call_command("signer", directory=tmp_path, **more)


def test_a_key_file_that_others_can_read_is_not_used(tmp_path: Path) -> None:
    LocalSigner.create(tmp_path, origin=ORIGIN)
    (tmp_path / "log.key").chmod(0o644)

    with pytest.raises(KeyInvalid):
        LocalSigner(tmp_path)


def test_the_process_needs_no_django_and_leaves_no_socket(tmp_path: Path) -> None:
    LocalSigner.create(tmp_path, origin=ORIGIN)
    process = start(tmp_path)
    try:
        assert SignerClient(tmp_path / "socket").head().size == 0
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 0
    finally:
        process.kill()
        process.wait()
    assert not (tmp_path / "socket").exists()


def start(directory: Path) -> subprocess.Popen[str]:
    """The signer as a process that cannot import Django, once it listens."""
    process = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import sys; sys.modules['django'] = None\nfrom audit.signer.__main__ import main; sys.exit(main())",
            *("--directory", str(directory), "--socket", str(directory / "socket")),
        ],
        cwd=ROOT,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout
    assert process.stdout.readline().startswith("Ondertekenaar")
    return process


def test_who_begin_at_the_same_moment_find_one_signer(tmp_path: Path) -> None:
    for round_ in range(10):
        place, go = tmp_path / str(round_) / "signer", threading.Barrier(6)

        def begin(_number: int, place: Path = place, go: threading.Barrier = go) -> bytes:
            go.wait(10)
            return LocalSigner.opened(place, origin=ORIGIN).verifier().public

        with ThreadPoolExecutor(6) as pool:
            assert len(set(pool.map(begin, range(6)))) == 1


def test_a_directory_that_lost_its_key_is_not_begun_anew(tmp_path: Path) -> None:
    LocalSigner.opened(tmp_path / "signer", origin=ORIGIN)
    (tmp_path / "signer" / "log.key").unlink()
    with pytest.raises((KeyInvalid, OSError)):
        LocalSigner.opened(tmp_path / "signer", origin=ORIGIN)
