"""Version rows (simple-history) for the verifier's `history`: each with the salt of what its entry committed to.

A row without its entry, or whose content no longer fits, is found by the verifier, not here.
"""

import json
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path

from audit import ports
from audit.journal.commitments import open_part
from audit.journal.models import Entry, Part, PartKind
from audit.proofs import verifier
from audit.proofs.verifier import ProofError
from audit.sealing.models import Leaf

CHUNK = 500
_Promise = tuple[tuple[str, int], bytes]


def write_versions(path: Path, *, size: int, scope: str | None, using: str = "default") -> int:
    """Write the rows for which the first `size` entries vouch, as ndjson; returns how many.

    scope: only of entries of this agency. A row that was erased is left out: the verifier says that it is missing.
    """
    written = 0
    with path.open("w", encoding="ascii") as file:
        for promises in _promises(size, scope, using):
            salts = _salts([commitment for _row, commitment in promises], using)
            contents = ports.versions([row for row, _commitment in promises])
            for row, commitment in promises:
                if row in contents:
                    salt = salts.get(commitment)
                    line = {
                        "table": row[0], "history_id": row[1], "content": b64encode(contents[row]).decode(),
                        "salt": salt.hex() if salt else None,
                    }  # fmt: skip
                    file.write(json.dumps({name: value for name, value in line.items() if value is not None}) + "\n")
                    written += 1
    return written


def _promises(size: int, scope: str | None, using: str) -> Iterator[list[_Promise]]:
    """What entries vouch for, by the chunk of entries."""
    for first in range(0, size, CHUNK):
        placed = Leaf.objects.using(using).filter(seq__gte=first, seq__lt=min(size, first + CHUNK))
        rows = Entry.objects.using(using).filter(uid__in=placed.values("entry_uid"))
        if scope is not None:
            rows = rows.filter(agency_ref=scope)
        found: list[_Promise] = []
        for body in rows.values_list("body", flat=True):
            if b'"history":' in bytes(body):
                found += _promised(bytes(body))
        if found:
            yield found


def _promised(body: bytes) -> list[_Promise]:
    try:
        promises = verifier.promises_of(verifier.parse_body(body))
    except ProofError:
        return []
    return [(promise.row, promise.commitment) for promise in promises if promise.row]


def _salts(commitments: list[bytes], using: str) -> dict[bytes, bytes]:
    parts = Part.objects.using(using).filter(commitment__in=commitments, kind=PartKind.HISTORY)
    opened = ((bytes(part.commitment), open_part(part)) for part in parts)
    return {commitment: found.salt for commitment, found in opened if found}
