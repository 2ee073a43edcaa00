"""Signs checkpoints of one log and never two that contradict each other. How others reach it is in service.py.

Source: C2SP tlog-checkpoint ("a log MUST NOT sign any checkpoint which is inconsistent with any it signed before").
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from audit.proofs import notes
from audit.proofs.heads import Head, HeadStore, StateBroken, locked, verify_growth
from audit.proofs.note_keys import LOG, SigningKey, VerifierKey, make_key_file, read_key_file
from audit.proofs.notes import Checkpoint, NoteInvalid
from audit.proofs.verifier import ProofError

_KEY_FILE = "log.key"
_STATE = "state"


class SignRefused(Exception):
    """The signer looked and says no.

    `code`: malformed, smaller (than was signed before), other_root (same size, other contents) or unproven (the
    proof does not lead from the last signed tree to this one). The last three mean that the log was changed.
    """

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code
        self.sentence = sentence


class SignerUnavailable(Exception):
    """The signer cannot be reached, or cannot make its state safe. Nothing was signed that anybody holds."""


class CheckpointSigner(Protocol):
    """What the sealer needs of a signer, in this process or in another."""

    def verifier(self) -> VerifierKey:
        """The public key that the notes are signed with; its name is the log's origin."""

    def head(self) -> Head:
        """The last signed checkpoint; size 0 and no note when there is none."""

    def sign(self, size: int, root: bytes, proof: list[bytes]) -> str:
        """The signed note over this tree.

        size: leaves. root: 32 bytes. proof: of consistency, from `head().size` to `size`; empty when that is 0 or
        equal to `size`. The same size and root give the same note again.

        Raises:
            SignRefused: it contradicts what was signed before, or is malformed.
            SignerUnavailable: try again later.
        """


class LocalSigner:
    """The signer over its own directory: the key and the last signed checkpoint. Processes may share it."""

    def __init__(self, directory: Path) -> None:
        """Opens what `create` made.

        Raises:
            StateBroken: the state is missing or damaged, or not signed with this key.
            KeyInvalid, OSError: the key file is not usable.
        """
        self._key = read_key_file(directory / _KEY_FILE, LOG)
        self._heads = HeadStore(directory / _STATE)
        if self._heads.origins() != [self.origin]:
            raise StateBroken(f"De toestand in {directory} hoort niet bij de sleutel ernaast.")
        _check_note(self._heads.head(self.origin), self._key)

    @classmethod
    def create(cls, directory: Path, *, origin: str) -> LocalSigner:
        """Makes the key and an empty state for the log `origin`.

        Raises:
            FileExistsError: there is a key or a state that something was signed with.
            KeyInvalid: `origin` cannot be a name. OSError: it cannot be written.
        """
        path = directory / _KEY_FILE
        if path.exists():
            raise FileExistsError(f"{directory} bevat al een sleutel")
        # The state goes first: with a key that has lost its state one could sign a second history.
        key = SigningKey.generate(origin, LOG)
        state = HeadStore.create(directory / _STATE)
        state.keep(key.verifier.name)
        make_key_file(path, key)
        return cls(directory)

    @classmethod
    def opened(cls, directory: Path, *, origin: str) -> LocalSigner:
        """The signer in `directory`, made there when the directory is not there; two may ask at once.

        Raises what `create` and opening raise.
        """
        if not (directory / _KEY_FILE).exists():
            directory.parent.mkdir(parents=True, exist_ok=True)
            with locked(directory.with_name(f"{directory.name}.lock")):
                if not directory.exists():
                    return cls.create(directory, origin=origin)
        return cls(directory)

    @property
    def origin(self) -> str:
        """The log that is signed for."""
        return self._key.verifier.name

    def verifier(self) -> VerifierKey:
        return self._key.verifier

    def head(self) -> Head:
        """The last signed checkpoint. Raises SignerUnavailable when its state cannot be read."""
        try:
            return self._heads.head(self.origin)
        except StateBroken as wrong:
            raise SignerUnavailable(str(wrong)) from wrong

    def sign(self, size: int, root: bytes, proof: Sequence[bytes]) -> str:
        """See CheckpointSigner."""
        try:
            note = notes.sign(Checkpoint(self.origin, size, root), self._key)
        except NoteInvalid as wrong:
            raise SignRefused("malformed", str(wrong)) from wrong
        try:
            with self._heads.turn(self.origin) as turn:
                if turn.head.note and (size, root) == (turn.head.size, turn.head.root):
                    return turn.head.note
                _check(turn.head, size, root, proof)
                turn.move_to(Head(size, root, str(note)))
                return turn.head.note
        except (StateBroken, OSError) as wrong:
            raise SignerUnavailable(f"De ondertekenaar kan zijn toestand niet bewaren: {wrong}") from wrong


def _check(head: Head, size: int, root: bytes, proof: Sequence[bytes]) -> None:
    if size < head.size:
        raise SignRefused("smaller", f"Er is al een logboek van {head.size} regels ondertekend; {size} is minder.")
    if head.size and size == head.size and root != head.root:
        raise SignRefused("other_root", f"Het logboek van {size} regels is al met een andere inhoud ondertekend.")
    try:
        verify_growth(head, size, root, proof)
    except ProofError as wrong:
        raise SignRefused(
            "unproven", f"Niet bewezen dat dit logboek het eerder ondertekende van {head.size} regels voortzet."
        ) from wrong


def _check_note(head: Head, key: SigningKey) -> None:
    if not head.note and head.size == 0:
        return
    try:
        note = notes.parse(head.note)
        notes.verify(note, [key.verifier])
        signed = note.checkpoint
    except NoteInvalid as wrong:
        raise StateBroken(f"De bewaarde momentopname is niet met deze sleutel ondertekend: {wrong}") from wrong
    if (signed.size, signed.root) != (head.size, head.root):
        raise StateBroken("De bewaarde grootte en wortel zijn niet die van de bewaarde momentopname.")
