"""Proof that one entry is in the log. The log as a bundle is made in audit.integrity."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db import connections

from audit.proofs import bundle
from audit.proofs.tree import inclusion_proof
from audit.sealing import tiles
from audit.sealing.models import Checkpoint, Leaf
from audit.sealing.signing import note_with_cosignatures

CHUNK = 2_048
"""Entries looked up at once."""


class NotSealed(LookupError):
    """The entry has no place in the tree yet, or no signed checkpoint covers it yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Inclusion:
    """That an entry stands at `index` of the log of `size` entries with this root.

    proof: hashes, the leaf's sibling first. note: the signed checkpoint with its cosignatures.
    """

    index: int
    size: int
    leaf_hash: bytes
    root: bytes
    proof: tuple[bytes, ...]
    note: str

    def file(self) -> bytes:
        """As a `.tlog-proof` file (C2SP tlog-proof)."""
        return bundle.tlog_proof(index=self.index, proof=self.proof, checkpoint=self.note.encode())


def inclusions_of(entry_uids: Iterable[str], *, using: str = "default") -> dict[str, Inclusion]:
    """The proofs of these entries (32 hex digits), all under the one newest checkpoint; unsealed ones are left out.

    Raises ProofError. Source: RFC 6962, section 2.1.1.
    """
    newest = Checkpoint.objects.using(using).order_by("-size").first()
    wanted = list(entry_uids)
    if newest is None or not wanted:
        return {}
    note, read = note_with_cosignatures(newest, using=using), tiles.reader(connections[using])
    found: dict[str, Inclusion] = {}
    for first in range(0, len(wanted), CHUNK):
        placed = Leaf.objects.using(using).filter(entry_uid__in=wanted[first : first + CHUNK], seq__lt=newest.size)
        for leaf in placed:
            found[leaf.entry_uid.hex] = Inclusion(
                index=leaf.seq, size=newest.size, leaf_hash=bytes(leaf.leaf_hash), root=bytes(newest.root),
                proof=tuple(inclusion_proof(leaf.seq, newest.size, read)), note=note,
            )  # fmt: skip
    return found


def inclusion_of(entry_uid: UUID | str, *, using: str = "default") -> Inclusion:
    """The proof for one entry, under the newest checkpoint. Raises NotSealed, ProofError.

    Source: RFC 6962, section 2.1.1.
    """
    leaf = Leaf.objects.using(using).filter(entry_uid=entry_uid).first()
    newest = Checkpoint.objects.using(using).order_by("-size").first()
    if leaf is None or newest is None or leaf.seq >= newest.size:
        raise NotSealed(f"entry {entry_uid} is not under a signed checkpoint yet")
    return Inclusion(
        index=leaf.seq,
        size=newest.size,
        leaf_hash=bytes(leaf.leaf_hash),
        root=bytes(newest.root),
        proof=tuple(inclusion_proof(leaf.seq, newest.size, tiles.reader(connections[using]))),
        note=note_with_cosignatures(newest, using=using),
    )
