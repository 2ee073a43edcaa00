"""The sealed log as a bundle for the offline verifier (audit/proofs/verifier.py). Who may have one is not here."""

from bisect import bisect_right
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.db import connections

from audit.integrity.versions import write_versions
from audit.journal.commitments import open_part
from audit.journal.models import Entry, Fieldset, Part
from audit.proofs import bundle, verifier
from audit.proofs.policy import PolicyInvalid, parse_policy
from audit.pruning.models import PruneBatch
from audit.pruning.queries import pruned_ranges
from audit.sealing import tiles
from audit.sealing.models import Checkpoint, Cosignature, Leaf
from audit.sealing.proofs import NotSealed
from audit.sealing.signing import note_with_cosignatures

CHUNK = 2_048
REMOVED = b"{}"
"""Stands in the place of an entry that is gone though nobody pruned it: the verifier finds that it does not fit."""
LOOKED_BACK = 200
VERSIONS = "history.ndjson"


def write_bundle(
    target: Path,
    *,
    policy: bytes,
    scope: str | None = None,
    with_parts: bool = False,
    with_history: bool = False,
    using: str = "default",
) -> Checkpoint:
    """Write the log to the new directory `target`, under the newest checkpoint that the policy's witnesses cosigned.

    policy: a tlog-policy file; when none of the last checkpoints satisfies it, the newest is taken.
    scope: reference of the agency whose entries alone are in it, of the others only hashes; None for all.
    with_parts: also the personal parts in the clear, for who may see them. with_history: also history.ndjson, the
    version rows for which entries vouch. Returns the checkpoint.
    Raises NotSealed when nothing was signed yet; FileExistsError, ProofError, OSError as audit.proofs.bundle.
    """
    chosen = checkpoint_for(policy, using=using)
    bodies = _Bodies(chosen.size, scope, using)
    bundle.write_bundle(
        target,
        checkpoint=note_with_cosignatures(chosen, using=using).encode(),
        policy=policy,
        fieldset=_fieldset(using),
        entries=bodies,
        read=tiles.reader(connections[using]),
        parts=_parts(scope, using) if with_parts else (),
        gone=_gone(chosen.size, bodies, using),
    )
    if with_history:
        write_versions(target / VERSIONS, size=chosen.size, scope=scope, using=using)
    return chosen


def checkpoint_for(policy: bytes, *, using: str = "default") -> Checkpoint:
    """The newest of the last checkpoints that satisfies the policy, else the newest. Raises NotSealed."""
    newest = list(Checkpoint.objects.using(using).order_by("-size")[:LOOKED_BACK])
    if not newest:
        raise NotSealed("no checkpoint was signed yet")
    try:
        trusted = parse_policy(policy)
    except PolicyInvalid:
        return newest[0]
    cosigned: dict[int, set[str]] = {one.size: set() for one in newest}
    lines = Cosignature.objects.using(using).filter(size__gte=newest[-1].size).values_list("size", "witness")
    for size, witness in lines:
        cosigned.setdefault(size, set()).add(witness)
    return next((one for one in newest if trusted.is_met_by(cosigned[one.size])), newest[0])


class _Bodies:
    """Bodies in the order of the tree, each read once; empty where an entry was pruned or lies outside the scope."""

    def __init__(self, size: int, scope: str | None, using: str) -> None:
        self._size, self._scope, self._using = size, scope, using
        self._pruned = pruned_ranges()
        self.left_out: list[int] = []

    def __iter__(self) -> Iterator[bytes]:
        for first in range(0, self._size, CHUNK):
            until = min(self._size, first + CHUNK)
            placed = Leaf.objects.using(self._using).filter(seq__gte=first, seq__lt=until).order_by("seq")
            uids = list(placed.values_list("seq", "entry_uid"))
            wanted = ("uid", "body", "agency_ref", "event_type")
            rows = Entry.objects.using(self._using).filter(uid__in=[uid for _seq, uid in uids])
            bodies = {uid: (body, *about) for uid, body, *about in rows.values_list(*wanted)}
            for seq, uid in uids:
                yield self._body(seq, bodies.get(uid))

    def _body(self, seq: int, found: tuple[Any, ...] | None) -> bytes:
        if found is None:
            return b"" if self._was_pruned(seq) else REMOVED
        body, agency, event = found
        # What says that entries were pruned concerns everybody: without it the verifier cannot say why they lack.
        if self._scope in (None, agency) or event == verifier.PRUNED_EVENT:
            return bytes(body)
        self.left_out.append(seq)
        return b""

    def _was_pruned(self, seq: int) -> bool:
        at = bisect_right(self._pruned, (seq, verifier.MAX_SIZE)) - 1
        return at >= 0 and seq < self._pruned[at][1]


def _gone(size: int, bodies: _Bodies, using: str) -> Iterator[bundle.Gone]:
    """Asked for when all bodies were read."""
    batches = list(PruneBatch.objects.using(using).order_by("id").values_list("entry_uid", "ranges"))
    wanted = [uid for uid, _ranges in batches]
    places = dict(Leaf.objects.using(using).filter(entry_uid__in=wanted).values_list("entry_uid", "seq"))
    for uid, ranges in batches:
        # Only what was under an older checkpoint was pruned, but its entry may come after this one.
        first = verifier.parse_ranges(ranges)[0][0]
        if first < size:
            place = places.get(uid, size)
            yield bundle.Gone(reason=verifier.PRUNED, ranges=ranges, entry=place if place < size else None)
    if bodies.left_out:
        yield bundle.Gone(reason=verifier.LEFT_OUT, ranges=bundle.ranges_text(bodies.left_out))


def _parts(scope: str | None, using: str) -> Iterator[bundle.OpenPart]:
    rows = Part.objects.using(using).order_by("entry_uid")
    if scope is not None:
        rows = rows.filter(entry_uid__in=Entry.objects.using(using).filter(agency_ref=scope).values("uid"))
    for part in rows.iterator(CHUNK):
        opened = open_part(part)
        if opened:
            yield bundle.OpenPart(
                commitment=bytes(part.commitment), kind=opened.kind, salt=opened.salt, content=opened.content
            )


def _fieldset(using: str) -> list[dict[str, Any]]:
    names = ("schema_v", "catalogue_hash", "bit", "field", "label_nl", "label_en")
    return list(Fieldset.objects.using(using).order_by("catalogue_hash", "bit").values(*names))
