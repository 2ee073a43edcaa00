"""Heads on disk: forward only, one at a time, and never quietly from nothing."""

from __future__ import annotations

import hashlib
import json
import threading
from pathlib import Path

import pytest

from audit.proofs.heads import EMPTY_ROOT, Head, HeadStore, StateBroken, verify_growth
from audit.proofs.verifier import ProofError
from tests.audit.witness.growing import GrowingLog

LOG = GrowingLog(20)
ORIGIN = "a.example/log"


def at(size: int) -> Head:
    return Head(size, LOG.root(size), f"note {size}\n", 1_800_000_000 + size)


@pytest.fixture
def store(tmp_path: Path) -> HeadStore:
    made = HeadStore.create(tmp_path / "state")
    made.keep(ORIGIN)
    return made


def move(store: HeadStore, head: Head, origin: str = ORIGIN) -> None:
    with store.turn(origin) as turn:
        turn.move_to(head)


def write(path: Path, value: object) -> None:
    body = json.dumps(value)
    path.write_text(f"verbond-heads/1 {hashlib.sha256(body.encode()).hexdigest()}\n{body}\n")


def test_a_log_begins_empty_and_is_found_where_it_was_left(store: HeadStore, tmp_path: Path) -> None:
    assert store.head(ORIGIN) == Head(0, EMPTY_ROOT, "", 0)
    move(store, at(7))
    store.keep(ORIGIN)

    assert HeadStore(tmp_path / "state").head(ORIGIN) == at(7)
    assert HeadStore(tmp_path / "state").origins() == [ORIGIN]


def test_it_never_goes_back_and_never_changes_under_one_size(store: HeadStore) -> None:
    move(store, at(7))

    for wrong in (at(6), Head(7, LOG.root(6), "", 0), Head(0, EMPTY_ROOT, "", 0)):
        with pytest.raises(ValueError, match="never goes back"):
            move(store, wrong)
    assert store.head(ORIGIN) == at(7)
    move(store, Head(7, LOG.root(7), "another note", 5))


def test_logs_are_kept_apart(store: HeadStore) -> None:
    store.keep("b.example/log")
    move(store, at(7))

    assert store.head("b.example/log").size == 0


def test_turns_of_one_log_come_one_by_one(store: HeadStore, tmp_path: Path) -> None:
    """Sixteen threads, each with a store of its own, each adding one: none is lost."""

    def add_one() -> None:
        with HeadStore(tmp_path / "state").turn(ORIGIN) as turn:
            turn.move_to(at(turn.head.size + 1))

    threads = [threading.Thread(target=add_one) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert store.head(ORIGIN) == at(16)


def test_making_it_over_a_state_is_refused_and_over_an_untouched_one_is_not(store: HeadStore, tmp_path: Path) -> None:
    HeadStore.create(tmp_path / "state")
    move(store, at(7))

    with pytest.raises(FileExistsError):
        HeadStore.create(tmp_path / "state")
    (tmp_path / "state" / "logs").unlink()
    with pytest.raises(StateBroken):
        HeadStore.create(tmp_path / "state")


def test_a_directory_that_was_never_made_is_no_state(tmp_path: Path) -> None:
    with pytest.raises(StateBroken, match="ontbreekt"):
        HeadStore(tmp_path)


@pytest.mark.parametrize(
    "value",
    [
        [],
        {},
        {"size": "7", "root": "00" * 32, "note": "", "time": 0, "origin": ORIGIN},
        {"size": True, "root": "00" * 32, "note": "", "time": 0, "origin": ORIGIN},
        {"size": 7, "root": "00" * 31, "note": "", "time": 0, "origin": ORIGIN},
        {"size": 7, "root": "xy", "note": "", "time": 0, "origin": ORIGIN},
        {"size": 7, "root": "00" * 32, "note": "", "time": 0, "origin": "other"},
    ],
)
def test_a_file_that_holds_something_else_is_refused(store: HeadStore, tmp_path: Path, value: object) -> None:
    (path,) = (tmp_path / "state").glob("*.head")
    write(path, value)

    with pytest.raises(StateBroken):
        HeadStore(tmp_path / "state")


@pytest.mark.parametrize("value", [{}, [1], "logs", None])
def test_a_register_that_holds_something_else_is_refused(store: HeadStore, tmp_path: Path, value: object) -> None:
    write(tmp_path / "state" / "logs", value)

    with pytest.raises(StateBroken):
        HeadStore(tmp_path / "state")


def test_a_head_that_the_register_does_not_know_is_not_begun_anew(store: HeadStore, tmp_path: Path) -> None:
    move(store, at(7))
    write(tmp_path / "state" / "logs", [])

    with pytest.raises(StateBroken, match="lijst"):
        HeadStore(tmp_path / "state").keep(ORIGIN)


@pytest.mark.parametrize("place", range(0, 360, 5))
def test_one_flipped_bit_anywhere_is_noticed(store: HeadStore, tmp_path: Path, place: int) -> None:
    move(store, at(7))
    (path,) = (tmp_path / "state").glob("*.head")
    data = bytearray(path.read_bytes())
    at_byte = place % (len(data) - 1)  # the last byte is the newline, which says nothing
    data[at_byte] ^= 1 << (place % 8)
    path.write_bytes(data)

    with pytest.raises(StateBroken):
        HeadStore(tmp_path / "state")


def test_growth_is_proven_from_what_stands_and_from_nothing_without_proof() -> None:
    verify_growth(Head(), 20, LOG.root(20), [])
    verify_growth(Head(), 0, EMPTY_ROOT, [])
    verify_growth(at(7), 20, LOG.root(20), LOG.proof(7, 20))
    verify_growth(at(7), 7, LOG.root(7), [])

    for head, size, root, proof in (
        (Head(), 20, LOG.root(20), LOG.proof(7, 20)),
        (Head(), 0, LOG.root(1), []),
        (at(7), 20, LOG.root(19), LOG.proof(7, 20)),
        (at(7), 6, LOG.root(6), []),
        (at(7), 7, LOG.root(6), []),
        (at(7), 0, EMPTY_ROOT, []),
    ):
        with pytest.raises(ProofError):
            verify_growth(head, size, root, proof)
