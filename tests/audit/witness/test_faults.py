"""Faults injected into real processes: kill -9 at any moment, a full disk. What was signed is never denied."""

from __future__ import annotations

import http.client
import random
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from audit.proofs import notes
from audit.proofs.notes import Checkpoint
from audit.signer.client import SignerClient
from audit.signer.core import LocalSigner, SignerUnavailable, SignRefused
from audit.witness.core import Witness
from tests.audit.witness.dying import Nursery
from tests.audit.witness.growing import ORIGIN, GrowingLog
from tests.audit.witness.running import WitnessProcess, submission, talk

pytestmark = pytest.mark.slow
KILLS = 100
LEAVES = 4000


@pytest.fixture
def log() -> GrowingLog:
    return GrowingLog(LEAVES)


@pytest.fixture
def witnesses() -> Iterator[Nursery]:
    nursery = Nursery("audit.witness.__main__")
    yield nursery
    nursery.close()


@pytest.fixture
def signers() -> Iterator[Nursery]:
    nursery = Nursery("audit.signer.__main__")
    yield nursery
    nursery.close()


def start_witness(nursery: Nursery, directory: Path, log: GrowingLog, *, die_at: int = 0) -> str:
    if not (directory / "key").exists():
        Witness.create(directory / "state", directory / "key", name="w.example")
        (directory / "logs").write_text(f"{log.key.verifier}\n")
    named = {"--state": "state", "--key": "key", "--logs": "logs"}
    arguments = [part for name, file in named.items() for part in (name, str(directory / file))]
    line = nursery.start([*arguments, "--port", "0"], directory=directory / "state", die_at=die_at)
    return line.rpartition(" op ")[2].rstrip("/")


def start_signer(nursery: Nursery, directory: Path, *, die_at: int = 0) -> SignerClient | None:
    arguments = ["--directory", str(directory), "--socket", str(directory / "socket")]
    line = nursery.start(arguments, directory=directory / "state", die_at=die_at)
    return SignerClient(directory / "socket", timeout=2) if line else None


def held(url: str) -> int:
    status, _kind, body = talk(url, path=f"/checkpoint?origin={ORIGIN}")
    return notes.parse(body).checkpoint.size if status == 200 else 0


def ask(url: str, side: GrowingLog, old: int, new: int) -> tuple[int, str]:
    """(status, body); status 0 when the witness died over it."""
    try:
        status, _kind, body = talk(url, submission(side, old, new))
    except (OSError, http.client.HTTPException):
        return 0, ""
    return status, body


def one_history(seen: list[Checkpoint], sides: list[GrowingLog]) -> bool:
    """Whether all lie in one history and never go back, in the order in which they were given."""
    sizes = [one.size for one in seen]
    return sizes == sorted(sizes) and any(all(side.root(one.size) == one.root for one in seen) for side in sides)


def pick(rng: random.Random, sides: list[GrowingLog], seen: list[Checkpoint]) -> GrowingLog:
    """Mostly the history that is being followed, and often enough the other."""
    likely = [side for side in sides if not seen or side.root(seen[-1].size) == seen[-1].root]
    return rng.choice(likely if rng.random() < 0.8 else sides)


