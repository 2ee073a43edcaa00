#!/usr/bin/env python3
"""Checks a copy of the journal without the system that made it: `python3 verifier.py --help`.

One file by design, longer than the rest of the house: it is handed over, read and run by somebody with
nothing but Python 3.9 or later. It imports the standard library only, and nothing of the project.
Exit codes: 0 verified, 1 tampered, 2 incomplete (pruned, or the quorum is missing), 3 usage.
Sources: RFC 6962 and RFC 9162 (Merkle tree), RFC 8032 (Ed25519), C2SP signed-note, tlog-checkpoint,
tlog-cosignature, tlog-policy, tlog-tiles and tlog-proof.
"""

from __future__ import annotations

import argparse
import base64
import binascii
import bisect
import functools
import json
import os
import re
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from hashlib import sha256, sha512
from typing import Any, NamedTuple, NoReturn

HASH_SIZE = 32
MAX_SIZE = 2**63 - 1
TILE_WIDTH = 256
MAX_ENTRY = 65_535  # the length prefix of tlog-tiles has 16 bits; longer entries stand in large/
MAX_FILE = 1 << 26  # no single thing that is read whole may be larger: 64 MiB


class ProofError(Exception):
    """What was given does not prove what it claims to."""


class Incomplete(Exception):
    """So much is missing that nothing more can be said."""


class UsageError(Exception):
    """The question was put wrongly: an argument, or a policy that cannot be used."""


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


# --- Ed25519 (RFC 8032, section 5.1) --------------------------------------------------------------------
#
# Stricter than the RFC asks, in what it leaves open: S < L; the public key must be encoded canonically and
# must not be one of the eight points of small order; and the equation is the one without the cofactor,
# SB = R + kA, with R compared as bytes, so a non-canonical R never fits.

