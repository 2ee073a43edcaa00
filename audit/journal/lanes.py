"""Lanes: chains of MACs in which one connection's entries stand, so that the sealer sees what changed before sealing.

An entry's MAC covers its leaf, its number in the lane and the MAC before it. A lane goes on from what was committed,
so its numbers have no gaps: what is missing was removed. What was never sealed and came last in its lane can be
removed unseen until the lane's next entry; nothing that is kept in the database alone could tell.
"""

import hashlib
import hmac
import os
import secrets
from collections import defaultdict, deque
from collections.abc import Iterator
from typing import Any
from weakref import finalize

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from audit.journal import keys

Place = tuple[int, int, bytes]
"""An entry's place: lane, number in the lane (from 0), MAC."""


def origin(lane: int) -> bytes:
    """What stands before the first MAC of a lane: 32 bytes that name the lane."""
    return hashlib.sha256(b"verbond/lane" + lane.to_bytes(8, "big")).digest()


def mac_of(key: bytes, before: bytes, leaf_hash: bytes, lane_seq: int) -> bytes:
    """HMAC-SHA256(K, MAC before ‖ leaf hash ‖ number as 8 bytes). Source: audit design 4.4."""
    return hmac.digest(key, before + leaf_hash + lane_seq.to_bytes(8, "big"), "sha256")


class Lane:
    """One chain, in the hands of one connection at a time. `seq` and `mac` are those of what was committed."""

    __slots__ = ("awaited", "lane", "mac", "seq")

    def __init__(self) -> None:
        self.lane = secrets.randbits(63)
        self.seq = 0
        self.mac = origin(self.lane)
        self.awaited: _Advance | None = None


class _Advance:
    """A commit hook: what this transaction appended now stands."""

    __slots__ = ("lane", "mac", "seq")

    def __init__(self, lane: Lane, seq: int, mac: bytes) -> None:
        self.lane, self.seq, self.mac = lane, seq, mac

    def __call__(self) -> None:
        self.lane.seq, self.lane.mac = self.seq, self.mac
        if self.lane.awaited is self:
            self.lane.awaited = None


def places(connection: BaseDatabaseWrapper, leaf_hashes: list[bytes]) -> list[Place]:
    """Places for entries that are now appended on this connection, in their order; takes no query.

    The lane goes on behind what this transaction appended and did not take back by a savepoint. Whether an earlier
    transaction was committed is known by its commit hook alone: a lane of which it is not known is never used again.
    """
    lane, last = _lane_and_last(connection)
    found, seq, mac = _behind(lane, last or lane, leaf_hashes)
    if last and _same_savepoints(connection, last):
        last.seq, last.mac = seq, mac
    else:
        lane.awaited = _Advance(lane, seq, mac)
        transaction.on_commit(lane.awaited, using=connection.alias, robust=True)
    return found


def places_apart(connection: BaseDatabaseWrapper, leaf_hashes: list[bytes]) -> list[Place]:
    """The same for one statement that commits by itself, outside a transaction: say `stand` once it has.

    If it fails nobody knows whether it was committed, and the lane is never used again.
    """
    lane, _last = _lane_and_last(connection)
    found, seq, mac = _behind(lane, lane, leaf_hashes)
    lane.awaited = _Advance(lane, seq, mac)
    return found


def stand(connection: BaseDatabaseWrapper) -> None:
    """What was given places apart is committed."""
    lane: Lane = connection.audit_lane  # type: ignore[attr-defined]
    if lane.awaited is not None:
        lane.awaited()


def withdraw(connection: BaseDatabaseWrapper) -> None:
    """What was given places apart was not inserted, and that is committed: the lane goes on from where it stood."""
    lane: Lane = connection.audit_lane  # type: ignore[attr-defined]
    lane.awaited = None


def _behind(lane: Lane, last: "Lane | _Advance", leaf_hashes: list[bytes]) -> tuple[list[Place], int, bytes]:
    """Places in `lane` that go on from `last`, and where the next one goes on."""
    seq, mac, key = last.seq, last.mac, keys.lane_key()
    found = []
    for leaf_hash in leaf_hashes:
        mac = mac_of(key, mac, leaf_hash, seq)
        found.append((lane.lane, seq, mac))
        seq += 1
    return found, seq, mac


def _lane_and_last(connection: BaseDatabaseWrapper) -> tuple[Lane, _Advance | None]:
    lane: Lane | None = getattr(connection, "audit_lane", None)
    for _sids, hook in _hooks(connection):
        if hook.lane is lane:
            return hook.lane, hook
    if lane is None or lane.awaited is not None or connection.audit_lane_of != os.getpid():  # type: ignore[attr-defined]
        lane = _give(connection, Lane())
    return lane, None


def _same_savepoints(connection: BaseDatabaseWrapper, last: _Advance) -> bool:
    """Whether what is appended now would be taken back together with `last`, whichever savepoint fails."""
    here = set(connection.savepoint_ids)
    return any(hook is last and sids == here for sids, hook in _hooks(connection))


def _hooks(connection: BaseDatabaseWrapper) -> Iterator[tuple[set[Any], _Advance]]:
    """The lanes' own hooks of this transaction, newest first, each with the savepoints it was registered in.

    Django drops the hooks of a savepoint that is rolled back: what is here, stands.
    """
    waiting: list[Any] = connection.run_on_commit
    return ((hook[0], hook[1]) for hook in reversed(waiting) if isinstance(hook[1], _Advance))


# Under ASGI every request has a thread and so a connection of its own: lanes go from one to the next. A connection
# takes one when it opens, before any transaction: on PostgreSQL its transactions then have higher numbers than those
# of who had the lane before, and the order of sealing is the order of the lane.
_free: defaultdict[str, deque[Lane]] = defaultdict(deque)
os.register_at_fork(after_in_child=_free.clear)


def offer_lane(*, connection: BaseDatabaseWrapper, **_: Any) -> None:
    """Give a connection that opens a lane that nobody uses any more (signal connection_created)."""
    if getattr(connection, "audit_lane", None) is None:
        try:
            _give(connection, _free[_store(connection)].popleft())
        except IndexError:
            return


def _give(connection: BaseDatabaseWrapper, lane: Lane) -> Lane:
    before: finalize[Any, Any] | None = getattr(connection, "audit_lane_end", None)
    if before:
        before.detach()
    connection.audit_lane = lane  # type: ignore[attr-defined]
    connection.audit_lane_of = os.getpid()  # type: ignore[attr-defined]
    connection.audit_lane_end = finalize(connection, _give_back, lane, _store(connection), os.getpid())  # type: ignore[attr-defined]
    connection.audit_lane_end.atexit = False  # type: ignore[attr-defined]
    return lane


def _give_back(lane: Lane, store: str, owner: int) -> None:
    if lane.awaited is None and owner == os.getpid():
        _free[store].append(lane)


def _store(connection: BaseDatabaseWrapper) -> str:
    return f"{connection.settings_dict['HOST']}/{connection.settings_dict['NAME']}"


def forget(connection: BaseDatabaseWrapper) -> None:
    """Begin a new lane at the next entry of this connection; for a store that was put in another's place."""
    end: finalize[Any, Any] | None = getattr(connection, "audit_lane_end", None)
    if end:
        end.detach()
    connection.audit_lane = None  # type: ignore[attr-defined]
    _free.clear()
