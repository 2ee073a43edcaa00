"""What goes over the wire between a log and a witness: the body of add-checkpoint, both ways.

Source: C2SP tlog-witness.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from audit.proofs import notes
from audit.proofs.note_keys import encode64
from audit.proofs.notes import NOTE_BYTES, Note, NoteInvalid

PROOF_LINES = 63
REQUEST_BYTES = NOTE_BYTES + 4096
SIZE_TYPE = "text/x.tlog.size"
TEXT_TYPE = "text/plain; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Submission:
    """A checkpoint with the proof that it continues the tree of `old_size` leaves."""

    old_size: int
    proof: tuple[bytes, ...]
    note: Note


def format_submission(old_size: int, proof: Sequence[bytes], note: str) -> bytes:
    """The body of add-checkpoint. Raises ValueError for a proof of more than 63 hashes, which no tree needs."""
    if len(proof) > PROOF_LINES:
        raise ValueError("a consistency proof has at most 63 hashes")
    return "".join([f"old {old_size}\n", *(f"{encode64(node)}\n" for node in proof), "\n", note]).encode()


def parse_submission(body: bytes) -> Submission:
    """What a body of add-checkpoint says. Raises NoteInvalid."""
    head, blank, note = body.partition(b"\n\n")
    if not blank:
        raise NoteInvalid("Tussen het bewijs en de momentopname hoort een witregel.")
    try:
        first, *proof = head.decode("ascii").split("\n")
    except UnicodeDecodeError as wrong:
        raise NoteInvalid("Het bewijs bevat iets anders dan base64.") from wrong
    if not first.startswith("old "):
        raise NoteInvalid("De eerste regel hoort «old» en een grootte te zijn.")
    if len(proof) > PROOF_LINES:
        raise NoteInvalid(f"Het bewijs heeft meer dan {PROOF_LINES} regels.")
    old_size = notes.parse_size(first.removeprefix("old "))
    return Submission(old_size, tuple(notes.parse_hash(line) for line in proof), notes.parse(note))
