"""The newest checkpoint of each log, on disk, never going back: what a witness and the signer must not forget.

One small file per log, replaced whole: written beside it, fsynced, renamed over it, and the directory fsynced.
Files and not SQLite, because one rename is either done or not, a copy of the directory can never miss a journal
file, and an administrator can read it. A lock file per log makes look, decide and replace one step, also between
processes. A register names every log ever kept, so that a lost file is a fault and never a new beginning.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from audit.proofs.verifier import ProofError, verify_consistency

EMPTY_ROOT = hashlib.sha256(b"").digest()
"""The root of a tree without leaves. Source: RFC 6962 §2.1."""

_REGISTER = "logs"
_REGISTER_LOCK = "logs.lock"
_MARK = "verbond-heads/1"


class StateBroken(Exception):
    """The state on disk is missing, damaged or of something else. Never carry on from nothing; a person must look."""


@dataclass(frozen=True, slots=True)
class Head:
    """The newest that is known of a log: `size` in leaves, `root` (32 bytes), the `note`, `time` (POSIX seconds)."""

    size: int = 0
    root: bytes = EMPTY_ROOT
    note: str = ""
    time: int = 0


def verify_growth(head: Head, size: int, root: bytes, proof: Sequence[bytes]) -> None:
    """Whether the tree of `size` and `root` is the tree of `head` with leaves added, or none.

    From an empty tree everything grows and the proof is empty. Raises ProofError; returns None.
    Source: C2SP tlog-witness, add-checkpoint.
    """
    if head.size:
        verify_consistency(head.size, size, head.root, root, list(proof))
        return
    if proof:
        raise ProofError("from an empty tree there is nothing to prove")
    if size == 0 and root != EMPTY_ROOT:
        raise ProofError("this is not the root of an empty tree")


class Turn:
    """The sole right to move one log on, as long as it lasts; `head` is what stands now."""

    def __init__(self, path: Path, origin: str, head: Head) -> None:
        self.head = head
        self._path, self._origin = path, origin

    def move_to(self, head: Head) -> None:
        """Makes `head` the newest, on disk and safe, before this returns.

        Raises:
            ValueError: it is smaller than what stands, or of the same size with another root.
            OSError: it could not be made safe; either the old or the new stands, and neither must be claimed.
        """
        now = self.head
        if head.size < now.size or (head.size == now.size and head.root != now.root):
            raise ValueError("a log's head never goes back and never changes under the same size")
        written = {**asdict(head), "root": head.root.hex(), "origin": self._origin}
        _replace(self._path, json.dumps(written, ensure_ascii=False))
        self.head = head


class HeadStore:
    """The heads in one directory. Threads and processes may share it."""

    def __init__(self, directory: Path) -> None:
        """Opens a directory that `create` made, and reads every head in it.

        Raises:
            StateBroken: it was never made, or any part of it is missing or damaged.
        """
        self._directory = directory
        for origin in self.origins():
            self.head(origin)

    @classmethod
    def create(cls, directory: Path) -> HeadStore:
        """Makes an empty state in a directory that is new, or in which nothing was ever seen.

        Raises:
            FileExistsError: there is a state already. StateBroken: there is one, damaged. OSError.
        """
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not (directory / _REGISTER).exists() and not any(directory.glob("*.head")):
            _replace(directory / _REGISTER, json.dumps([]))
        store = cls(directory)
        if any(store.head(origin) != Head() for origin in store.origins()):
            raise FileExistsError(f"{directory} bevat al een toestand")
        return store

    def origins(self) -> list[str]:
        """The logs that are kept here. Raises StateBroken."""
        found = _read(self._directory / _REGISTER)
        if not isinstance(found, list) or not all(isinstance(origin, str) for origin in found):
            raise StateBroken(f"{self._directory / _REGISTER} is geen lijst van logboeken.")
        return found

    def keep(self, origin: str) -> None:
        """Starts keeping a log from size 0; nothing happens if it is kept already. Raises StateBroken, OSError."""
        with locked(self._directory / _REGISTER_LOCK):
            known = self.origins()
            if origin in known:
                return
            path = self._path(origin)
            if path.exists() and self.head(origin) != Head():
                raise StateBroken(f"{path} hoort bij een logboek dat niet in de lijst van logboeken staat.")
            Turn(path, origin, Head()).move_to(Head())
            _replace(self._directory / _REGISTER, json.dumps([*known, origin], ensure_ascii=False))

    def head(self, origin: str) -> Head:
        """The newest of a log that is kept. Raises StateBroken."""
        path = self._path(origin)
        found = _read(path)
        try:
            head = Head(found["size"], bytes.fromhex(found["root"]), found["note"], found["time"])
            is_sound = found["origin"] == origin and type(head.size) is int and len(head.root) == len(EMPTY_ROOT)
        except (KeyError, TypeError, ValueError) as wrong:
            raise StateBroken(f"{path} is geen toestand van een logboek.") from wrong
        if not is_sound:
            raise StateBroken(f"{path} is de toestand van een ander logboek.")
        return head

    @contextmanager
    def turn(self, origin: str) -> Iterator[Turn]:
        """Waits for, and then holds, the sole right to move this log on. Raises StateBroken, OSError."""
        path = self._path(origin)
        with locked(path.with_suffix(".lock")):
            yield Turn(path, origin, self.head(origin))

    def _path(self, origin: str) -> Path:
        return self._directory / f"{hashlib.sha256(origin.encode()).hexdigest()[:32]}.head"


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """The sole right, among threads and processes, for as long as it lasts. Raises OSError."""
    # Every turn opens the file anew: flock belongs to the open file, so that it also keeps threads apart.
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _replace(path: Path, body: str) -> None:
    """Replaces a file whole, or not at all; under a lock, so that the name of the draft is free."""
    draft = path.with_suffix(".draft")
    digest = hashlib.sha256(body.encode()).hexdigest()
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(f"{_MARK} {digest}\n{body}\n".encode())
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except OSError:
        draft.unlink(missing_ok=True)
        raise
    directory = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(directory)
    finally:
        os.close(directory)


def _read(path: Path) -> Any:
    try:
        first, _newline, body = path.read_text(encoding="utf-8").removesuffix("\n").partition("\n")
        if first != f"{_MARK} {hashlib.sha256(body.encode()).hexdigest()}":
            raise StateBroken(f"{path} is beschadigd: de controlesom klopt niet.")
        return json.loads(body)
    except FileNotFoundError as wrong:
        raise StateBroken(f"{path} ontbreekt.") from wrong
    except (OSError, ValueError) as wrong:
        raise StateBroken(f"{path} is niet te lezen: {wrong}") from wrong
