"""The signer as a process of its own, on a Unix socket: one JSON line asks, one JSON line answers.

Who may connect is decided by the rights of the socket's directory. No key and no content ever passes: only sizes,
roots, hashes and notes.
"""

from __future__ import annotations

import json
import os
import socket
import socketserver
from pathlib import Path
from typing import Any

from audit.proofs.note_keys import decode64, encode64
from audit.signer.core import LocalSigner, SignerUnavailable, SignRefused

LINE_BYTES = 16 * 1024
_PATIENCE_S = 10.0


class SignerService(socketserver.ThreadingMixIn, socketserver.UnixStreamServer):
    """Serves one signer on a socket that only owner and group may open (0660)."""

    daemon_threads = True

    def __init__(self, path: Path, signer: LocalSigner) -> None:
        """Binds; a socket that a killed signer left behind is replaced. Raises OSError, also when one is alive."""
        self.signer = signer
        _clear(path)
        before = os.umask(0o117)
        try:
            super().__init__(str(path), _Handler)
        finally:
            os.umask(before)


class _Handler(socketserver.StreamRequestHandler):
    timeout = _PATIENCE_S
    server: SignerService

    def handle(self) -> None:
        try:
            line = self.rfile.readline(LINE_BYTES + 1)
            self.wfile.write(json.dumps(answer(self.server.signer, line)).encode() + b"\n")
        except OSError:
            return  # The asker went away, or said nothing for too long: there is nobody to tell.


def answer(signer: LocalSigner, line: bytes) -> dict[str, Any]:
    """What the signer says to one line of a request; a refusal is an answer too."""
    try:
        asked = json.loads(line) if line.endswith(b"\n") else None
        if not isinstance(asked, dict) or asked.get("do") not in ("head", "sign"):
            raise SignRefused("malformed", "Dit is geen verzoek aan de ondertekenaar.")
        if asked["do"] == "head":
            head = signer.head()
            return {
                "vkey": str(signer.verifier()),
                "size": head.size,
                "root": encode64(head.root),
                "note": head.note,
            }
        return {"note": signer.sign(*_wanted(asked))}
    except SignRefused as refused:
        return {"refused": refused.code, "sentence": refused.sentence}
    except SignerUnavailable as away:
        return {"unavailable": str(away)}
    except (ValueError, RecursionError):
        return {"refused": "malformed", "sentence": "Dit is geen verzoek aan de ondertekenaar."}


def _wanted(asked: dict[str, Any]) -> tuple[int, bytes, list[bytes]]:
    size, root, proof = asked.get("size"), asked.get("root"), asked.get("proof")
    if type(size) is not int or not isinstance(root, str) or not isinstance(proof, list):
        raise SignRefused("malformed", "Een verzoek om te ondertekenen heeft een grootte, een wortel en een bewijs.")
    if not all(isinstance(line, str) for line in proof):
        raise SignRefused("malformed", "Een bewijs is een lijst van hashes.")
    return size, decode64(root), [decode64(line) for line in proof]


def _clear(path: Path) -> None:
    if not path.is_socket():
        return
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
        try:
            probe.connect(str(path))
        except ConnectionRefusedError:
            path.unlink(missing_ok=True)
            return
    raise FileExistsError(f"op {path} draait al een ondertekenaar")
