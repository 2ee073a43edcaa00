"""Looks whether every row of a covenant is as the last journal entry about it says. Used after other tests' steps."""

import hashlib
import json

from agreements.covenants.vouching import all_rows, contents_of
from audit.journal.commitments import open_part
from audit.journal.models import Entry, Part

Row = tuple[str, int]


def told() -> dict[Row, str]:
    """Row -> commitment of the last entry about it."""
    found: dict[Row, str] = {}
    for body in Entry.objects.order_by("id").values_list("body", flat=True):
        if b'"standing":true' in bytes(body):
            for one in json.loads(bytes(body))["matter"]["history"]:
                found[one["table"], one["history_id"]] = one["commitment"]
    return found


def not_vouched_for() -> list[Row]:
    """Rows that are there, or were, of which the journal does not say that they are as they are now."""
    last = told()
    rows = list(dict.fromkeys([*all_rows(), *last]))
    contents = contents_of(rows)
    digests = {commitment: _digest(commitment) for commitment in last.values()}
    return [row for row in rows if digests.get(last.get(row, "")) != _sha(contents.get(row, b""))]


def _digest(commitment: str) -> bytes | None:
    part = Part.objects.filter(commitment=bytes.fromhex(commitment)).first()
    opened = open_part(part) if part else None
    return opened.content if opened else None


def _sha(content: bytes) -> bytes:
    return hashlib.sha256(content).digest()
