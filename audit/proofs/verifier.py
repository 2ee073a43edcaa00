#!/usr/bin/env python3
"""Checks a copy of the journal without the system that made it.

One file by design, longer than the rest of the house: it is handed over, read and run by somebody with
nothing but Python 3.9 or later. It imports the standard library only, and nothing of the project.
Sources: RFC 6962 and RFC 9162 (Merkle tree), RFC 8032 (Ed25519), C2SP signed-note, tlog-checkpoint,
tlog-cosignature, tlog-policy, tlog-tiles and tlog-proof.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from typing import Any

HASH_SIZE = 32
MAX_SIZE = 2**63 - 1


class ProofError(Exception):
    """What was given does not prove what it claims to."""


# --- Merkle tree (RFC 6962, section 2.1) ----------------------------------------------------------------


def leaf_hash(data: bytes) -> bytes:
    """SHA-256(0x00 ‖ data): the leaf of one entry. Raises ProofError when `data` is not bytes."""
    if not isinstance(data, bytes):
        raise ProofError("an entry is bytes")
    return sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """SHA-256(0x01 ‖ left ‖ right) of two hashes of 32 bytes. Raises ProofError for anything else."""
    _check_hash(left)
    _check_hash(right)
    return sha256(b"\x01" + left + right).digest()


def root(leaf_hashes: Iterable[bytes]) -> bytes:
    """The tree's root over leaf hashes in order; SHA-256 of nothing for none. Raises ProofError."""
    try:
        hashes = iter(leaf_hashes)
    except TypeError:
        raise ProofError("leaf hashes come as a sequence") from None
    nodes: list[bytes] = []
    for size, node in enumerate(hashes):
        _check_hash(node)
        push(nodes, size, node)
    return peak(nodes)


def push(nodes: list[bytes], size: int, node: bytes) -> None:
    """Append a leaf hash to a compact range: the roots of the complete subtrees of a tree of `size`."""
    while size & 1:
        node = sha256(b"\x01" + nodes.pop() + node).digest()
        size >>= 1
    nodes.append(node)


def peak(nodes: Sequence[bytes]) -> bytes:
    """The root of the tree whose complete subtrees have these roots, largest first."""
    if not nodes:
        return sha256(b"").digest()
    node = nodes[-1]
    for left in reversed(nodes[:-1]):
        node = sha256(b"\x01" + left + node).digest()
    return node


def _check_hash(value: Any) -> None:
    if not isinstance(value, bytes) or len(value) != HASH_SIZE:
        raise ProofError("a hash is 32 bytes")


def _check_count(value: Any, name: str) -> None:
    # True is an int to Python, and never meant as one.
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= MAX_SIZE:
        raise ProofError(f"{name} is not a whole number from 0 to 2^63-1")


def _check_proof(proof: Any) -> None:
    if not isinstance(proof, (list, tuple)):
        raise ProofError("a proof is a list of hashes")
    for node in proof:
        _check_hash(node)


def verify_inclusion(leaf_index: int, tree_size: int, leaf_hash: bytes, proof: Sequence[bytes], root: bytes) -> None:
    """Whether the leaf stands at `leaf_index` (from 0) in the tree of `tree_size` with this root.

    proof: hashes of 32 bytes, the leaf's sibling first. Raises ProofError; returns None.
    Source: RFC 9162, section 2.1.3.2.
    """
    _check_count(leaf_index, "the index")
    _check_count(tree_size, "the size")
    _check_hash(leaf_hash)
    _check_hash(root)
    _check_proof(proof)
    if leaf_index >= tree_size:
        raise ProofError("the index lies outside the tree")
    node = leaf_hash
    for sibling, on_left in _climb(leaf_index, tree_size - 1, proof):
        node = node_hash(sibling, node) if on_left else node_hash(node, sibling)
    if node != root:
        raise ProofError("the proof leads to another root")


def verify_consistency(size1: int, size2: int, root1: bytes, root2: bytes, proof: Sequence[bytes]) -> None:
    """Whether the tree of size1 is the beginning of the tree of size2. 0 < size1 <= size2.

    proof: hashes of 32 bytes; none when the sizes are equal. Raises ProofError; returns None.
    Source: RFC 9162, section 2.1.4.2. An empty tree is the beginning of every tree, so it proves nothing.
    """
    _check_count(size1, "the old size")
    _check_count(size2, "the new size")
    _check_hash(root1)
    _check_hash(root2)
    _check_proof(proof)
    if not 0 < size1 <= size2:
        raise ProofError("the old size is 0 or larger than the new one")
    if size1 == size2:
        if proof or root1 != root2:
            raise ProofError("equal sizes have one root and need no proof")
        return
    # A complete old tree is itself a node of the new one, so its root is not repeated in the proof.
    path = list(proof) if size1 & (size1 - 1) else [root1, *proof]
    place, last = size1 - 1, size2 - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    if not path:
        raise ProofError("the proof is too short")
    old = new = path[0]
    for node, on_left in _climb(place, last, path[1:]):
        old = node_hash(node, old) if on_left else old
        new = node_hash(node, new) if on_left else node_hash(new, node)
    if old != root1 or new != root2:
        raise ProofError("the proof leads to other roots")


def _climb(place: int, last: int, path: Sequence[bytes]) -> Iterator[tuple[bytes, bool]]:
    """Each hash of the path with whether it stands on the left, from node `place` of a row that ends in `last`."""
    for node in path:
        if last == 0:
            raise ProofError("the proof is too long")
        on_left = bool(place & 1 or place == last)
        yield node, on_left
        while on_left and place and not place & 1:
            place, last = place >> 1, last >> 1
        place, last = place >> 1, last >> 1
    if last:
        raise ProofError("the proof is too short")
