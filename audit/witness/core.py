"""What a witness decides: which checkpoint it cosigns, and what it remembers. How it is reached is in server.py."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from audit.proofs import notes
from audit.proofs.heads import Head, HeadStore, StateBroken, verify_growth
from audit.proofs.note_keys import COSIGNATURE, SigningKey, VerifierKey, make_key_file
from audit.proofs.notes import Checkpoint, Note, NoteInvalid
from audit.proofs.verifier import ProofError
from audit.witness.protocol import SIZE_TYPE, TEXT_TYPE, Submission, parse_submission

EARLIEST = 1_767_225_600
"""2026-01-01: a clock that says less has not been set, and a cosignature states a time."""
EVIDENCE_FILES = 100


@dataclass(frozen=True, slots=True)
class Answer:
    """An HTTP answer."""

    status: int
    body: str
    content_type: str = TEXT_TYPE


class Refusal(Exception):
    """Why nothing was cosigned."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.answer = Answer(status, sentence + "\n")


class Witness:
    """One witness key over the logs that it follows. Safe for threads; processes may share its directory."""

    def __init__(
        self,
        key: SigningKey,
        logs: Iterable[VerifierKey],
        directory: Path,
        *,
        clock: Callable[[], float],
        report: Callable[[str], None],
    ) -> None:
        """Opens the state and starts keeping the logs that are new.

        clock: POSIX seconds. report: takes one line for the operator; never holds personal data.

        Raises:
            StateBroken: the state is missing, damaged, or not cosigned with this key.
            OSError: it cannot be written.
        """
        self._key, self._clock, self._report = key, clock, report
        self._logs: dict[str, list[VerifierKey]] = {}
        for log in logs:
            self._logs.setdefault(log.name, []).append(log)
        self._heads = HeadStore(directory)
        self._evidence = directory / "evidence"
        for origin in self._heads.origins():
            _check(self._heads.head(origin), origin, key.verifier)
        for origin in self._logs:
            self._heads.keep(origin)

    @staticmethod
    def create(directory: Path, key_file: Path, *, name: str) -> VerifierKey:
        """Makes an empty state and a key; gives the public key.

        Raises:
            FileExistsError: there is a key or a state already. KeyInvalid: `name` cannot be a name. OSError.
        """
        if key_file.exists():
            raise FileExistsError(f"{key_file} bestaat al")
        key = SigningKey.generate(name, COSIGNATURE)
        # The state goes first: a key without its state would cosign a second history.
        HeadStore.create(directory)
        make_key_file(key_file, key)
        return key.verifier

    @property
    def verifier(self) -> VerifierKey:
        """The public key."""
        return self._key.verifier

    def add_checkpoint(self, body: bytes) -> Answer:
        """The answer to add-checkpoint. When it is 200, the checkpoint is safe on disk."""
        try:
            return self._add(body)
        except Refusal as refusal:
            answer = refusal.answer
        except (StateBroken, OSError) as wrong:
            answer = Answer(503, "De getuige kan zijn toestand niet bewaren en ondertekent daarom niet.\n")
            self._report(f"STORING {wrong}")
        self._report(f"geweigerd {answer.status} {answer.body.strip()}")
        return answer

    def checkpoint(self, origin: str) -> Answer:
        """The newest cosigned checkpoint of a log, for who compares witnesses: the note, or 404."""
        if origin not in self._logs:
            return Answer(404, "Dit logboek volgt deze getuige niet.\n")
        try:
            head = self._heads.head(origin)
        except StateBroken as wrong:
            self._report(f"STORING {wrong}")
            return Answer(503, "De getuige kan zijn toestand niet lezen.\n")
        return Answer(200, head.note) if head.note else Answer(404, "Van dit logboek is nog niets ondertekend.\n")

    def status(self) -> dict[str, Any]:
        """Public key, and per log the newest size, root (hex) and time; no personal data. Raises StateBroken."""
        return {
            "witness": str(self.verifier),
            "logs": [_told(origin, self._heads.head(origin)) for origin in self._logs],
            "contradictions": len(self._kept("contradiction")),
            "unproven": len(self._kept("unproven")),
        }

    def accept_clock(self) -> None:
        """Forgets the times of earlier cosignatures, after the clock ran ahead and was put right; sizes stay."""
        for origin in self._heads.origins():
            with self._heads.turn(origin) as turn:
                turn.move_to(replace(turn.head, time=0))

    def _add(self, body: bytes) -> Answer:
        try:
            submission = parse_submission(body)
            checkpoint = submission.note.checkpoint
        except NoteInvalid as wrong:
            raise Refusal(400, str(wrong)) from wrong
        genuine = self._authentic(submission.note, checkpoint)
        if submission.old_size > checkpoint.size:
            raise Refusal(400, "De oude grootte is groter dan de nieuwe.")
        with self._heads.turn(checkpoint.origin) as turn:
            head = turn.head
            if submission.old_size != head.size:
                return Answer(409, f"{head.size}\n", SIZE_TYPE)
            self._check_growth(head, checkpoint, submission, genuine)
            time = self._time(head)
            line = notes.cosign(genuine, self._key, time=time)
            turn.move_to(Head(checkpoint.size, checkpoint.root, str(genuine.plus([line])), time))
        self._report(f"medeondertekend {checkpoint.origin} {checkpoint.size}")
        return Answer(200, line.line())

    def _authentic(self, note: Note, checkpoint: Checkpoint) -> Note:
        keys = self._logs.get(checkpoint.origin)
        if not keys:
            raise Refusal(404, "Dit logboek volgt deze getuige niet.")
        try:
            verified = notes.verify(note, keys)
        except NoteInvalid as wrong:
            raise Refusal(403, str(wrong)) from wrong
        return Note(note.text, tuple(made.signature for made in verified))

    def _check_growth(self, head: Head, checkpoint: Checkpoint, submission: Submission, genuine: Note) -> None:
        if head.size and checkpoint.size == head.size and checkpoint.root != head.root:
            self._keep("contradiction", checkpoint, genuine, head)
            raise Refusal(409, f"Het logboek ondertekende bij {head.size} regels twee verschillende inhouden.")
        try:
            verify_growth(head, checkpoint.size, checkpoint.root, submission.proof)
        except ProofError as wrong:
            self._keep("unproven", checkpoint, genuine, head)
            raise Refusal(422, f"Niet bewezen dat het logboek de {head.size} regels van eerder voortzet.") from wrong

    def _time(self, head: Head) -> int:
        now = int(self._clock())
        if now < max(head.time, EARLIEST):
            # A cosignature says "as of this time the largest I have seen": earlier than the last would be untrue.
            raise Refusal(503, "De klok van deze getuige loopt achter op zijn vorige medeondertekening.")
        return now

    def _keep(self, kind: str, checkpoint: Checkpoint, genuine: Note, head: Head) -> None:
        """Two notes of one size prove that the log lied; an unproven one may, or its sender made a bad proof."""
        text = str(genuine)
        name = f"{kind}-{checkpoint.size}-{hashlib.sha256((text + head.note).encode()).hexdigest()[:16]}.note"
        self._report(f"ALARM {kind} {checkpoint.origin} {checkpoint.size}, bewaard als evidence/{name}")
        try:
            self._evidence.mkdir(mode=0o700, exist_ok=True)
            if len(self._kept(kind)) < EVIDENCE_FILES:
                (self._evidence / name).with_suffix(".seen").write_text(head.note, encoding="utf-8")
                (self._evidence / name).write_text(text, encoding="utf-8")
        except OSError as wrong:
            self._report(f"STORING {wrong}")

    def _kept(self, kind: str) -> list[Path]:
        return list(self._evidence.glob(f"{kind}-*.note"))


def _told(origin: str, head: Head) -> dict[str, Any]:
    at = datetime.fromtimestamp(head.time, UTC).isoformat() if head.time else None
    return {"origin": origin, "size": head.size, "root": head.root.hex(), "cosigned_at": at}


def _check(head: Head, origin: str, key: VerifierKey) -> None:
    if not head.note and head.size == 0:
        return
    try:
        note = notes.parse(head.note)
        notes.verify(note, [key])
        cosigned = note.checkpoint
    except NoteInvalid as wrong:
        raise StateBroken(f"De bewaarde momentopname van {origin} is niet van deze getuige: {wrong}") from wrong
    if cosigned != Checkpoint(origin, head.size, head.root):
        raise StateBroken(f"De bewaarde grootte en wortel van {origin} zijn niet die van de momentopname.")
