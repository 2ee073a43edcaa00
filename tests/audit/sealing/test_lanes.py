"""Lanes: what was rolled back leaves no trace in them; what was changed before sealing does."""

import os
import threading
from contextlib import suppress
from uuid import uuid4

import pytest
from django.db import DEFAULT_DB_ALIAS, connection, connections, transaction

from audit.journal import lanes
from audit.journal.appender import append
from audit.models import Entry, Lane
from audit.proofs.verifier import leaf_hash
from audit.sealing.sealer import seal_all
from tests.audit.sealing.steps import TakenBack, flaws, sealed, tamper, tree_is_whole, write, write_and_take_back
from tests.audit.stand_ins import entry

pytestmark = pytest.mark.django_db(transaction=True)


def numbers() -> list[tuple[int, int]]:
    """(which lane, number in it) of every entry; lanes are counted as they appear."""
    rows = list(Entry.objects.order_by("id").values_list("lane", "lane_seq"))
    seen: dict[int, int] = {}
    return [(seen.setdefault(lane, len(seen)), seq) for lane, seq in rows]


def test_entries_of_a_connection_stand_in_one_lane_without_gaps() -> None:
    write(2)
    with transaction.atomic():
        append([entry(), entry()])
        append([entry()])

    assert numbers() == [(0, n) for n in range(5)]
    seal_all()
    assert flaws() == []


def test_what_a_savepoint_took_back_leaves_no_gap() -> None:
    with transaction.atomic():
        append([entry()])
        with suppress(TakenBack), transaction.atomic():
            append([entry(), entry()])
            raise TakenBack
        append([entry()])
        with transaction.atomic():
            append([entry()])
            with suppress(TakenBack), transaction.atomic():
                append([entry()])
                with transaction.atomic():
                    append([entry()])
                raise TakenBack
        append([entry()])
    write()

    # A hook of the last block was never called, so the next transaction may begin another lane, but leaves no gap.
    assert [seq for lane, seq in numbers() if lane == 0][:4] == [0, 1, 2, 3]
    seal_all()
    assert flaws() == []
    assert len(sealed()) == 5


def test_a_block_without_a_savepoint_of_its_own_is_taken_back_with_the_one_around_it() -> None:
    with transaction.atomic():
        append([entry()])
        with suppress(TakenBack), transaction.atomic():
            append([entry()])
            with transaction.atomic(savepoint=False):
                append([entry()])
                raise TakenBack
        append([entry()])

    assert numbers() == [(0, 0), (0, 1)]
    seal_all()
    assert flaws() == []


def test_after_a_rollback_nothing_is_missing() -> None:
    write(2)
    write_and_take_back(3)
    write(2)
    write_and_take_back()
    write()

    seal_all()
    assert flaws() == []
    assert len(sealed()) == 5
    assert tree_is_whole()


def test_a_commit_whose_other_hooks_failed_is_still_a_commit() -> None:
    def broken() -> None:
        raise TakenBack

    with suppress(TakenBack), transaction.atomic():
        transaction.on_commit(broken)
        append([entry()])
    write(2)

    seal_all()
    assert len(sealed()) == 3
    assert flaws() == []


@pytest.mark.skipif("connection.vendor != 'postgresql'")
def test_a_connection_that_is_lost_at_commit_leaves_its_lane() -> None:
    write()
    with suppress(Exception), transaction.atomic():
        append([entry()])
        connection.connection.close()
    connection.close()
    write(2)

    seal_all()
    assert flaws() == []
    assert len(sealed()) == 3


def test_lanes_go_from_one_thread_to_the_next() -> None:
    """Under ASGI every request has a thread and a connection of its own."""

    def request() -> None:
        write(2)
        connection.close()
        # A connection's object goes with its thread, but for the ring of references in it; that ring is broken here,
        # because when the collector comes by is not what is tested, and another thread's collection holds it up.
        vars(connections[DEFAULT_DB_ALIAS]).clear()

    for _ in range(6):
        thread = threading.Thread(target=request)
        thread.start()
        thread.join()

    assert len({lane for lane, _seq in numbers()}) <= 2
    seal_all()
    assert flaws() == []
    assert len(sealed()) == 12


def test_a_forked_process_begins_its_own_lane() -> None:
    write()
    before = connection.audit_lane  # type: ignore[attr-defined]

    pid = os.fork()
    if pid == 0:
        lane, last = lanes._lane_and_last(connection)
        os._exit(0 if lane is not before and last is None else 1)
    assert os.waitpid(pid, 0)[1] == 0


def one(n: int) -> Entry:
    return list(Entry.objects.order_by("id"))[n]


