"""A log for the tests of signer and witness: real leaves, real tiles, real proofs, no database."""

from __future__ import annotations

from audit.proofs import notes, tree
from audit.proofs.heads import EMPTY_ROOT
from audit.proofs.note_keys import LOG, SigningKey
from audit.proofs.notes import Checkpoint
from audit.proofs.verifier import leaf_hash

ORIGIN = "verbond.example/logboek"


class GrowingLog:
    """Leaves `{word} 0`, `{word} 1`, …; `fork` gives another history from a certain size on."""

    def __init__(self, size: int = 0, *, word: str = "regel", key: SigningKey | None = None) -> None:
        self.key = key or SigningKey.generate(ORIGIN, LOG)
        self._leaves: list[bytes] = []
        self._tiles: dict[tuple[int, int], bytes] = {}
        self._roots = [EMPTY_ROOT]
        self._range = tree.Range()
        self.grow(size, word=word)

    @property
    def size(self) -> int:
        return len(self._leaves)

    def grow(self, by: int = 1, *, word: str = "regel") -> int:
        self._add([leaf_hash(f"{word} {self.size + step}".encode()) for step in range(by)])
        return self.size

    def fork(self, at: int, *, size: int, word: str = "anders") -> GrowingLog:
        other = GrowingLog(key=self.key)
        other._add(self._leaves[:at])
        other.grow(size - at, word=word)
        return other

    def root(self, size: int | None = None) -> bytes:
        return self._roots[self.size if size is None else size]

    def proof(self, old: int, new: int) -> list[bytes]:
        if old == 0:
            return []
        return tree.consistency_proof(old, new, lambda level, index, width: self._tiles[level, index])

    def note(self, size: int | None = None) -> str:
        size = self.size if size is None else size
        return str(notes.sign(Checkpoint(self.key.verifier.name, size, self.root(size)), self.key))

    def _add(self, hashes: list[bytes]) -> None:
        read = lambda level, index, width: self._tiles[level, index]  # noqa: E731
        for (level, index, _width), tile in list(tree.grow(self.size, hashes, read)):
            self._tiles[level, index] = tile
        for one in hashes:
            self._leaves.append(one)
            self._range.append(one)
            self._roots.append(self._range.root())
