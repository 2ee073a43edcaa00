"""What the sealer holds of a signer in another process: a socket, never the key."""

from __future__ import annotations

import json
import socket
from pathlib import Path
from typing import Any

from audit.proofs import notes
from audit.proofs.heads import Head
from audit.proofs.note_keys import KeyInvalid, VerifierKey, decode64, encode64, parse_vkey
from audit.proofs.notes import Checkpoint, NoteInvalid
from audit.signer.core import SignerUnavailable, SignRefused

_ANSWER_BYTES = 256 * 1024


class SignerClient:
    """A CheckpointSigner over the socket of a SignerService."""

    def __init__(self, path: Path, *, timeout: float = 5.0) -> None:
        """path: of the socket. timeout: seconds for each step of one question. Connects only when asked something."""
        self._path = path
        self._timeout = timeout

    def verifier(self) -> VerifierKey:
        """See CheckpointSigner. Raises SignerUnavailable."""
        return self._standing()[0]

    def head(self) -> Head:
        """See CheckpointSigner. Raises SignerUnavailable."""
        return self._standing()[1]

    def sign(self, size: int, root: bytes, proof: list[bytes]) -> str:
        """See CheckpointSigner."""
        lines = [encode64(node) for node in proof]
        text = self._ask({"do": "sign", "size": size, "root": encode64(root), "proof": lines}).get("note")
        try:
            signed = notes.parse(text if isinstance(text, str) else "").checkpoint
        except NoteInvalid as wrong:
            raise SignerUnavailable("De ondertekenaar gaf geen leesbare momentopname.") from wrong
        if (signed.size, signed.root) != (size, root):
            raise SignerUnavailable("De ondertekenaar gaf een andere momentopname dan gevraagd.")
        return str(text)

    def _standing(self) -> tuple[VerifierKey, Head]:
        told = self._ask({"do": "head"})
        try:
            root = decode64(told["root"])
            Checkpoint("head", told["size"], root).text()
            return parse_vkey(told["vkey"]), Head(told["size"], root, str(told["note"]))
        except (KeyError, TypeError, AttributeError, ValueError, KeyInvalid) as wrong:
            raise SignerUnavailable("De ondertekenaar gaf geen leesbaar antwoord.") from wrong

    def _ask(self, question: dict[str, Any]) -> dict[str, Any]:
        try:
            told = json.loads(self._exchange(json.dumps(question).encode() + b"\n"))
        except OSError as wrong:
            raise SignerUnavailable(f"De ondertekenaar is niet bereikbaar: {wrong}") from wrong
        except ValueError as wrong:
            raise SignerUnavailable("De ondertekenaar gaf geen leesbaar antwoord.") from wrong
        if not isinstance(told, dict) or "unavailable" in told:
            raise SignerUnavailable(str(told["unavailable"] if isinstance(told, dict) else told))
        if "refused" in told:
            raise SignRefused(str(told["refused"]), str(told.get("sentence", "")))
        return told

    def _exchange(self, line: bytes) -> bytes:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
            connection.settimeout(self._timeout)
            connection.connect(str(self._path))
            connection.sendall(line)
            with connection.makefile("rb") as told:
                return told.readline(_ANSWER_BYTES)