_P = 2**255 - 19
_L = 2**252 + 27742317777372353535851937790883648493
_D = -121665 * pow(121666, _P - 2, _P) % _P
_SQRT_M1 = pow(2, (_P - 1) // 4, _P)
_BASE = bytes([0x58]) + bytes([0x66]) * 31
_Point = tuple  # X, Y, Z, T with x = X/Z, y = Y/Z, xy = T/Z


def verify_ed25519(public: bytes, message: bytes, signature: bytes) -> bool:
    """Whether the signature (64 bytes) over the message is of this public key (32 bytes). Raises nothing."""
    if len(public) != 32 or len(signature) != 64:
        return False
    scalar = int.from_bytes(signature[32:], "little")
    table = _negated_multiples(public)
    if table is None or scalar >= _L:
        return False
    challenge = int.from_bytes(sha512(signature[:32] + public + message).digest(), "little") % _L
    base, point = _base_multiples(), (0, 1, 1, 0)
    for shift in range(252, -4, -4):
        point = _double(_double(_double(_double(point))))
        point = _add(point, base[scalar >> shift & 15])
        point = _add(point, table[challenge >> shift & 15])
    x, y, z, _ = point
    inverse = pow(z, _P - 2, _P)
    return (y * inverse % _P | (x * inverse % _P & 1) << 255).to_bytes(32, "little") == signature[:32]


@functools.lru_cache(maxsize=256)
def _negated_multiples(public: bytes) -> list[_Point] | None:
    """0 to 15 times -A, or None when the bytes are no acceptable key."""
    point = _decompress(public)
    if point is None:
        return None
    x, y, z, _ = _double(_double(_double(point)))
    if x == 0 and y == z:
        return None
    return _multiples((-point[0] % _P, point[1], 1, -point[3] % _P))


@functools.lru_cache(maxsize=1)
def _base_multiples() -> list[_Point]:
    return _multiples(_decompress(_BASE))


def _multiples(point: Any) -> list[_Point]:
    found: list[_Point] = [(0, 1, 1, 0)]
    for _ in range(15):
        found.append(_add(found[-1], point))
    return found


def _decompress(encoded: bytes) -> _Point | None:
    y = int.from_bytes(encoded, "little")
    sign, y = y >> 255, y & (1 << 255) - 1
    if y >= _P:
        return None
    top, bottom = (y * y - 1) % _P, (_D * y * y + 1) % _P
    x = top * pow(bottom, 3, _P) * pow(top * pow(bottom, 7, _P), (_P - 5) // 8, _P) % _P
    if bottom * x * x % _P != top:
        x = x * _SQRT_M1 % _P
    if bottom * x * x % _P != top or (x == 0 and sign):
        return None
    if x & 1 != sign:
        x = _P - x
    return x, y, 1, x * y % _P


def _add(one: _Point, two: _Point) -> _Point:
    x1, y1, z1, t1 = one
    x2, y2, z2, t2 = two
    a, b = (y1 - x1) * (y2 - x2) % _P, (y1 + x1) * (y2 + x2) % _P
    c, d = 2 * t1 * t2 * _D % _P, 2 * z1 * z2 % _P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % _P, g * h % _P, f * g % _P, e * h % _P


def _double(point: _Point) -> _Point:
    x, y, z, _ = point
    a, b = x * x % _P, y * y % _P
    h, g = a + b, a - b
    e, f = h - (x + y) * (x + y), 2 * z * z + g
    return e * f % _P, g * h % _P, f * g % _P, e * h % _P


# --- Text: base64, numbers, keys, notes (C2SP signed-note) ----------------------------------------------


def show(text: bytes) -> str:
    """Bytes of others for a screen: what is no plain ASCII is escaped."""
    return text.decode("utf-8", "backslashreplace").encode("unicode_escape").decode("ascii")


def unbase64(text: bytes) -> bytes:
    """Standard base64 in its one canonical form (RFC 4648, section 4). Raises ProofError."""
    try:
        value = base64.b64decode(text, validate=True)
    except (ValueError, binascii.Error):
        raise ProofError("this is not base64") from None
    if base64.b64encode(value) != text:
        raise ProofError("this base64 has stray bits")
    return value


def decimal(text: bytes) -> int:
    """A whole number up to 2^63-1 without leading zeros. Raises ProofError."""
    if not re.fullmatch(rb"0|[1-9][0-9]{0,18}", text) or int(text) > MAX_SIZE:
        raise ProofError("this is not a whole number from 0 to 2^63-1")
    return int(text)


class Key(NamedTuple):
    """A verifier key. kind: 0x01 Ed25519, 0x04 Ed25519 cosignature, 0x06 ML-DSA-44 (not checked here)."""

    name: bytes
    id: bytes
    kind: int
    public: bytes


ED25519, COSIGNATURE, ML_DSA = 0x01, 0x04, 0x06
_KEY_SIZES = {ED25519: 32, COSIGNATURE: 32, ML_DSA: 1312}


def parse_key(text: bytes) -> Key:
    """A vkey, `name+id+base64(kind ‖ public key)`, with its id computed anew. Raises ProofError."""
    parts = text.split(b"+", 2)
    if len(parts) != 3 or not _is_key_name(parts[0]):
        raise ProofError("this is not a verifier key")
    name, shown, data = parts[0], parts[1], unbase64(parts[2])
    if len(data) - 1 != _KEY_SIZES.get(data[0] if data else 0):
        raise ProofError("a key of this kind or length is not known")
    key_id = sha256(name + b"\n" + data).digest()[:4]
    if key_id.hex().encode() != shown:
        raise ProofError("the key's id does not belong to it")
    return Key(name, key_id, data[0], data[1:])


def _is_key_name(name: bytes) -> bool:
    try:
        text = name.decode()
    except UnicodeDecodeError:
        return False
    return bool(text) and not any(c.isspace() or c == "+" for c in text)


class Signature(NamedTuple):
    """A signature line of a note."""

    name: bytes
    key_id: bytes
    value: bytes


def parse_note(note: bytes) -> tuple[bytes, list[Signature]]:
    """A signed note as its text (with the last newline) and its signatures, none checked. Raises ProofError."""
    if len(note) > 1_000_000 or re.search(rb"[\x00-\x09\x0b-\x1f]", note):
        raise ProofError("the note is too long or holds control characters")
    try:
        note.decode()
    except UnicodeDecodeError:
        raise ProofError("the note is not UTF-8") from None
    text, blank, lines = note.rpartition(b"\n\n")
    if not text or not blank or not lines.endswith(b"\n"):
        raise ProofError("the note carries no signatures")
    return text + b"\n", [_signature(line) for line in lines[:-1].split(b"\n")]


def _signature(line: bytes) -> Signature:
    fields = line.split(b" ")
    if len(fields) != 3 or fields[0] != "\u2014".encode() or not _is_key_name(fields[1]):
        raise ProofError("a signature line is malformed")
    value = unbase64(fields[2])
    if len(value) < 5:
        raise ProofError("a signature is too short")
    return Signature(fields[1], value[:4], value[4:])


# --- Policy: whom to trust (C2SP tlog-policy) -----------------------------------------------------------


class Policy(NamedTuple):
    """Logs, witnesses by name, and the quorum; groups in the order of the file."""

    logs: tuple[Key, ...]
    witnesses: Mapping[bytes, Key]
    groups: Mapping[bytes, tuple[int, tuple[bytes, ...]]]
    quorum: bytes

    def met_by(self, cosigned: Iterable[bytes]) -> bool:
        """Whether cosignatures of these witnesses (names) make the quorum."""
        stands = {name: name in set(cosigned) for name in self.witnesses}
        for name, (threshold, members) in self.groups.items():
            stands[name] = sum(stands[member] for member in members) >= threshold
        return self.quorum == b"none" or stands[self.quorum]


def parse_policy(data: bytes) -> Policy:
    """A policy file. Raises UsageError with the line that cannot be used."""
    if re.search(rb"[\x00-\x08\x0b-\x1f\x7f]", data):
        raise UsageError("the policy holds control characters")
    reader = _PolicyReader()
    for number, line in enumerate(data.split(b"\n"), 1):
        words = [word for word in re.split(rb"[ \t]+", line) if word]
        if words and not words[0].startswith(b"#"):
            try:
                reader.read(words)
            except ProofError as error:
                raise UsageError(f"line {number} of the policy: {error}") from None
    if not reader.quorum:
        raise UsageError("the policy has no quorum line")
    return Policy(tuple(reader.logs), reader.witnesses, reader.groups, reader.quorum)


class _PolicyReader:
    def __init__(self) -> None:
        self.logs: list[Key] = []
        self.witnesses: dict[bytes, Key] = {}
        self.groups: dict[bytes, tuple[int, tuple[bytes, ...]]] = {}
        self.quorum = b""
        self._members: set[bytes] = set()

    def read(self, words: list[bytes]) -> None:
        keyword, count = words[0], len(words)
        if keyword == b"log" and count in (2, 3):
            self.logs.append(self._key(words[1], self.logs, (ED25519, ML_DSA)))
        elif keyword == b"witness" and count in (3, 4):
            self._name(words[1])
            self.witnesses[words[1]] = self._key(words[2], self.witnesses.values(), (COSIGNATURE, ML_DSA))
        elif keyword == b"group" and count >= 4:
            self._group(words[1], words[2], words[3:])
        elif keyword == b"quorum" and count == 2:
            if self.quorum:
                raise ProofError("there is a second quorum")
            if words[1] != b"none":
                self._defined(words[1])
            self.quorum = words[1]
        else:
            raise ProofError("this is neither a log, a witness, a group nor a quorum")

    def _group(self, name: bytes, threshold: bytes, members: list[bytes]) -> None:
        self._name(name)
        for member in members:
            self._defined(member)
            if member in self._members:
                raise ProofError("a name stands in a group twice")
            self._members.add(member)
        least = {b"all": len(members), b"any": 1}.get(threshold)
        least = decimal(threshold) if least is None else least
        if not 1 <= least <= len(members):
            raise ProofError("the threshold does not fit the group")
        self.groups[name] = (least, tuple(members))

    def _key(self, text: bytes, others: Iterable[Key], kinds: tuple[int, ...]) -> Key:
        key = parse_key(text)
        if key.kind not in kinds:
            raise ProofError("a key of this kind does not belong here")
        if any(key.public == other.public for other in others):
            raise ProofError("this key stands there twice")
        return key

    def _name(self, name: bytes) -> None:
        if name == b"none" or name in self.witnesses or name in self.groups:
            raise ProofError("this name is taken")

    def _defined(self, name: bytes) -> None:
        if name not in self.witnesses and name not in self.groups:
            raise ProofError("this name is not defined above")


# --- Checkpoints and proofs (C2SP tlog-checkpoint, tlog-cosignature, tlog-proof) ------------------------


class Checkpoint(NamedTuple):
    """A checkpoint. cosigned: witness name -> POSIX time; unknown: signatures by keys not in the policy."""

    origin: bytes
    size: int
    root: bytes
    text: bytes
    extensions: int = 0
    cosigned: Mapping[bytes, int] = {}
    unknown: int = 0
    quorum: bool = False


def parse_checkpoint(text: bytes) -> Checkpoint:
    """The text of a note as a checkpoint, no signature checked. Raises ProofError."""
    lines = text[:-1].split(b"\n")
    if len(lines) < 3 or not text.endswith(b"\n") or not all(lines):
        raise ProofError("the note is not a checkpoint")
    top = unbase64(lines[2])
    _check_hash(top)
    return Checkpoint(lines[0], decimal(lines[1]), top, text, len(lines) - 3)


def open_checkpoint(note: bytes, policy: Policy) -> Checkpoint:
    """A checkpoint signed by a log of the policy, with the cosignatures that count.

    Raises ProofError when no log of the policy signed it, or when the signature of a known key is false.
    """
    text, signatures = parse_note(note)
    found = parse_checkpoint(text)
    keys = {(key.name, key.id): (b"", key) for key in policy.logs if key.name == found.origin}
    keys.update({(key.name, key.id): (name, key) for name, key in policy.witnesses.items()})
    signed, unknown = False, 0
    cosigned: dict[bytes, int] = {}
    for line in signatures:
        witness, key = keys.get((line.name, line.key_id), (b"", None))
        if key is None or key.kind == ML_DSA:
            unknown += 1
        elif key.kind == ED25519:
            _check_signature(key, text, line.value)
            signed = True
        else:
            moment = int.from_bytes(line.value[:8], "big")
            _check_signature(key, b"cosignature/v1\ntime %d\n" % moment + text, line.value[8:])
            if moment > MAX_SIZE:
                raise ProofError("a cosignature is of no possible time")
            cosigned[witness] = max(moment, cosigned.get(witness, 0))
    if not signed:
        raise ProofError("the checkpoint is not signed by a log of the policy")
    return found._replace(cosigned=cosigned, unknown=unknown, quorum=policy.met_by(cosigned))


def _check_signature(key: Key, message: bytes, signature: bytes) -> None:
    if not verify_ed25519(key.public, message, signature):
        raise ProofError(f"the signature of {show(key.name)} is false")


class LogProof(NamedTuple):
    """A tlog-proof file: one entry's place, the way up, and the signed checkpoint it leads to."""

    leaf_index: int
    proof: list[bytes]
    note: bytes
    extra: bytes | None


def parse_proof(data: bytes) -> LogProof:
    """A `.tlog-proof` file, nothing checked but its form. Raises ProofError."""
    head, blank, note = data.partition(b"\n\n")
    lines = head.split(b"\n")
    if not blank or lines.pop(0) != b"c2sp.org/tlog-proof@v1":
        raise ProofError("this is not a tlog-proof")
    extra = unbase64(lines.pop(0)[6:]) if lines and lines[0].startswith(b"extra ") else None
    if not lines or not lines[0].startswith(b"index ") or len(lines) > 64:
        raise ProofError("the proof names no index, or too many hashes")
    index, proof = decimal(lines[0][6:]), [unbase64(line) for line in lines[1:]]
    _check_proof(proof)
    return LogProof(index, proof, note, extra)


def parse_consistency(data: bytes) -> tuple[int, list[bytes], bytes]:
    """A request of tlog-witness (`old N`, hashes, blank line, checkpoint) as (N, proof, note). Raises ProofError."""
    head, blank, note = data.partition(b"\n\n")
    lines = head.split(b"\n")
    if not blank or not lines[0].startswith(b"old ") or len(lines) > 64:
        raise ProofError("this is not a consistency proof")
    proof = [unbase64(line) for line in lines[1:]]
    _check_proof(proof)
    return decimal(lines[0][4:]), proof, note


# --- What was found -------------------------------------------------------------------------------------


class Report:
    """Findings, in the words that are printed. The first SHOWN of a kind are kept, the rest counted."""

    SHOWN = 20

    def __init__(self) -> None:
        self.verified: list[str] = []
        self.tampered: list[str] = []
        self.incomplete: list[str] = []
        self.unchecked: list[str] = []
        self.more = {"tampered": 0, "incomplete": 0}

    def tamper(self, sentence: str) -> None:
        """Something was changed, or cannot be what it says it is."""
        self._add("tampered", sentence)

    def lack(self, sentence: str) -> None:
        """Something is not there, so less is proved."""
        self._add("incomplete", sentence)

    def _add(self, kind: str, sentence: str) -> None:
        kept = getattr(self, kind)
        if len(kept) < self.SHOWN:
            kept.append(sentence)
        else:
            self.more[kind] += 1

    @property
    def code(self) -> int:
        """The exit code: 1 when anything was tampered with, else 2 when anything lacks, else 0."""
        return 1 if self.tampered else 2 if self.incomplete else 0

    def lines(self) -> Iterator[str]:
        """The report as lines of text, the verdict last."""
        for title, sentences, more in (
            ("Verified (gecontroleerd)", self.verified, 0),
            ("TAMPERED (gewijzigd)", self.tampered, self.more["tampered"]),
            ("Incomplete (onvolledig)", self.incomplete, self.more["incomplete"]),
            ("NOT checked (niet gecontroleerd)", self.unchecked, 0),
        ):
            if sentences:
                yield f"{title}:"
                yield from (f"  - {sentence}" for sentence in sentences)
            if more:
                yield f"  - and {more} more"
        yield "Verdict: " + ("VERIFIED (klopt)", "TAMPERED (gewijzigd)", "INCOMPLETE (onvolledig)")[self.code]


# --- Files ----------------------------------------------------------------------------------------------


def read_file(path: str, limit: int = MAX_FILE) -> bytes | None:
    """A file's bytes, or None when there is no such (regular) file. Raises ProofError when it is too long."""
    if not os.path.isfile(path):
        return None
    with open(path, "rb") as file:
        data = file.read(limit + 1)
    if len(data) > limit:
        raise ProofError(f"{os.path.basename(path)} is longer than it can be")
    return data


def index_path(index: int) -> str:
    """A tile's index as a path: 1234067 is x001/x234/067 (C2SP tlog-tiles)."""
    path = f"{index % 1000:03d}"
    while index >= 1000:
        index //= 1000
        path = f"x{index % 1000:03d}/{path}"
    return path


def tile_path(level: int, index: int, width: int) -> str:
    """Where a tile stands in a bundle; a width below 256 makes a partial tile."""
    return f"tile/{level}/{index_path(index)}" + (f".p/{width}" if width < TILE_WIDTH else "")


def entries_path(index: int, width: int) -> str:
    """Where the entries of leaf tile `index` stand in a bundle."""
    return f"tile/entries/{index_path(index)}" + (f".p/{width}" if width < TILE_WIDTH else "")


def large_path(index: int) -> str:
    """Where entry `index` stands when it is longer than 65,535 bytes; its place among the others is then empty.

    tlog-tiles has no room for longer entries; an empty body never occurs in the journal.
    """
    return f"large/{index_path(index)}"


def split_entries(data: bytes, width: int) -> list[bytes]:
    """The entries of an entry bundle, each behind its length in two bytes. Raises ProofError."""
    entries, at = [], 0
    for _ in range(width):
        length = int.from_bytes(data[at : at + 2], "big")
        entries.append(data[at + 2 : at + 2 + length])
        at += 2 + length
    if at != len(data):
        raise ProofError(f"it does not hold exactly {width} whole entries")
    return entries


def parse_object(line: bytes) -> dict[str, Any]:
    """A JSON object of text and whole numbers, without a key that occurs twice. Raises ProofError."""
    try:
        value = json.loads(
            line.decode(), object_pairs_hook=_no_key_twice,
            parse_int=_whole, parse_float=_no_number, parse_constant=_no_number,
        )  # fmt: skip
    except (ValueError, RecursionError):
        raise ProofError("this is not JSON of text and whole numbers, or a key occurs twice") from None
    if not isinstance(value, dict):
        raise ProofError("this is not a JSON object")
    return value


def _no_key_twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) != len(pairs):
        raise ValueError("a key occurs twice")
    return value


def _whole(text: str) -> int:
    # Pythons differ in how many digits they read; the journal writes at most 19.
    return int(text) if len(text) <= 20 else _no_number(text)


def _no_number(text: str) -> NoReturn:
    raise ValueError(f"{text[:20]} is no whole number of the journal")


_encode = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode


def parse_body(body: bytes) -> dict[str, Any]:
    """An entry's body: {"act": {…}, "matter": {…}} in the one form the journal writes. Raises ProofError.

    That form is sorted compact JSON in UTF-8. Another one (a key twice, spaces, another order) may be
    sealed all right, and still the journal did not write it: two readers could read two things in it.
    """
    value = parse_object(body)
    try:
        same = _encode(value).encode() == body
    except (ValueError, RecursionError):
        same = False
    if not same or not isinstance(value.get("act"), dict) or not isinstance(value.get("matter"), dict):
        raise ProofError("the body is not in the form that the journal writes")
    return value


class Promise(NamedTuple):
    """A commitment in a body: to a personal part, or to a row of a table (then with table and history_id).

    standing: that row goes on changing, and the last entry about it counts.
    """

    kind: str
    commitment: bytes
    row: tuple[str, int] | None = None
    standing: bool = False


def promises_of(body: Mapping[str, Any]) -> list[Promise]:
    """Every commitment in a body. Raises ProofError when one has not the journal's form."""
    act, matter = body["act"], body["matter"]
    parts, versions = act.get("parts", {}), matter.get("history", [])
    if not isinstance(parts, dict) or not isinstance(versions, list):
        raise ProofError("the body's parts or history have not the journal's form")
    found = [Promise(kind, _hex(value)) for kind, value in parts.items()]
    if "subject" in matter:
        found.append(Promise("subject", _hex(matter["subject"])))
    for version in versions:
        row, standing = _row_of(version), version.get("standing", False)
        if not isinstance(standing, bool):
            raise ProofError("a row goes on changing, or it does not")
        found.append(Promise("history", _hex(version.get("commitment")), row, standing))
    return found


def _row_of(version: Any) -> tuple[str, int]:
    table, number = (version.get("table"), version.get("history_id")) if isinstance(version, dict) else (None, None)
    if not isinstance(table, str) or not isinstance(number, int) or isinstance(number, bool):
        raise ProofError("a version row is named by a table and a history_id")
    return table, number


def _hex(value: Any) -> bytes:
    if not isinstance(value, str) or not re.fullmatch("[0-9a-f]{64}", value):
        raise ProofError("a commitment or a salt is 64 hex digits")
    return bytes.fromhex(value)


def _content(value: Any) -> bytes:
    if not isinstance(value, str) or not value.isascii():
        raise ProofError("content is base64")
    return unbase64(value.encode())


def read_lines(path: str) -> Iterator[tuple[int, bytes]]:
    """The lines of an ndjson file with their numbers, from 1. Raises ProofError, UsageError when it is not there."""
    if not os.path.isfile(path):
        raise UsageError(f"there is no file {path}")
    with open(path, "rb") as file:
        number = 0
        while True:
            line = file.readline(MAX_FILE)
            if not line:
                return
            number += 1
            if not line.endswith(b"\n"):
                raise ProofError(f"line {number} of {os.path.basename(path)} is cut off")
            yield number, line


# --- Entries that are not there, and why ---------------------------------------------------------------

ABSENT = "absent.ndjson"
PRUNED, LEFT_OUT = "pruned", "left_out"
PRUNED_EVENT = "journal.pruned"


def parse_ranges(text: str) -> list[tuple[int, int]]:
    """`0-12,15` as [(0, 13), (15, 16)]: rising, apart from each other. Raises ProofError."""
    found: list[tuple[int, int]] = []
    for word in text.split(","):
        low, dash, high = word.partition("-")
        first = decimal(low.encode("ascii", "replace"))
        last = decimal(high.encode("ascii", "replace")) if dash else first
        if last < first or (found and first <= found[-1][1]) or (dash and last == first):
            raise ProofError("the ranges do not rise, or touch each other")
        found.append((first, last + 1))
    return found


class Absence(NamedTuple):
    """Entries that a bundle says it lacks, and how many. entry: the place of the entry that says they were pruned."""

    reason: str
    ranges: str
    number: int
    entry: int | None


class Absent:
    """What absent.ndjson says: which entries are not there, and why. `in` asks for an index."""

    def __init__(self, directory: str, report: Report) -> None:
        self.said: list[Absence] = []
        self.bodies: dict[int, bytes | None] = {}
        self._ranges: list[tuple[int, int]] = []
        path = os.path.join(directory, ABSENT)
        for number, line in read_lines(path) if os.path.isfile(path) else ():
            try:
                self._read(parse_object(line))
            except ProofError as error:
                report.tamper(f"line {number} of {ABSENT}: {error}")
        self._ranges.sort()

    def _read(self, line: Mapping[str, Any]) -> None:
        reason, text, entry = line.get("reason"), line.get("ranges"), line.get("entry")
        if reason not in (PRUNED, LEFT_OUT) or not isinstance(text, str):
            raise ProofError("it gives no reason and ranges that are known")
        if entry is not None:
            _check_count(entry, "the entry")
            self.bodies[entry] = None
        ranges = parse_ranges(text)
        self._ranges += ranges
        self.said.append(Absence(reason, text, sum(end - first for first, end in ranges), entry))

    def __contains__(self, index: object) -> bool:
        at = bisect.bisect_right(self._ranges, (index, MAX_SIZE + 1)) - 1
        return at >= 0 and self._ranges[at][0] <= index < self._ranges[at][1]  # type: ignore[operator]

    def finish(self, missing: int, report: Report) -> int:
        """Report what each line is worth; returns how many of the missing entries no line speaks of."""
        for absence in self.said:
            self._finish(absence, report)
        explained = sum(end - first for first, end in self._ranges)
        return max(0, missing - explained)

    def _finish(self, absence: Absence, report: Report) -> None:
        if absence.reason == LEFT_OUT:
            report.lack(f"{absence.number} entries were left out by who made this bundle; their hashes are here")
            return
        if absence.entry is None:
            report.lack(f"{absence.number} entries were pruned after this checkpoint; no entry under it says so")
            return
        body = self.bodies[absence.entry]
        if body is None:
            report.lack(f"{absence.number} entries were pruned; entry {absence.entry}, which says so, is not here")
            return
        try:
            value = parse_body(body)
            detail = value["matter"].get("detail", {})
            same = isinstance(detail, dict) and detail.get("digest") == sha256(absence.ranges.encode()).hexdigest()
        except ProofError:
            same = False
        if not same or value["act"].get("event_type") != PRUNED_EVENT or value["act"].get("outcome") != "ok":
            report.tamper(f"entry {absence.entry} does not say that entries {absence.ranges[:60]} were pruned")
            return
        moment = show(str(value["act"].get("recorded_at", "?")).encode("utf-8", "surrogatepass"))
        report.lack(f"{absence.number} entries were pruned at {moment}, as entry {absence.entry} says; hashes are here")


# --- A whole bundle -------------------------------------------------------------------------------------

Visit = Callable[[int, Mapping[str, Any], Sequence[Promise]], None]
"""visit(index, body, promises): called in order for every entry of the bundle that has the journal's form."""


class Bundle:
    """One pass over a bundle: entries become leaves, leaves tiles, tiles the root. At most one tile per level is held.

    roots: sizes whose root is wanted too, for comparing with an older checkpoint; they are filled in (None:
    tiles were missing). A stored hash goes before a computed one on the way up, so that a changed entry
    does not make every tile above it look changed. absent: what the bundle itself says it lacks.
    """

    def __init__(self, directory: str, size: int, report: Report, absent: Absent | None = None) -> None:
        self.absent = absent
        self.directory = directory
        self.size = size
        self.roots: dict[int, bytes | None] = {}
        self.present = 0
        self._report = report
        self._rows: list[list[bytes | None]] = []
        self._stored: list[list[bytes] | None] = []
        self._opened = {"tile": 0, "large": 0}

    def run(self, visit: Visit | None = None, sizes: Iterable[int] = ()) -> bytes | None:
        """The root of the whole tree, or None when too many tiles are missing."""
        wanted = sorted({size for size in sizes if size < self.size} | {self.size})
        self.roots = {**dict.fromkeys(wanted), 0: sha256(b"").digest()}
        # A log key in wrong hands signs any size; nobody should wait a year for what is not there.
        if self.size > 1000 * TILE_WIDTH * (1 + self._count("tile")):
            self._report.lack("the bundle holds next to nothing of a log of this size; it was not looked through")
            return None
        for tile in range(-(-self.size // TILE_WIDTH)):
            first = tile * TILE_WIDTH
            width = min(TILE_WIDTH, self.size - first)
            leaves = self._leaves(tile, width, visit)
            for size in wanted:
                if first < size < first + width:
                    self.roots[size] = self._root(leaves[: size - first])
            if width < TILE_WIDTH:
                self.roots[self.size] = self._root(leaves)
                break
            self._push(0, tile, _fold(leaves))
            for size in wanted:
                if size == first + width:
                    self.roots[size] = self._root([])
        self._check_strays()
        return self.roots[self.size]

    def _leaves(self, tile: int, width: int, visit: Visit | None) -> list[bytes | None]:
        """The leaf hashes of one tile: stored where they are, else computed, else None."""
        first, stored = tile * TILE_WIDTH, self._tile(0, tile, width)
        entries = self._entries(tile, width, stored)
        made = [None if entry is None else sha256(b"\x00" + entry).digest() for entry in entries]
        self.present += width - made.count(None)
        if stored and made != stored:
            for at in range(width):
                if made[at] not in (None, stored[at]):
                    self._report.tamper(f"entry {first + at} and its hash in the tree differ")
        for index in self.absent.bodies if self.absent else ():
            if self.absent and first <= index < first + width:
                self.absent.bodies[index] = entries[index - first]
        for at, entry in enumerate(entries if visit else ()):
            if visit and entry is not None:
                self._show(visit, first + at, entry)
        return list(stored or made)

    def _show(self, visit: Visit, index: int, entry: bytes) -> None:
        try:
            body = parse_body(entry)
            promises = promises_of(body)
        except ProofError as error:
            self._report.tamper(f"entry {index}: {error}")
        else:
            visit(index, body, promises)

    def _entries(self, tile: int, width: int, stored: list[bytes] | None) -> list[bytes | None]:
        """The bodies of one tile; None for those that are not there."""
        path = entries_path(tile, width)
        data = self._read(path, TILE_WIDTH * (MAX_ENTRY + 2))
        entries: list[bytes | None] = [None] * width
        if data is None:
            return entries
        try:
            entries[:] = split_entries(data, width)
        except ProofError as error:
            self._report.tamper(f"{path}: {error}")
        for at, entry in enumerate(entries):
            index = tile * TILE_WIDTH + at
            if entry == b"" and not (stored and stored[at] == leaf_hash(b"")):
                gone = self.absent is not None and index in self.absent
                entries[at] = None if gone else self._read(large_path(index), MAX_FILE)
        return entries

    def _tile(self, level: int, index: int, width: int) -> list[bytes] | None:
        path = tile_path(level, index, width)
        data = self._read(path, TILE_WIDTH * HASH_SIZE)
        if data is None:
            return None
        if len(data) != width * HASH_SIZE:
            self._report.tamper(f"{path} does not hold exactly {width} hashes")
            return None
        return [data[at : at + HASH_SIZE] for at in range(0, len(data), HASH_SIZE)]

    def _read(self, path: str, limit: int) -> bytes | None:
        data = None
        try:
            data = read_file(os.path.join(self.directory, *path.split("/")), limit)
            if data is None:
                self._report.lack(f"{path} is not in the bundle")
                return None
        except ProofError as error:
            self._report.tamper(f"{path}: {error}")
        self._opened[path.partition("/")[0]] += 1
        return data

    def _push(self, below: int, index: int, node: bytes | None) -> None:
        """Give the level above `below` its hash number `index`."""
        level, (tile, at) = below + 1, divmod(index, TILE_WIDTH)
        if len(self._rows) < level:
            self._rows.append([])
            self._stored.append(None)
        row = self._rows[level - 1]
        if at == 0:
            row.clear()
            width = min(TILE_WIDTH, (self.size >> 8 * level) - tile * TILE_WIDTH)
            self._stored[level - 1] = self._tile(level, tile, width)
        stored = self._stored[level - 1]
        if stored and node and stored[at] != node:
            self._report.tamper(f"hash {at} of {tile_path(level, tile, len(stored))} is not that of the tile below it")
        row.append(stored[at] if stored else node)
        if len(row) == TILE_WIDTH:
            self._push(level, tile, _fold(row))
            row.clear()

    def _root(self, leaves: list[bytes | None]) -> bytes | None:
        """The root over the rows so far and the leaves of an unfinished tile."""
        peaks: list[bytes] = []
        for row in [*reversed(self._rows), leaves]:
            at = 0
            while at < len(row):
                span = 1 << (len(row) - at).bit_length() - 1
                node = _fold(row[at : at + span])
                if node is None:
                    return None
                peaks.append(node)
                at += span
        return peak(peaks)

    def _count(self, place: str) -> int:
        return sum(len(names) for _, _, names in os.walk(os.path.join(self.directory, place)))

    def _check_strays(self) -> None:
        """What stands among the tiles and was not opened belongs to no part of this tree."""
        for place in ("tile", "large"):
            found = self._count(place)
            # Which entries are long cannot be known of those that are not there.
            if found > self._opened[place] and (place == "tile" or self.present == self.size):
                self._report.tamper(f"{found - self._opened[place]} files in {place}/ belong to no part of this tree")


def _fold(nodes: Sequence[bytes | None]) -> bytes | None:
    """The root over 1, 2, 4, … 256 hashes; None when one of them is not known."""
    if None in nodes:
        return None
    row: list[Any] = list(nodes)
    while len(row) > 1:
        row = [sha256(b"\x01" + row[at] + row[at + 1]).digest() for at in range(0, len(row), 2)]
    return row[0]


MANIFEST = "SHA256SUMS"
LISTED = ("README.md", "checkpoint", "fieldset.json", "parts.ndjson", "policy.txt")
LISTED_IF_THERE = (ABSENT,)


def check_manifest(directory: str, report: Report) -> None:
    """Compare the files that the tree does not bind with SHA256SUMS. It is not signed: it finds damage, not forgery."""
    data = read_file(os.path.join(directory, MANIFEST))
    if data is None:
        report.lack(f"{MANIFEST} is not in the bundle")
        return
    listed = {}
    for line in data.split(b"\n")[:-1]:
        match = re.fullmatch(rb"([0-9a-f]{64})  ([A-Za-z0-9._-]+)", line)
        if not match or match[2] in listed:
            report.tamper(f"{MANIFEST} is malformed")
            return
        listed[match[2]] = match[1]
    names = (*LISTED, *(name for name in LISTED_IF_THERE if os.path.isfile(os.path.join(directory, name))))
    if not data.endswith(b"\n") or set(listed) != {name.encode() for name in names}:
        report.tamper(f"{MANIFEST} does not list exactly {', '.join(names)}")
    for name in names:
        digest = _digest(os.path.join(directory, name))
        if digest is None:
            report.lack(f"{name} is not in the bundle")
        elif listed.get(name.encode()) != digest.encode():
            report.tamper(f"{name} is not the file that {MANIFEST} lists")


def _digest(path: str) -> str | None:
    if not os.path.isfile(path):
        return None
    digest = sha256()
    with open(path, "rb") as file:
        for block in iter(lambda: file.read(1 << 20), b""):
            digest.update(block)
    return digest.hexdigest()


# --- Commands -------------------------------------------------------------------------------------------


def need_file(path: str) -> bytes:
    """The bytes of a file that was named on the command line. Raises UsageError when it is not there."""
    data = read_file(path)
    if data is None:
        raise UsageError(f"there is no file {path}")
    return data


def report_checkpoint(found: Checkpoint, report: Report) -> None:
    """Say who signed a checkpoint, and what that does not show."""
    report.verified.append(f"the log {show(found.origin)} signed size {found.size}, root {found.root.hex()}")
    for name, moment in found.cosigned.items():
        report.verified.append(f"witness {show(name)} cosigned size {found.size} at {_moment(moment)}")
    if not found.quorum:
        report.lack(f"size {found.size}: the {len(found.cosigned)} cosignatures are no quorum of the policy")
    if not found.cosigned:
        report.unchecked.append(f"whether others saw the same log: no witness of the policy cosigned size {found.size}")
    if found.unknown:
        report.unchecked.append(f"{found.unknown} signatures of keys that the policy does not name or that need ML-DSA")
    if found.extensions:
        report.unchecked.append(f"{found.extensions} extra lines in the checkpoint of size {found.size}")


def _moment(seconds: int) -> str:
    if seconds >= 253_402_300_800:  # the year 10000: gmtime overflows on some systems
        return f"second {seconds}"
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(seconds))


def verify_bundle(
    directory: str, policy: Policy, report: Report, *, visit: Visit | None = None, sizes: Iterable[int] = ()
) -> Bundle:
    """Check everything in a bundle that the checkpoint binds. Raises ProofError when the checkpoint itself is false."""
    if not os.path.isdir(directory):
        raise UsageError(f"there is no directory {directory}")
    check_manifest(directory, report)
    data = read_file(os.path.join(directory, "checkpoint"))
    if data is None:
        raise Incomplete("without a checkpoint nothing is proved")
    checkpoint = open_checkpoint(data, policy)
    report_checkpoint(checkpoint, report)
    absent = Absent(directory, report)
    bundle = Bundle(directory, checkpoint.size, report, absent)
    top = bundle.run(visit, sizes)
    if top is None:
        report.lack("the root cannot be computed: too many tiles are missing")
    elif top != checkpoint.root:
        report.tamper("the tree has another root than the checkpoint")
    elif not report.tampered:
        report.verified.append(f"{bundle.present} of {checkpoint.size} entries are those under that root")
    unexplained = absent.finish(checkpoint.size - bundle.present, report)
    if unexplained:
        report.lack(f"{unexplained} entries are not in the bundle or cannot be read")
    report.unchecked += [
        "what was never written into the log, and whatever came after this checkpoint",
        "whether what an entry says is true, and its times: they are the platform's own",
        "whether this is the newest checkpoint, or that of others: compare theirs with `consistency`",
        "the names of fields in fieldset.json: nothing signed binds them",
    ]
    return bundle


class Bodies:
    """Looks whether each entry's uid is the only one of its kind (about 150 bytes of memory per entry)."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._uids: set[str] = set()

    def __call__(self, index: int, body: Mapping[str, Any], promises: Sequence[Promise]) -> None:
        """One entry."""
        uid = body["matter"].get("uid")
        if not isinstance(uid, str) or not re.fullmatch("[0-9a-f]{32}", uid) or uid in self._uids:
            self._report.tamper(f"entry {index} has no uid, or that of another entry")
        else:
            self._uids.add(uid)


class Parts:
    """Opens personal parts: each must open a commitment in an entry (about 250 bytes of memory per part)."""

    def __init__(self, path: str, report: Report) -> None:
        self._report = report
        self._wanted: dict[tuple[str, bytes], bool] = {}
        self.closed = 0
        for number, line in read_lines(path):
            try:
                self._read(parse_object(line))
            except ProofError as error:
                report.tamper(f"part {number}: {error}")

    def _read(self, part: Mapping[str, Any]) -> None:
        commitment, kind = _hex(part.get("commitment")), part.get("kind")
        if not isinstance(kind, str):
            raise ProofError("it has no kind")
        if sha256(_hex(part.get("salt")) + _content(part.get("content"))).digest() != commitment:
            raise ProofError("salt and content do not open the commitment")
        self._wanted[kind, commitment] = False

    def __call__(self, index: int, body: Mapping[str, Any], promises: Sequence[Promise]) -> None:
        """One entry."""
        for promise in promises:
            if (promise.kind, promise.commitment) in self._wanted:
                self._wanted[promise.kind, promise.commitment] = True
            else:
                self.closed += 1

    def finish(self, whole: bool) -> None:
        """Report; whole: every entry was there to be looked at."""
        opened = sum(self._wanted.values())
        self._report.verified.append(f"{opened} personal parts are those that the entries bind")
        if opened < len(self._wanted):
            tell = self._report.tamper if whole else self._report.lack
            tell(f"{len(self._wanted) - opened} personal parts belong to no entry of this bundle")
        if self.closed:
            self._report.unchecked.append(f"{self.closed} commitments without a part: erased, or left out")


class History:
    """Compares exported rows with what the entries vouch for (about 400 bytes of memory per row).

    A commitment is SHA-256(salt ‖ SHA-256(content)). A row whose salt was erased cannot be compared. Of a standing
    row (a covenant, a signature under it) the last entry counts; empty content says that the row is gone.
    """

    def __init__(self, path: str, report: Report) -> None:
        self._report = report
        self._rows: dict[tuple[str, int], set[bytes]] = {}
        self._vouched: set[tuple[str, int]] = set()
        self._later: set[tuple[str, int]] = set()
        self._last: dict[tuple[str, int], tuple[int, bytes]] = {}
        self._opened = self._standing = 0
        self._next, self._hole = 0, -1
        for number, line in read_lines(path):
            try:
                self._read(parse_object(line))
            except ProofError as error:
                report.tamper(f"row {number}: {error}")

    def _read(self, row: Mapping[str, Any]) -> None:
        openings = self._rows.setdefault(_row_of(row), set())
        digest = sha256(_content(row.get("content"))).digest()
        if row.get("salt") is not None:
            openings.add(sha256(_hex(row["salt"]) + digest).digest())
        if row.get("later") is True:
            self._later.add(_row_of(row))

    def __call__(self, index: int, body: Mapping[str, Any], promises: Sequence[Promise]) -> None:
        """One entry."""
        if index != self._next:
            self._hole = index - 1
        self._next = index + 1
        for promise in promises:
            if promise.row and promise.standing:
                self._last[promise.row] = (index, promise.commitment)
            elif promise.row:
                self._compare(index, promise.row, promise.commitment)

    def _compare(self, index: int, row: tuple[str, int], commitment: bytes) -> None:
        name = f"row {row[1]} of {show(row[0].encode('utf-8', 'surrogatepass'))}, for which entry {index} vouches,"
        self._vouched.add(row)
        if row not in self._rows:
            self._report.lack(f"{name} is missing")
        elif commitment in self._rows[row]:
            self._opened += 1
        elif self._rows[row]:
            self._report.tamper(f"{name} was changed")
        else:
            self._report.lack(f"{name} cannot be compared: it came without its salt")

    def finish(self, size: int) -> None:
        """Report; size: of the log, of which every entry that is there was shown here."""
        if self._next != size:
            self._hole = size - 1
        for row, (index, commitment) in sorted(self._last.items()):
            self._stand(row, index, commitment)
        self._report.verified.append(f"{self._opened} version rows are those for which an entry vouches")
        if self._last:
            self._report.verified.append(f"{self._standing} standing rows are as the last entry about each says")
        tell = self._report.tamper if self._hole < 0 else self._report.lack
        for table, number in sorted(set(self._rows) - self._vouched - set(self._last)):
            tell(f"no entry vouches for row {number} of {show(table.encode('utf-8', 'surrogatepass'))}")

    def _stand(self, row: tuple[str, int], index: int, commitment: bytes) -> None:
        name = (
            f"row {row[1]} of {show(row[0].encode('utf-8', 'surrogatepass'))}, about which entry {index} was the last,"
        )
        if commitment in self._rows.get(row, ()):
            self._standing += 1
        elif row in self._later:
            self._report.lack(f"{name} changed after this checkpoint, says who made this: ask for a newer bundle")
        elif row not in self._rows:
            self._report.lack(f"{name} is missing")
        elif not self._rows[row]:
            self._report.lack(f"{name} cannot be compared: it came without its salt")
        elif index < self._hole:
            self._report.lack(f"{name} is another by now; an entry that is not here may say why")
        else:
            self._report.tamper(f"{name} was changed")


def command_bundle(options: argparse.Namespace, policy: Policy, report: Report) -> None:
    """`bundle DIR`: entries, tiles and checkpoint."""
    visit = Bodies(report) if options.bodies else None
    bundle = verify_bundle(options.directory, policy, report, visit=visit)
    if visit is None:
        report.unchecked.append("the form of each entry, and whether one occurs twice: add --bodies")
    elif not report.tampered:
        report.verified.append(f"{bundle.present} entries are in the form that the journal writes, none twice")
    report.unchecked.append("personal parts: use `parts`; version rows and covenants: use `history`")


def command_parts(options: argparse.Namespace, policy: Policy, report: Report) -> None:
    """`parts DIR`: the personal parts, in a bundle that is itself checked."""
    parts = Parts(options.parts or os.path.join(options.directory, "parts.ndjson"), report)
    bundle = verify_bundle(options.directory, policy, report, visit=parts)
    parts.finish(bundle.present == bundle.size)


def command_history(options: argparse.Namespace, policy: Policy, report: Report) -> None:
    """`history DIR ROWS`: version rows, covenants and signatures, against a bundle that is itself checked."""
    history = History(options.rows, report)
    bundle = verify_bundle(options.directory, policy, report, visit=history)
    history.finish(bundle.size)


def command_proof(options: argparse.Namespace, policy: Policy, report: Report) -> None:
    """`proof FILE --entry BODY`: one entry, in the log that a checkpoint stands for."""
    body, proof = need_file(options.entry), parse_proof(need_file(options.file))
    checkpoint = open_checkpoint(proof.note, policy)
    report_checkpoint(checkpoint, report)
    verify_inclusion(proof.leaf_index, checkpoint.size, leaf_hash(body), proof.proof, checkpoint.root)
    report.verified.append(f"the entry is number {proof.leaf_index} of {checkpoint.size}")
    parse_body(body)
    report.verified.append("the entry is in the form that the journal writes")
    if proof.extra is not None:
        report.unchecked.append("the extra data in the proof: nothing signed binds it")
    report.unchecked.append("every other entry; whether what this one says is true; its personal parts")


def command_consistency(options: argparse.Namespace, policy: Policy, report: Report) -> None:
    """`consistency OLD NEW`: whether the log only grew between two checkpoints."""
    notes = (need_file(options.old), need_file(options.new))
    old, new = sorted((open_checkpoint(note, policy) for note in notes), key=lambda found: found.size)
    for found in (old, new):
        report_checkpoint(found, report)
    if old.origin != new.origin:
        raise UsageError("these are checkpoints of two different logs")
    if old.size == new.size and old.root != new.root:
        report.tamper(f"split view: the log signed two different trees of size {old.size}")
    elif old.size == 0:
        if old.root != sha256(b"").digest():
            report.tamper("the empty tree has another root than it must have")
        report.lack("an empty log is the beginning of every log: this proves nothing")
    elif old.size == new.size:
        report.verified.append(f"both are the same tree of size {old.size}")
    elif options.proof:
        _follow_proof(options.proof, old, new)
        report.verified.append(f"size {new.size} continues size {old.size}")
    elif options.bundle:
        _compare_roots(verify_bundle(options.bundle, policy, report, sizes=(old.size, new.size)), (old, new), report)
    else:
        raise UsageError("give --proof or --bundle")
    report.unchecked.append("what the entries say")


def _follow_proof(path: str, old: Checkpoint, new: Checkpoint) -> None:
    size, proof, note = parse_consistency(need_file(path))
    if size != old.size or parse_note(note)[0] != new.text:
        raise UsageError("the proof is about other checkpoints")
    verify_consistency(old.size, new.size, old.root, new.root, proof)


def _compare_roots(bundle: Bundle, checkpoints: Iterable[Checkpoint], report: Report) -> None:
    """Both roots come out of one row of leaves, so equal roots are one log."""
    for checkpoint in checkpoints:
        if checkpoint.size > bundle.size:
            report.lack(f"the bundle ends at size {bundle.size}, before size {checkpoint.size}")
        elif bundle.roots[checkpoint.size] is None:
            report.lack(f"the root of size {checkpoint.size} cannot be computed: tiles are missing")
        elif bundle.roots[checkpoint.size] != checkpoint.root:
            report.tamper(f"the bundle's log had another root at size {checkpoint.size} than the checkpoint says")
        else:
            report.verified.append(f"the bundle's log had the checkpoint's root at size {checkpoint.size}")


class _Arguments(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise UsageError(message)


def _arguments() -> _Arguments:
    parser = _Arguments(prog="verifier.py", description="Checks a copy of the journal (controleert een kopie).")
    parser.set_defaults(directory=None)
    commands = parser.add_subparsers(dest="command", required=True, parser_class=_Arguments)
    for name, function in (
        ("bundle", command_bundle),
        ("proof", command_proof),
        ("consistency", command_consistency),
        ("parts", command_parts),
        ("history", command_history),
    ):
        one = commands.add_parser(name, help=function.__doc__, description=function.__doc__)
        one.set_defaults(function=function)
        one.add_argument("--policy", required=True, help="whom you trust (tlog-policy); not the one in the bundle")
        if name in ("bundle", "parts", "history"):
            one.add_argument("directory", metavar="DIR")
        if name == "bundle":
            one.add_argument("--bodies", action="store_true", help="also read every entry (slower)")
        if name == "parts":
            one.add_argument("--parts", metavar="FILE", help="instead of DIR/parts.ndjson")
        if name == "history":
            one.add_argument("rows", metavar="ROWS", help="ndjson: table, history_id, content (base64), salt (hex)")
        if name == "proof":
            one.add_argument("file", metavar="FILE")
            one.add_argument("--entry", required=True, help="the entry's body, byte for byte")
        if name == "consistency":
            one.add_argument("old", metavar="OLD")
            one.add_argument("new", metavar="NEW")
            one.add_argument("--proof", metavar="FILE", help="as sent to a witness: old N, hashes, checkpoint")
            one.add_argument("--bundle", metavar="DIR", help="take the proof from this bundle's tiles")
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and print the report; returns the exit code."""
    report = Report()
    try:
        options = _arguments().parse_args(arguments)
        policy = parse_policy(need_file(options.policy))
        if os.path.realpath(options.policy).startswith(os.path.realpath(options.directory or options.policy) + os.sep):
            report.unchecked.append("whether the policy is yours: you took it out of the bundle itself")
        options.function(options, policy, report)
    except UsageError as error:
        print(f"usage: {error}\nSee --help.", file=sys.stderr)
        return 3
    except ProofError as error:
        report.tamper(f"{error}")
    except Incomplete as error:
        report.lack(f"{error}")
    except OSError as error:
        report.lack(f"a file could not be read: {error.strerror}")
    except Exception as error:
        # Python's own exit code after a traceback is 1, and a fault of ours is no evidence of tampering.
        report.lack(f"the verifier itself failed ({type(error).__name__}: {error}); please report this")
    for line in report.lines():
        print(line)
    return report.code


if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    try:
        code = main()
        sys.stdout.flush()
    except BrokenPipeError:  # nobody read the report to its verdict
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 2
    sys.exit(code)
