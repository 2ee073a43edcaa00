"""Small logs with real keys: notes, cosignatures and policies made by `cryptography`, bodies by the journal."""

import base64
import hashlib
import json
import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from audit.journal.entry import Action, Entry, Outcome, act_of, body_bytes, canonical, matter_of
from audit.proofs.bundle import OpenPart, tlog_proof, write_bundle
from audit.proofs.tree import grow, inclusion_proof
from tests.audit.proofs import oracle

ORIGIN = "log.verbond.example/journal"
MOMENT = "2026-11-24T21:10:00.123456Z"


@dataclass(frozen=True)
class Signer:
    """A key with a name. kind: 0x01 signs notes, 0x04 cosigns checkpoints."""

    name: str
    kind: int
    key: Ed25519PrivateKey = field(default_factory=Ed25519PrivateKey.generate)

    @property
    def public(self) -> bytes:
        return self.key.public_key().public_bytes_raw()

    @property
    def key_id(self) -> bytes:
        return hashlib.sha256(self.name.encode() + b"\n" + bytes([self.kind]) + self.public).digest()[:4]

    @property
    def vkey(self) -> str:
        return f"{self.name}+{self.key_id.hex()}+{base64.b64encode(bytes([self.kind]) + self.public).decode()}"

    def line(self, text: bytes, at: int = 1_795_000_000) -> bytes:
        if self.kind == 0x01:
            value = self.key.sign(text)
        else:
            value = at.to_bytes(8, "big") + self.key.sign(b"cosignature/v1\ntime %d\n" % at + text)
        return f"— {self.name} ".encode() + base64.b64encode(self.key_id + value) + b"\n"


def known(name: str, kind: int) -> Signer:
    """Always the same key for a name: keys stand in the names of tests, which every worker has to find alike."""
    return Signer(name, kind, Ed25519PrivateKey.from_private_bytes(hashlib.sha256(name.encode()).digest()))


LOG = known(ORIGIN, 0x01)
WITNESSES = tuple(known(f"witness.{name}.example", 0x04) for name in ("gemeente", "zorg", "politie"))


def policy(quorum: str = "agencies", log: Signer = LOG) -> bytes:
    lines = [f"log {log.vkey}"]
    lines += [f"witness w{n} {witness.vkey}" for n, witness in enumerate(WITNESSES)]
    return "\n".join([*lines, "group agencies 2 w0 w1 w2", f"quorum {quorum}", ""]).encode()


def text_of(size: int, root: bytes, origin: str = ORIGIN) -> bytes:
    return f"{origin}\n{size}\n{base64.b64encode(root).decode()}\n".encode()


def note(text: bytes, *signers: Signer) -> bytes:
    return text + b"\n" + b"".join(one.line(text) for one in signers or (LOG, *WITNESSES[:2]))


@dataclass
class Log:
    """Bodies, their parts and version rows, as the platform would keep them."""

    bodies: list[bytes] = field(default_factory=list)
    parts: list[OpenPart] = field(default_factory=list)
    rows: list[dict[str, object]] = field(default_factory=list)

    def add(self, number: int, *, versions: int = 0, **values: object) -> None:
        """One entry as the journal makes it, with an actor, a person concerned and version rows."""
        made = Entry(
            **{
                "event_type": "contribution.read", "action": Action.READ, "outcome": Outcome.OK,
                "actor_ref": "professional:0198", "agency_ref": "agency:zorg", "case_ref": f"case:{number}",
                "purpose": "persoonsgerichte aanpak", "fields": 0b1011, "articles": ("PGA-MD v2 art. 6.1",), **values,
            }
        )  # fmt: skip
        act = act_of(made, recorded_at=MOMENT, parts={"actor": self._commit("actor", b"Anna de Vries")})
        history = []
        for one in range(versions):
            content = f'{{"id":{number},"words":"versie {one}"}}'.encode()
            commitment = self._commit("history", hashlib.sha256(content).digest())
            row = {"table": "cases_historicalcontribution", "history_id": number * 1000 + one}
            history.append({**row, "commitment": commitment})
            salt = self.parts[-1].salt.hex()
            self.rows.append({**row, "content": base64.b64encode(content).decode(), "salt": salt})
        subject = self._commit("subject", f"subject:{number}".encode())
        matter = matter_of(made, uid=f"{number:032x}", subject=subject, history=history)
        self.bodies.append(body_bytes(act=canonical(act), matter=canonical(matter)))

    def _commit(self, kind: str, content: bytes) -> str:
        salt = os.urandom(32)
        commitment = hashlib.sha256(salt + content).digest()
        self.parts.append(OpenPart(commitment=commitment, kind=kind, salt=salt, content=content))
        return commitment.hex()

    @property
    def leaves(self) -> list[bytes]:
        return [oracle.leaf(body) for body in self.bodies]

    def checkpoint(self, *signers: Signer, size: int | None = None) -> bytes:
        leaves = self.leaves[:size]
        return note(text_of(len(leaves), oracle.mth(leaves)), *signers)

    def tiles(self) -> dict[tuple[int, int], bytes]:
        return {(level, index): hashes for (level, index, _), hashes in grow(0, self.leaves, lambda *_: b"")}

    def write(self, target: Path, *, checkpoint: bytes | None = None, minimum: int = 0, **values: object) -> Path:
        tiles = self.tiles()
        return write_bundle(
            target,
            checkpoint=checkpoint or self.checkpoint(),
            policy=policy(),
            fieldset={"fields": [{"bit": 0, "field": "words", "label_nl": "Bijdrage"}]},
            entries=self.bodies[minimum:],
            read=lambda level, index, width: tiles[level, index],
            parts=self.parts,
            minimum=minimum,
            **values,
        )


def log_of(count: int, *, versions: int = 0) -> Log:
    log = Log()
    for number in range(count):
        log.add(number, versions=versions)
    return log


def put(path: Path, data: bytes) -> Path:
    """A file with these bytes."""
    path.write_bytes(data)
    return path


def lines(path: Path, values: Sequence[Any]) -> Path:
    """A file of JSON, a line each."""
    return put(path, "".join(json.dumps(value) + "\n" for value in values).encode())


def proof_of(log: Log, index: int, *, checkpoint: bytes | None = None, extra: bytes | None = None) -> bytes:
    """The .tlog-proof file of one entry."""
    path = inclusion_proof(index, len(log.bodies), oracle.reader(log.leaves))
    return tlog_proof(index=index, proof=path, checkpoint=checkpoint or log.checkpoint(), extra=extra)