@pytest.mark.parametrize("lanes_first_sealed", [False, True])
def test_an_entry_rewritten_with_its_hash_before_sealing_is_found(lanes_first_sealed: bool) -> None:
    write(2)
    if lanes_first_sealed:
        seal_all()
    uids = write(3)
    forged = bytes(Entry.objects.get(uid=uids[1]).body).replace(b"case.read", b"case.list")
    tamper("UPDATE audit_entry SET body = %s, leaf_hash = %s WHERE uid = %s", [forged, leaf_hash(forged), uids[1]])

    done = seal_all()

    assert done
    assert [(flaw.kind, flaw.uid.hex) for flaw in done.flaws] == [("mac", uids[1])]
    assert flaws() == ["mac"]
    assert tree_is_whole()


def test_a_body_changed_by_itself_is_found_and_what_is_sealed_is_what_it_says_now() -> None:
    uids = write(3)
    tamper("UPDATE audit_entry SET body = %s WHERE uid = %s", [b'{"act":{},"matter":{}}', uids[1]])

    seal_all()

    assert flaws() == ["hash", "mac"]
    assert tree_is_whole()


@pytest.mark.parametrize("gone", [0, 1])
def test_an_entry_removed_before_sealing_is_found(gone: int) -> None:
    uids = write(3)
    tamper("DELETE FROM audit_entry WHERE uid = %s", [uids[gone]])

    done = seal_all()

    assert done
    assert [(flaw.kind, flaw.uid.hex, flaw.expected_seq) for flaw in done.flaws] == [("missing", uids[gone + 1], gone)]


def test_entries_removed_right_after_sealed_ones_are_found() -> None:
    write(2)
    seal_all()
    removed, _last = write(2)
    tamper("DELETE FROM audit_entry WHERE uid = %s", [removed])

    seal_all()

    assert flaws() == ["missing"]


KEPT = (
    "recorded_at, schema_v, body, leaf_hash, action, event_type, outcome, agency_ref, actor_ref, case_ref, purpose,"
    " legal_basis, route, break_glass, trace_id, span_id, policy_epoch, fields_0, fields_1, fields_2"
)
COPY = (
    "INSERT INTO audit_entry (uid, {kept}, lane, lane_seq, mac)"
    " SELECT %s, {kept}, {lane}, {seq}, {mac} FROM audit_entry WHERE uid = %s"
)


@pytest.mark.parametrize(
    ("lane", "seq", "mac", "kind"),
    [
        ("lane", "lane_seq", "mac", "repeated"),
        ("lane", "lane_seq + 1", "mac", "mac"),
        ("lane", "lane_seq + 5", "mac", "missing"),
        ("77", "0", "mac", "mac"),
        ("-77", "0", "mac", "unmarked"),
        ("NULL", "NULL", "NULL", "unmarked"),
    ],
)
def test_an_entry_put_in_before_sealing_is_found(lane: str, seq: str, mac: str, kind: str) -> None:
    uids = write(2)
    sql = COPY.format(kept=KEPT, lane=lane, seq=seq, mac=mac)
    tamper(sql, [uuid4().hex, uids[-1]])
    after = write()

    done = seal_all()

    assert done
    assert done.flaws[0].kind == kind
    assert done.flaws[0].uid.hex not in uids
    if kind == "mac":
        assert after[0] not in [flaw.uid.hex for flaw in done.flaws], "the real one of that number is told apart"


def test_entries_that_changed_places_are_found() -> None:
    write(4)
    first, second = one(1), one(2)
    for number, row in ((-1, first), (first.id, second), (second.id, first)):
        tamper("UPDATE audit_entry SET id = %s WHERE uid = %s", [number, row.uid.hex])
    if connection.vendor == "postgresql":
        tx = "(SELECT tx FROM audit_entry WHERE uid = %s)"
        sql = f"UPDATE audit_entry SET tx = CASE uid WHEN %s THEN {tx} ELSE {tx} END WHERE uid IN (%s, %s)"
        tamper(sql, [first.uid, second.uid, first.uid, first.uid, second.uid])

    seal_all()

    assert flaws()[:2] == ["missing", "repeated"]


def test_what_the_sealer_remembers_cannot_be_set_by_others() -> None:
    write(2)
    seal_all()
    gone, last = (Entry.objects.get(uid=uid) for uid in write(2))
    tamper("DELETE FROM audit_entry WHERE uid = %s", [gone.uid.hex])
    tamper("UPDATE audit_lane SET lane_seq = %s, mac = %s", [gone.lane_seq, bytes(gone.mac)])

    seal_all()

    assert flaws()[0] == "tip"
    assert Lane.objects.get().lane_seq == last.lane_seq


def test_entries_of_before_the_lanes_are_sealed_without_one() -> None:
    write(2)
    tamper("UPDATE audit_entry SET lane = NULL, lane_seq = NULL, mac = NULL")
    lanes.forget(connection)
    write()

    seal_all()

    assert flaws() == []
    assert len(sealed()) == 3
