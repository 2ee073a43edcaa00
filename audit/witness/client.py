"""What the platform asks of the witnesses: to cosign a checkpoint, and which one they saw last.

Never waits longer than its budget, and says of every witness what came of it. Who keeps the lines is not here.
"""

from __future__ import annotations

import enum
import queue
import ssl
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from audit.proofs import notes
from audit.proofs.notes import Note, NoteInvalid
from audit.proofs.policy import PolicyWitness
from audit.proofs.verifier import ProofError
from audit.witness.protocol import SIZE_TYPE, format_submission
from audit.witness.wire import Call, Reply

ProofSource = Callable[[int, int], Sequence[bytes]]
"""proof(old_size, new_size) of consistency, for 0 < old_size <= new_size. Called in the caller's own thread."""

CLOCK_SKEW_S = 300
"""How far the time of a cosignature may lie from ours."""
_REASON_CHARACTERS = 200


class Outcome(enum.Enum):
    """What came of asking a witness."""

    COSIGNED = "cosigned"
    UNREACHABLE = "unreachable"
    REFUSED = "refused"
    AHEAD = "ahead"
    """It has seen a larger log than this checkpoint: alarm when the log itself is not that large."""
    SPLIT = "split"
    """It has seen another history under the same key: alarm, always."""


@dataclass(frozen=True, slots=True)
class WitnessResult:
    """One witness, one checkpoint.

    `line` is the verified cosignature with `time` (POSIX seconds) when COSIGNED; `size` is the number of leaves that
    the witness has seen, if it said so; `reason` is for people.
    """

    witness: str
    outcome: Outcome
    line: str = ""
    time: int | None = None
    size: int | None = None
    reason: str = ""


def collect(
    witnesses: Iterable[PolicyWitness],
    note: str,
    *,
    proof: ProofSource,
    now: int,
    seen: Mapping[str, int] | None = None,
    budget: float = 5.0,
    context: ssl.SSLContext | None = None,
) -> tuple[WitnessResult, ...]:
    """Asks all witnesses at once to cosign the signed checkpoint `note`; the results in their order.

    proof: makes consistency proofs. now: POSIX seconds. seen: per witness name the size that it cosigned last, if
    known; wrong or missing costs one more question. budget: seconds for everything, the making of proofs included.
    context: for TLS, when the witnesses' certificates are not of a public authority.

    Raises:
        NoteInvalid: `note` is no checkpoint. Whatever `proof` raises, but ProofError.
    """
    signed = notes.parse(note)
    size = signed.checkpoint.size
    deadline = time.monotonic() + budget
    done: queue.SimpleQueue[Call] = queue.SimpleQueue()
    asked: dict[Call, _Sheet] = {}

    def ask(sheet: _Sheet) -> None:
        if sheet.prepare(proof):
            left = max(0.1, deadline - time.monotonic())
            url, body = sheet.witness.url, sheet.body
            call = Call(url, "/add-checkpoint", body=body, timeout=left, context=context, done=done)
            asked[call] = sheet
            call.start()

    sheets = [_Sheet(one, signed, min(size, (seen or {}).get(one.name, 0)), now + budget) for one in witnesses]
    for sheet in sheets:
        ask(sheet)
    while asked:
        try:
            call = done.get(timeout=max(0.0, deadline - time.monotonic()))
        except queue.Empty:
            break
        sheet = asked.pop(call)
        sheet.take(call.reply(deadline), now)
        if sheet.result is None:
            ask(sheet)
    for call, sheet in asked.items():
        sheet.take(call.reply(deadline), now)
    # What is still open got its second answer too late to ask again.
    return tuple(sheet.result or sheet.other(Outcome.UNREACHABLE, "geen antwoord binnen de tijd") for sheet in sheets)


def submit(
    witness: PolicyWitness,
    note: str,
    *,
    proof: ProofSource,
    now: int,
    seen: int = 0,
    budget: float = 5.0,
    context: ssl.SSLContext | None = None,
) -> WitnessResult:
    """As `collect`, for one witness."""
    known = {witness.name: seen}
    return collect([witness], note, proof=proof, now=now, seen=known, budget=budget, context=context)[0]


def with_cosignatures(note: str, results: Iterable[WitnessResult]) -> str:
    """The note with the lines of the witnesses that cosigned. Raises NoteInvalid: `note` is none."""
    made = [line for one in results if one.line for line in notes.parse_signatures(one.line)]
    return str(notes.parse(note).plus(made))


