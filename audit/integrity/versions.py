"""Rows for the verifier's `history`: each with the salt of what its entry committed to.

Version rows of simple-history never change. Standing rows (covenants, their signatures and parties) do, each change
with an entry: of those the last entry counts, and every one that is there must have an entry.
A row without its entry, or whose content no longer fits, is found by the verifier, not here.
"""

import json
from base64 import b64encode
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any, TextIO

from audit import ports
from audit.journal.commitments import open_part
from audit.journal.models import Entry, Part, PartKind
from audit.journal.uids import floor_of
from audit.proofs import verifier
from audit.proofs.verifier import Promise, ProofError
from audit.sealing.models import Leaf

CHUNK = 500
_MARK = b'"history":'
_OVERLAP = timedelta(hours=1)
"""How much older than the last sealed entry one may be that was committed after it."""


def write_versions(path: Path, *, size: int, scope: str | None, using: str = "default") -> int:
    """Write the rows for which the first `size` entries vouch, as ndjson; returns how many.

    scope: only of entries of this agency; None: of all, and every standing row there is.
    A version row that was erased is left out: the verifier says that it is missing. A standing row that is gone has
    empty content, which its last entry must say too; one that changed after these entries is marked as later.
    """
    last: dict[ports.Row, bytes] = {}
    with path.open("w", encoding="ascii") as file:
        written = 0
        for promises in _promises(size, scope, using):
            last |= {row: commitment for row, commitment, standing in promises if standing}
            versions = [(row, commitment) for row, commitment, standing in promises if not standing]
            contents = ports.versions([row for row, _commitment in versions])
            salts = _salts([commitment for row, commitment in versions if row in contents], using)
            for row, commitment in versions:
                if row in contents:
                    written += _write(file, row, contents[row], salts.get(commitment))
        return written + _write_standing(file, last, size, whole=scope is None, using=using)


def _write_standing(file: TextIO, last: dict[ports.Row, bytes], size: int, *, whole: bool, using: str) -> int:
    rows = list(dict.fromkeys([*last, *(ports.standing() if whole else ())]))
    contents = dict(ports.versions(rows))
    # After the rows: whoever changed one of them meanwhile left an entry that is seen here.
    later = _promised_later(size, using) if rows else frozenset()
    salts = _salts(list(last.values()), using)
    written = 0
    for row in rows:
        if row in last or row not in later:
            salt = salts.get(last[row]) if row in last else None
            written += _write(file, row, contents.get(row, b""), salt, later=row in later)
    return written


def _write(file: TextIO, row: ports.Row, content: bytes, salt: bytes | None, *, later: bool = False) -> int:
    line: dict[str, Any] = {"table": row[0], "history_id": row[1], "content": b64encode(content).decode()}
    if salt:
        line["salt"] = salt.hex()
    if later:
        line["later"] = True
    file.write(json.dumps(line) + "\n")
    return 1


_Promised = tuple[ports.Row, bytes, bool]


def _promises(size: int, scope: str | None, using: str) -> Iterator[list[_Promised]]:
    """What entries vouch for, in the order of the tree, by the chunk of entries."""
    for first in range(0, size, CHUNK):
        placed = Leaf.objects.using(using).filter(seq__gte=first, seq__lt=min(size, first + CHUNK))
        uids = list(placed.order_by("seq").values_list("entry_uid", flat=True))
        rows = Entry.objects.using(using).filter(uid__in=uids)
        if scope is not None:
            rows = rows.filter(agency_ref=scope)
        bodies = dict(rows.values_list("uid", "body"))
        found = [one for uid in uids if uid in bodies for one in _promised(bytes(bodies[uid]))]
        if found:
            yield found


def _promised_later(size: int, using: str) -> frozenset[ports.Row]:
    """Standing rows about which entries spoke that are not among the first `size`."""
    newest = Leaf.objects.using(using).filter(seq=size - 1).values("entry_uid")
    since = Entry.objects.using(using).filter(uid__in=newest).values_list("recorded_at", flat=True).first()
    rows = Entry.objects.using(using).order_by("uid")
    if since is not None:
        rows = rows.filter(uid__gte=floor_of(since - _OVERLAP))
    bodies = [(uid, bytes(body)) for uid, body in rows.values_list("uid", "body").iterator() if _MARK in bytes(body)]
    placed = Leaf.objects.using(using).filter(entry_uid__in=[uid for uid, _body in bodies], seq__lt=size)
    known = set(placed.values_list("entry_uid", flat=True))
    told = (one for uid, body in bodies if uid not in known for one in _promised(body))
    return frozenset(row for row, _commitment, standing in told if standing)


def _promised(body: bytes) -> list[_Promised]:
    if _MARK not in body:
        return []
    try:
        promises: list[Promise] = verifier.promises_of(verifier.parse_body(body))
    except ProofError:
        return []
    return [(promise.row, promise.commitment, promise.standing) for promise in promises if promise.row]


def _salts(commitments: list[bytes], using: str) -> dict[bytes, bytes]:
    found: dict[bytes, bytes] = {}
    for first in range(0, len(commitments), CHUNK):
        some = commitments[first : first + CHUNK]
        for part in Part.objects.using(using).filter(commitment__in=some, kind=PartKind.HISTORY):
            opened = open_part(part)
            if opened:
                found[bytes(part.commitment)] = opened.salt
    return found