def test_a_witness_that_is_killed_at_random_never_goes_back(
    tmp_path: Path, witnesses: Nursery, log: GrowingLog, record_property: Callable[[str, object], None]
) -> None:
    """Two histories are offered in turn, sizes up and down, while it is killed within 0 to 100 ms, over and over."""
    rng = random.Random(7)
    sides = [log, log.fork(rng.randrange(1, 30), size=LEAVES)]
    cosigned: list[Checkpoint] = []
    for _kill in range(KILLS):
        url = start_witness(witnesses, tmp_path, log)
        assert url, "it did not start again"
        assert held(url) >= max((one.size for one in cosigned), default=0)
        killer = threading.Timer(rng.uniform(0, 0.1), witnesses.kill)
        killer.start()
        status, old = -1, held_or(url, 0)
        while status:
            side, new = pick(rng, sides, cosigned), min(LEAVES, max(1, old + rng.randrange(-1, 6)))
            status, body = ask(url, side, min(old, new), new)
            if status == 200:
                cosigned.append(notes.parse(side.note(new) + body).checkpoint)
                old = new
        killer.join()
    record_property("cosigned", len(cosigned))

    assert len(cosigned) > KILLS / 4
    assert one_history(cosigned, sides)
    url = start_witness(witnesses, tmp_path, log)
    last, true_side = cosigned[-1], next(side for side in sides if side.root(cosigned[-1].size) == cosigned[-1].root)
    false_side = next(side for side in sides if side is not true_side)
    standing = held(url)
    assert standing >= last.size
    assert ask(url, true_side, standing - 1, standing - 1)[0] == 409
    assert ask(url, false_side, standing, standing)[0] == 409
    assert ask(url, false_side, standing, standing + 5)[0] == 422
    assert ask(url, true_side, standing, standing + 5)[0] == 200


def held_or(url: str, otherwise: int) -> int:
    try:
        return held(url)
    except (OSError, http.client.HTTPException):
        return otherwise


def test_a_witness_that_dies_at_each_step_of_keeping_stands_at_the_old_or_the_new(
    tmp_path: Path, witnesses: Nursery, log: GrowingLog
) -> None:
    """Killed at every single opening, renaming and removing of a state file, from its start to its answer."""
    other = log.fork(1, size=LEAVES)
    assert ask(start_witness(witnesses, tmp_path, log), log, 0, 5)[0] == 200
    witnesses.kill()
    places, status, size = 0, 0, 5
    while status != 200:
        places += 1
        url = start_witness(witnesses, tmp_path, log, die_at=places)
        if url:
            status, _body = ask(url, log, size, size + 3)
            witnesses.wait() if status == 0 else witnesses.kill()
        url = start_witness(witnesses, tmp_path, log)
        assert url
        standing = held(url)
        assert standing in ((size + 3,) if status == 200 else (size, size + 3))
        assert ask(url, other, standing, standing)[0] == 409
        witnesses.kill()
        size = standing

    assert places > 5


def test_a_witness_that_dies_at_each_step_of_its_first_start_starts_again(
    tmp_path: Path, witnesses: Nursery, log: GrowingLog
) -> None:
    places, url = 0, ""
    while not url:
        places += 1
        directory = tmp_path / str(places)
        directory.mkdir()
        url = start_witness(witnesses, directory, log, die_at=places)
        if url:
            witnesses.kill()
        assert ask(start_witness(witnesses, directory, log), log, 0, 5)[0] == 200
        witnesses.kill()

    assert places > 8


@pytest.mark.parametrize("room", [0, 100])
def test_with_a_full_disk_a_witness_cosigns_nothing_and_loses_nothing(
    tmp_path: Path, witnesses: Nursery, log: GrowingLog, room: int
) -> None:
    url = start_witness(witnesses, tmp_path, log)
    assert ask(url, log, 0, 7)[0] == 200

    witnesses.fill_the_disk(room)
    for _again in range(3):
        assert ask(url, log, 7, 9) == (503, "De getuige kan zijn toestand niet bewaren en ondertekent daarom niet.\n")
    assert held(url) == 7
    witnesses.kill()

    url = start_witness(witnesses, tmp_path, log)
    assert held(url) == 7
    witnesses.fill_the_disk(room)
    assert ask(url, log, 7, 9)[0] == 503
    witnesses.empty_the_disk()
    assert ask(url, log, 7, 9)[0] == 200
    assert held(url) == 9