def fetch_checkpoint(
    witness: PolicyWitness, origin: str, *, timeout: float = 5.0, context: ssl.SSLContext | None = None
) -> str | None:
    """The newest checkpoint of a log that a witness cosigned, with its genuine cosignature; None when it has none.

    Raises:
        ConnectionError: it gave no answer in time, or another than a note that it cosigned.
    """
    call = Call(
        witness.url, f"/checkpoint?origin={quote(origin, safe='')}", body=None, timeout=timeout, context=context
    )
    call.start()
    reply = call.reply(time.monotonic() + timeout)
    if reply.status == 404:
        return None
    if reply.status != 200:
        raise ConnectionError(_reason(reply))
    try:
        note = notes.parse(reply.body)
        notes.verify(note, [witness.key])
        if note.checkpoint.origin != origin:
            raise NoteInvalid("De momentopname is van een ander logboek.")
    except NoteInvalid as wrong:
        raise ConnectionError(str(wrong)) from wrong
    return reply.body


class _Sheet:
    """The state of asking one witness."""

    def __init__(self, witness: PolicyWitness, note: Note, old_size: int, latest: float) -> None:
        self.witness = witness
        self.body = b""
        self.result: WitnessResult | None = None
        self._note, self._checkpoint, self._old_size, self._latest = note, note.checkpoint, old_size, latest
        self._times = 0

    def prepare(self, proof: ProofSource) -> bool:
        """Whether there is a body to send, for the first or the second time."""
        size = self._checkpoint.size
        self._times += 1
        if not self.witness.url or self._times > 2:
            reason = "de getuige is bezet" if self.witness.url else "de getuige heeft geen adres"
            self.result = self.other(Outcome.UNREACHABLE, reason)
            return False
        try:
            nodes = proof(self._old_size, size) if 0 < self._old_size < size else ()
            self.body = format_submission(self._old_size, nodes, str(self._note))
        except ProofError as wrong:
            self.result = self.other(Outcome.REFUSED, f"er was geen bewijs te maken: {wrong}")
        return self.result is None

    def take(self, reply: Reply, now: int) -> None:
        match reply.status:
            case 200:
                self.result = self._cosigned(reply, now)
            case 409 if reply.content_type == SIZE_TYPE:
                self._conflict(reply)
            case 409 | 422:
                self.result = self.other(Outcome.SPLIT, _reason(reply), size=self._old_size)
            case 0:
                self.result = self.other(Outcome.UNREACHABLE, _reason(reply))
            case _:
                self.result = self.other(Outcome.REFUSED, _reason(reply))

    def other(self, outcome: Outcome, reason: str, size: int | None = None) -> WitnessResult:
        return WitnessResult(self.witness.name, outcome, size=size, reason=reason)

    def _conflict(self, reply: Reply) -> None:
        try:
            size = notes.parse_size(reply.body.removesuffix("\n"))
        except NoteInvalid:
            self.result = self.other(Outcome.REFUSED, "de getuige gaf geen leesbare grootte")
            return
        if size > self._checkpoint.size:
            reason = f"de getuige zag al {size} regels, deze momentopname heeft er {self._checkpoint.size}"
            self.result = self.other(Outcome.AHEAD, reason, size)
        elif size == self._old_size == self._checkpoint.size:
            # What other witnesses say to a second root under one size; ours says it in words.
            self.result = self.other(Outcome.SPLIT, "de getuige zag bij deze grootte een andere inhoud", size)
        self._old_size = size

    def _cosigned(self, reply: Reply, now: int) -> WitnessResult:
        try:
            answer = Note(self._note.text, notes.parse_signatures(reply.body))
            made = max(notes.verify(answer, [self.witness.key]), key=lambda one: one.time or 0)
        except NoteInvalid as wrong:
            return self.other(Outcome.REFUSED, str(wrong))
        moment = made.time or 0
        if not now - CLOCK_SKEW_S <= moment <= self._latest + CLOCK_SKEW_S:
            return self.other(Outcome.REFUSED, "de klok van de getuige wijkt te veel af")
        return WitnessResult(
            self.witness.name, Outcome.COSIGNED, line=made.signature.line(), time=moment, size=self._checkpoint.size
        )


def _reason(reply: Reply) -> str:
    text = "".join(char for char in reply.body.strip()[:_REASON_CHARACTERS] if char.isprintable())
    return text if reply.status in (0, 409, 422) else f"{reply.status} {text}".strip()
