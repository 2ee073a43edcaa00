"""Writes the bundle that is handed over for checking, and the proof of one entry. Reading both is verifier.py's.

What goes in comes from the caller; nothing here knows the database. Source: C2SP tlog-tiles, tlog-proof.
"""

import hashlib
import json
import os
import shutil
import tempfile
from base64 import b64encode
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from audit.proofs import verifier
from audit.proofs.tree import TILE_WIDTH, Read, tiles_of

_README = Path(__file__).with_name("bundle_readme.md")


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenPart:
    """A personal part in the clear. kind: subject, actor, reason or history; salt and commitment: 32 bytes."""

    commitment: bytes
    kind: str
    salt: bytes
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Gone:
    """Entries of which a bundle holds the hash alone. reason: verifier.PRUNED or verifier.LEFT_OUT.

    ranges: as `ranges_text`. entry: the number in the log of the entry that says that they were pruned, if known.
    """

    reason: str
    ranges: str
    entry: int | None = None


def ranges_text(indices: Iterable[int]) -> str:
    """Rising indices as verifier.parse_ranges reads them: 0, 1, 2, 5 is "0-2,5"."""
    spans: list[list[int]] = []
    for index in indices:
        if spans and index == spans[-1][1] + 1:
            spans[-1][1] = index
        else:
            spans.append([index, index])
    return ",".join(f"{first}-{last}" if last > first else f"{first}" for first, last in spans)


def write_bundle(
    target: Path,
    *,
    checkpoint: bytes,
    policy: bytes,
    fieldset: Mapping[str, Any] | Sequence[Any],
    entries: Iterable[bytes],
    read: Read,
    parts: Iterable[OpenPart] = (),
    minimum: int = 0,
    gone: Iterable[Gone] = (),
) -> Path:
    """Make the directory `target`, whole or not at all; returns it. The layout is that of C2SP tlog-tiles.

    checkpoint: the signed note, with cosignatures; its size is that of the bundle.
    policy: a tlog-policy file, to show whom the maker trusts. fieldset: what the bits mean, as JSON.
    entries: the bodies in order, from `minimum` to the checkpoint's size; empty for one that `gone` speaks of.
    read: the tiles (see tree.Read).
    parts: the personal parts that may be handed over, in any order.
    minimum: the first entry that was not pruned, a multiple of 256.
    Raises FileExistsError when target exists, ProofError when checkpoint, tiles or entries do not fit
    each other in number, OSError when the disk refuses.
    """
    if target.exists():
        raise FileExistsError(f"{target} already exists")
    target.parent.mkdir(parents=True, exist_ok=True)
    place = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    try:
        found = verifier.parse_checkpoint(verifier.parse_note(checkpoint)[0])
        _write_tiles(place, found.size, read)
        _write_entries(place, found.size, minimum, entries)
        (place / "checkpoint").write_bytes(checkpoint)
        (place / "policy.txt").write_bytes(policy)
        (place / "fieldset.json").write_text(json.dumps(fieldset, indent=1) + "\n", "ascii")
        (place / "README.md").write_text(readme(found), "utf-8")
        _write_parts(place / "parts.ndjson", parts)
        _write_gone(place / verifier.ABSENT, gone)
        _write_manifest(place)
        place.rename(target)
    except BaseException:
        shutil.rmtree(place, ignore_errors=True)
        raise
    return target


def readme(checkpoint: verifier.Checkpoint) -> str:
    """How to check a bundle, in Dutch and English."""
    return _README.read_text("utf-8").format(
        origin=verifier.show(checkpoint.origin), size=checkpoint.size, root=checkpoint.root.hex()
    )


def _write_tiles(place: Path, size: int, read: Read) -> None:
    for level, index, width in tiles_of(size):
        hashes = read(level, index, width)[: width * verifier.HASH_SIZE]
        if len(hashes) != width * verifier.HASH_SIZE:
            raise verifier.ProofError(f"tile {level}/{index} holds fewer than {width} hashes")
        _write(place / verifier.tile_path(level, index, width), hashes)