def test_a_partners_own_process_is_killed_and_goes_on(tmp_path: Path, log: GrowingLog) -> None:
    """As a partner runs it, each time a new interpreter without Django."""
    Witness.create(tmp_path / "state", tmp_path / "key", name="w.example")
    for old, new in ((0, 7), (7, 9), (9, 12)):
        process = WitnessProcess(tmp_path, log)
        try:
            assert process.first_line.startswith("Getuige w.example+")
            assert held(process.url) == old
            assert ask(process.url, log, old, new)[0] == 200
        finally:
            process.kill()


def test_a_witness_without_its_state_does_not_start(tmp_path: Path, log: GrowingLog) -> None:
    Witness.create(tmp_path / "state", tmp_path / "key", name="w.example")
    process = WitnessProcess(tmp_path, log)
    ask(process.url, log, 0, 7)
    process.kill()
    next((tmp_path / "state").glob("*.head")).unlink()

    process = WitnessProcess(tmp_path, log)

    assert process.first_line == ""
    assert process.process.wait(10) == 2
    process.kill()


def test_a_signer_that_is_killed_at_random_never_signs_two_histories(
    tmp_path: Path, signers: Nursery, record_property: Callable[[str, object], None]
) -> None:
    rng = random.Random(11)
    local = LocalSigner.create(tmp_path, origin=ORIGIN)
    log = GrowingLog(LEAVES)
    sides = [log, log.fork(rng.randrange(1, 30), size=LEAVES)]
    signed: list[Checkpoint] = []
    refusals = 0
    for _kill in range(KILLS):
        client = start_signer(signers, tmp_path)
        assert client, "it did not start again"
        assert client.head().size >= max((one.size for one in signed), default=0)
        killer = threading.Timer(rng.uniform(0, 0.1), signers.kill)
        killer.start()
        try:
            while True:
                old, side = client.head().size, pick(rng, sides, signed)
                new = min(LEAVES, max(1, old + rng.randrange(-1, 6)))
                proof = side.proof(min(old, new), new)
                try:
                    signed.append(notes.parse(client.sign(new, side.root(new), proof)).checkpoint)
                except SignRefused:
                    refusals += 1
        except SignerUnavailable:
            killer.join()
    record_property("signed", len(signed))

    assert len(signed) > KILLS / 4
    assert refusals
    assert one_history(signed, sides)
    assert local.head().size >= signed[-1].size


def test_a_signer_that_dies_at_each_step_of_keeping_stands_at_the_old_or_the_new(
    tmp_path: Path, signers: Nursery, log: GrowingLog
) -> None:
    local = LocalSigner.create(tmp_path, origin=ORIGIN)
    other = log.fork(1, size=LEAVES)
    local.sign(5, log.root(5), [])
    places, is_signed = 0, False
    while not is_signed:
        places, size = places + 1, local.head().size
        client = start_signer(signers, tmp_path, die_at=places)
        if client:
            try:
                client.sign(size + 3, log.root(size + 3), log.proof(size, size + 3))
                is_signed = True
                signers.kill()
            except SignerUnavailable:
                signers.wait()
        after = LocalSigner(tmp_path).head()
        assert after.size in ((size + 3,) if is_signed else (size, size + 3))
        assert after.root == log.root(after.size)
        with pytest.raises(SignRefused):
            local.sign(after.size, other.root(after.size), [])

    assert places > 5


@pytest.mark.parametrize("room", [0, 100])
def test_with_a_full_disk_a_signer_signs_nothing_and_loses_nothing(
    tmp_path: Path, signers: Nursery, log: GrowingLog, room: int
) -> None:
    LocalSigner.create(tmp_path, origin=ORIGIN)
    client = start_signer(signers, tmp_path)
    assert client
    note = client.sign(7, log.root(7), [])

    signers.fill_the_disk(room)
    with pytest.raises(SignerUnavailable, match="niet bewaren"):
        client.sign(9, log.root(9), log.proof(7, 9))
    assert client.sign(7, log.root(7), []) == note
    signers.empty_the_disk()

    assert client.head().size == 7
    assert client.sign(9, log.root(9), log.proof(7, 9))
