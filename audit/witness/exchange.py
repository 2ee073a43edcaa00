"""Whether witnesses saw one and the same log, by comparing the checkpoints that they hold.

Two genuine checkpoints of one size with two roots need no further proof: the log's own key signed both.
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from audit.proofs import notes
from audit.proofs.heads import Head, verify_growth
from audit.proofs.note_keys import VerifierKey
from audit.proofs.notes import Checkpoint, NoteInvalid
from audit.proofs.verifier import ProofError

ProofLookup = Callable[[int, int], Sequence[bytes] | None]
"""proof(old_size, new_size) of consistency from the log, for 0 < old_size < new_size; None when it gives none."""


class Verdict(enum.Enum):
    """What two checkpoints say of the log that signed them."""

    CONSISTENT = "consistent"
    SPLIT = "split"
    """Two roots under one size: the log showed two histories. Proven by the two notes alone."""
    INCONSISTENT = "inconsistent"
    """The proof that was given does not connect them: alarm; ask the log for a good proof, or call it a split."""
    UNPROVEN = "unproven"
    """Nobody gave a proof: nothing is known yet."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two checkpoints, the smaller first, by whom they were held, and what they say together."""

    verdict: Verdict
    older: Checkpoint
    newer: Checkpoint
    older_held_by: str = ""
    newer_held_by: str = ""

    @property
    def is_alarm(self) -> bool:
        """Whether somebody must look now."""
        return self.verdict in (Verdict.SPLIT, Verdict.INCONSISTENT)


def compare(first: str, second: str, *, log: Sequence[VerifierKey], proof: ProofLookup) -> Comparison:
    """What two notes say together of the log with the keys `log`.

    Raises:
        NoteInvalid: one of them is no genuine checkpoint of that log, so it says nothing about it.
    """
    return _compare(("", _genuine(first, log)), ("", _genuine(second, log)), proof)


def compare_all(held: Mapping[str, str], *, log: Sequence[VerifierKey], proof: ProofLookup) -> tuple[Comparison, ...]:
    """What the notes of several holders (by name) say together: each with the next larger one, n - 1 comparisons.

    Consistency passes on, so when all of these are CONSISTENT, so is every pair.

    Raises:
        NoteInvalid: one of them is no genuine checkpoint of that log; the sentence names its holder.
    """
    genuine = []
    for name, note in held.items():
        try:
            genuine.append((name, _genuine(note, log)))
        except NoteInvalid as wrong:
            raise NoteInvalid(f"{name}: {wrong}") from wrong
    ordered = sorted(genuine, key=lambda one: one[1].size)
    return tuple(_compare(one, other, proof) for one, other in pairwise(ordered))


def _genuine(text: str, log: Sequence[VerifierKey]) -> Checkpoint:
    note = notes.parse(text)
    notes.verify(note, log)
    checkpoint = note.checkpoint
    if all(key.name != checkpoint.origin for key in log):
        raise NoteInvalid("De momentopname is van een ander logboek.")
    return checkpoint


def _compare(first: tuple[str, Checkpoint], second: tuple[str, Checkpoint], proof: ProofLookup) -> Comparison:
    (older_name, older), (newer_name, newer) = sorted((first, second), key=lambda one: one[1].size)
    return Comparison(_verdict(older, newer, proof), older, newer, older_name, newer_name)


def _verdict(older: Checkpoint, newer: Checkpoint, proof: ProofLookup) -> Verdict:
    if older.size == newer.size:
        return Verdict.CONSISTENT if older.root == newer.root else Verdict.SPLIT
    nodes: Sequence[bytes] | None = ()
    if older.size:
        nodes = proof(older.size, newer.size)
    if nodes is None:
        return Verdict.UNPROVEN
    try:
        verify_growth(Head(older.size, older.root), newer.size, newer.root, nodes)
    except ProofError:
        return Verdict.INCONSISTENT
    return Verdict.CONSISTENT