def _write_entries(place: Path, size: int, minimum: int, entries: Iterable[bytes]) -> None:
    if minimum % TILE_WIDTH or not 0 <= minimum <= size:
        raise verifier.ProofError("the first entry of a bundle is a multiple of 256, and within the log")
    at, rest = minimum, islice(entries, size - minimum + 1)
    while bodies := list(islice(rest, TILE_WIDTH)):
        data = b"".join(_entry(place, at + offset, body) for offset, body in enumerate(bodies))
        _write(place / verifier.entries_path(at // TILE_WIDTH, len(bodies)), data)
        at += len(bodies)
    if at != size:
        raise verifier.ProofError(f"there are {'more' if at > size else 'fewer'} entries than the checkpoint has")


def _entry(place: Path, index: int, body: bytes) -> bytes:
    """An entry behind its length; one that is too long for that stands apart, behind a length of 0.

    An empty body, of an entry that is gone, has a length of 0 as well, and nothing stands apart.
    """
    if len(body) > verifier.MAX_ENTRY:
        _write(place / verifier.large_path(index), body)
        body = b""
    return len(body).to_bytes(2, "big") + body


def _write_parts(path: Path, parts: Iterable[OpenPart]) -> None:
    with path.open("w", encoding="ascii") as file:
        for part in parts:
            line = {
                "commitment": part.commitment.hex(),
                "content": b64encode(part.content).decode(),
                "kind": part.kind,
                "salt": part.salt.hex(),
            }
            file.write(json.dumps(line) + "\n")


def _write_gone(path: Path, gone: Iterable[Gone]) -> None:
    """Without anything gone there is no file."""
    lines = []
    for one in gone:
        line: dict[str, Any] = {"ranges": one.ranges, "reason": one.reason}
        lines.append(json.dumps(line if one.entry is None else {"entry": one.entry, **line}) + "\n")
    if lines:
        path.write_text("".join(lines), "ascii")


def _write_manifest(place: Path) -> None:
    """SHA-256 of what the tree does not bind, as `sha256sum --check` reads it. It finds damage, not forgery."""
    lines = []
    for name in (*verifier.LISTED, *(name for name in verifier.LISTED_IF_THERE if (place / name).exists())):
        with (place / name).open("rb") as file:
            lines.append(f"{hashlib.file_digest(file, 'sha256').hexdigest()}  {name}\n")
    (place / verifier.MANIFEST).write_text("".join(lines), "ascii")


def _write(path: Path, data: bytes) -> None:
    os.makedirs(path.parent, exist_ok=True)
    path.write_bytes(data)


def tlog_proof(*, index: int, proof: Sequence[bytes], checkpoint: bytes, extra: bytes | None = None) -> bytes:
    """A `.tlog-proof` file: that entry `index` is in the log of this checkpoint (a signed note).

    proof: as tree.inclusion_proof makes it. extra: goes along, is bound by nothing. Source: C2SP tlog-proof.
    """
    lines = [b"c2sp.org/tlog-proof@v1"]
    if extra is not None:
        lines.append(b"extra " + b64encode(extra))
    lines += [b"index %d" % index, *map(b64encode, proof), b""]
    return b"\n".join(lines) + b"\n" + checkpoint


def read_tlog_proof(data: bytes) -> verifier.LogProof:
    """The inverse of `tlog_proof`; checks the form only. Raises ProofError."""
    return verifier.parse_proof(data)


def consistency_request(*, old_size: int, proof: Sequence[bytes], checkpoint: bytes) -> bytes:
    """That the log of `checkpoint` continues that of old_size, as a witness is sent it (C2SP tlog-witness).

    proof: as tree.consistency_proof makes it.
    """
    return b"\n".join([b"old %d" % old_size, *map(b64encode, proof), b""]) + b"\n" + checkpoint
