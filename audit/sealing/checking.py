"""What the sealer checks of an entry before it gives it a place: its hash, its lane, its clock. Sealing is not here."""

import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.backends.base.base import BaseDatabaseWrapper

from audit.journal import keys
from audit.journal.lanes import mac_of, origin
from audit.sealing.models import FlawKind, Lane
from audit.sealing.order import Unsealed

CLOCK_TOLERANCE = timedelta(minutes=1)
"""How much earlier than its predecessor an entry may say it was recorded: transactions end in another order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A flaw of one entry. expected_seq: the number in the lane that should have come."""

    kind: FlawKind
    uid: UUID
    lane: int | None
    lane_seq: int | None
    expected_seq: int | None = None


@dataclass(slots=True)
class _Tip:
    """Where a lane stands. doubted: the MAC before a last entry whose own did not fit; it may have been put in."""

    next_seq: int
    mac: bytes
    doubted: bytes | None = None


class Checker:
    """Checks entries in the order of commits, from where their lanes stood; `found` gathers what is wrong.

    latest: the moment of the last entry that was sealed before, if any.
    """

    def __init__(self, connection: BaseDatabaseWrapper, rows: Sequence[Unsealed], *, latest: datetime | None) -> None:
        self.found: list[Found] = []
        self._connection = connection
        self._key = keys.lane_key()
        self._latest = latest
        self._tips: dict[int, _Tip] = {}
        self._forged: set[int] = set()
        self._touched: set[int] = set()
        self._read_tips({row.lane for row in rows if row.lane is not None})
        self._marked = bool(self._tips) or _any_lane(connection)

    def check(self, row: Unsealed, leaf_hash: bytes) -> None:
        """One entry, the next in the order of commits. leaf_hash: that of its body, whatever its column says."""
        if leaf_hash != row.leaf_hash:
            self._flaw(FlawKind.HASH, row)
        if self._latest and row.recorded_at < self._latest - CLOCK_TOLERANCE:
            self._flaw(FlawKind.CLOCK, row)
            # After a clock that ran ahead the step back is told once, not at every entry until it is made up for.
            self._latest = row.recorded_at
        self._latest = max(self._latest or row.recorded_at, row.recorded_at)
        if row.lane is None or row.lane_seq is None or row.mac is None or min(row.lane, row.lane_seq) < 0:
            if self._marked:
                self._flaw(FlawKind.UNMARKED, row)
            return
        self._marked = True
        self._check_lane(row, row.lane, row.lane_seq, row.mac, leaf_hash)

    def _check_lane(self, row: Unsealed, lane: int, seq: int, mac: bytes, leaf_hash: bytes) -> None:
        if lane in self._forged:
            self._forged.discard(lane)
            self._flaw(FlawKind.TIP, row)
        tip = self._tips.setdefault(lane, _Tip(0, origin(lane)))
        self._touched.add(lane)
        if seq == tip.next_seq:
            if self._fits(tip.mac, leaf_hash, seq, mac):
                self._tips[lane] = _Tip(seq + 1, mac)
            else:
                self._flaw(FlawKind.MAC, row)
                self._tips[lane] = _Tip(seq + 1, mac, doubted=tip.mac)
        elif seq > tip.next_seq:
            # Without the MAC before it this one cannot be checked; the next one can.
            self._flaw(FlawKind.MISSING, row, tip.next_seq)
            self._tips[lane] = _Tip(seq + 1, mac)
        elif tip.doubted and seq == tip.next_seq - 1 and self._fits(tip.doubted, leaf_hash, seq, mac):
            # The one that had this number was put in, and told; this is the real one.
            self._tips[lane] = _Tip(seq + 1, mac)
        else:
            self._flaw(FlawKind.REPEATED, row, tip.next_seq)

    def _fits(self, before: bytes, leaf_hash: bytes, seq: int, mac: bytes) -> bool:
        return hmac.compare_digest(mac_of(self._key, before, leaf_hash, seq), mac)

    def _flaw(self, kind: FlawKind, row: Unsealed, expected: int | None = None) -> None:
        self.found.append(Found(kind=kind, uid=row.uid, lane=row.lane, lane_seq=row.lane_seq, expected_seq=expected))

    def _read_tips(self, lanes: set[int]) -> None:
        if not lanes:
            return
        for stored in Lane.objects.using(self._connection.alias).filter(lane__in=lanes):
            mac = bytes(stored.mac)
            if hmac.compare_digest(_tag(stored.lane, stored.lane_seq, mac), bytes(stored.tag)):
                self._tips[stored.lane] = _Tip(stored.lane_seq + 1, mac)
            else:
                self._forged.add(stored.lane)

    def remember(self) -> None:
        """Keep where the lanes stand now; in the transaction that seals what was checked."""
        tips = [(lane, self._tips[lane]) for lane in sorted(self._touched) if self._tips[lane].next_seq]
        kept = [
            Lane(lane=lane, lane_seq=tip.next_seq - 1, mac=tip.mac, tag=_tag(lane, tip.next_seq - 1, tip.mac))
            for lane, tip in tips
        ]
        Lane.objects.using(self._connection.alias).bulk_create(
            kept, update_conflicts=True, unique_fields=["lane"], update_fields=["lane_seq", "mac", "tag"]
        )


def _any_lane(connection: BaseDatabaseWrapper) -> bool:
    return Lane.objects.using(connection.alias).exists()


def _tag(lane: int, seq: int, mac: bytes) -> bytes:
    text = lane.to_bytes(8, "big", signed=True) + seq.to_bytes(8, "big", signed=True) + mac
    return hmac.digest(keys.lane_tip_key(), text, "sha256")
