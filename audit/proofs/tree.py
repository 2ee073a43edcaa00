"""The log's Merkle tree as it grows, in tiles; and proofs out of those tiles. No storage, no signatures.

A tile holds up to 256 hashes of one level, each the root of 256^level leaves (C2SP tlog-tiles). The first
hashes of a tile never change, so whoever stores a wider tile has the narrower one in it.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Self

from audit.proofs.verifier import HASH_SIZE, MAX_SIZE, ProofError, node_hash, peak, push

TILE_HEIGHT = 8
TILE_WIDTH = 1 << TILE_HEIGHT

Read = Callable[[int, int, int], bytes]
"""read(level, index, width): at least the first `width` hashes (32 bytes each) of a tile of the log."""


Tile = tuple[int, int, int]
"""(level, index, width): where a tile stands, and how many hashes it holds (256 when it is full)."""


class Range:
    """The roots of a tree's complete subtrees, largest first: all that is needed to append and to know the root.

    At most one hash per bit of the size. Source: RFC 9162, section 2.1.2 (verifying with a stack).
    """

    __slots__ = ("_nodes", "_size")

    def __init__(self, size: int = 0, nodes: Sequence[bytes] = ()) -> None:
        """Raises ProofError when there is not one hash of 32 bytes for every set bit of `size`."""
        if not 0 <= size <= MAX_SIZE or size.bit_count() != len(nodes) or any(len(n) != HASH_SIZE for n in nodes):
            raise ProofError("this is not the state of a tree of that size")
        self._size = size
        self._nodes = list(nodes)

    @property
    def size(self) -> int:
        """The number of leaves."""
        return self._size

    @property
    def nodes(self) -> tuple[bytes, ...]:
        """The roots of the complete subtrees, largest first."""
        return tuple(self._nodes)

    def append(self, leaf_hash: bytes) -> None:
        """Add one leaf hash. Raises ProofError when it is not 32 bytes; then nothing is added."""
        if not isinstance(leaf_hash, bytes) or len(leaf_hash) != HASH_SIZE:
            raise ProofError("a hash is 32 bytes")
        push(self._nodes, self._size, leaf_hash)
        self._size += 1

    def extend(self, leaf_hashes: Iterable[bytes]) -> None:
        """Add leaf hashes in order. Raises ProofError at the first that is none; those before it stay added."""
        for leaf_hash in leaf_hashes:
            self.append(leaf_hash)

    def root(self) -> bytes:
        """The root over all leaves so far; SHA-256 of nothing when there are none."""
        return peak(self._nodes)

    def to_bytes(self) -> bytes:
        """The state: size (8 bytes, big-endian) and the hashes. At most 8 + 63 * 32 bytes."""
        return self._size.to_bytes(8, "big") + b"".join(self._nodes)

    @classmethod
    def from_bytes(cls, state: bytes) -> Self:
        """The inverse of `to_bytes`. Raises ProofError when the bytes are no state."""
        size, hashes = int.from_bytes(state[:8], "big"), state[8:]
        if len(state) < 8 or len(hashes) % HASH_SIZE:
            raise ProofError("this is not the state of a tree")
        return cls(size, split_hashes(hashes))

    @classmethod
    def from_tiles(cls, size: int, read: Read) -> Self:
        """The state of the tree of `size`, out of its tiles: one read for every 8 bits of the size."""
        return cls(size, _Tiles(size, read).peaks(0, size))


def split_hashes(hashes: bytes) -> list[bytes]:
    """A tile's bytes as its hashes."""
    return [hashes[at : at + HASH_SIZE] for at in range(0, len(hashes), HASH_SIZE)]


def tiles_between(old_size: int, new_size: int) -> Iterator[Tile]:
    """The tiles of the tree of `new_size` that the tree of `old_size` does not have, lowest level first.

    A full tile and the partial one at the right edge of each level; of a tile that grew, only the new width.
    """
    level, old, new = 0, old_size, new_size
    while new > old:
        for index in range(old // TILE_WIDTH, -(-new // TILE_WIDTH)):
            yield level, index, min(TILE_WIDTH, new - index * TILE_WIDTH)
        level, old, new = level + 1, old // TILE_WIDTH, new // TILE_WIDTH


def tiles_of(size: int) -> Iterator[Tile]:
    """All tiles of the tree of `size`, lowest level first."""
    return tiles_between(0, size)


def grow(old_size: int, leaf_hashes: Sequence[bytes], read: Read) -> Iterator[tuple[Tile, bytes]]:
    """The tiles of `tiles_between(old_size, old_size + len(leaf_hashes))` with their bytes, in that order.

    Reads only the partial tiles at the right edge of the tree of `old_size`: at most one per level.
    Raises ProofError when a hash or a tile that was read has the wrong length.
    """
    level, old, added = 0, old_size, b"".join(leaf_hashes)
    if len(added) != HASH_SIZE * len(leaf_hashes):
        raise ProofError("a hash is 32 bytes")
    while added:
        index, width = divmod(old, TILE_WIDTH)
        hashes = (_read(read, (level, index, width)) if width else b"") + added
        level, old, added = level + 1, index, b""
        for at in range(0, len(hashes), TILE_WIDTH * HASH_SIZE):
            tile = hashes[at : at + TILE_WIDTH * HASH_SIZE]
            yield (level - 1, index, len(tile) // HASH_SIZE), tile
            if len(tile) == TILE_WIDTH * HASH_SIZE:
                added += _fold(split_hashes(tile))
            index += 1


def inclusion_proof(index: int, size: int, read: Read) -> list[bytes]:
    """The hashes that prove leaf `index` in the tree of `size`, the leaf's sibling first.

    Reads at most two tiles per level. Raises ProofError when the index lies outside the tree.
    Source: RFC 6962, section 2.1.1.
    """
    if not 0 <= index < size:
        raise ProofError("the index lies outside the tree")
    tiles, path, low, high = _Tiles(size, read), [], 0, size
    while high - low > 1:
        middle = low + _half(high - low)
        if index < middle:
            path.append((middle, high))
            high = middle
        else:
            path.append((low, middle))
            low = middle
    return [tiles.root(*span) for span in reversed(path)]


def consistency_proof(old_size: int, new_size: int, read: Read) -> list[bytes]:
    """The hashes that prove that the tree of `old_size` is the beginning of that of `new_size`.

    Empty when the sizes are equal. Reads at most two tiles per level.
    Raises ProofError unless 0 < old_size <= new_size. Source: RFC 6962, section 2.1.2.
    """
    if not 0 < old_size <= new_size:
        raise ProofError("the old size is 0 or larger than the new one")
    tiles, path, low, high = _Tiles(new_size, read), [], 0, new_size
    while old_size < high:
        middle = low + _half(high - low)
        if old_size <= middle:
            path.append((middle, high))
            high = middle
        else:
            path.append((low, middle))
            low = middle
    if low:
        path.append((low, high))
    return [tiles.root(*span) for span in reversed(path)]


def _half(n: int) -> int:
    """The largest power of two below n."""
    return 1 << (n - 1).bit_length() - 1


def _fold(hashes: list[bytes]) -> bytes:
    """The root over 1, 2, 4, … 256 hashes."""
    while len(hashes) > 1:
        hashes = [node_hash(hashes[at], hashes[at + 1]) for at in range(0, len(hashes), 2)]
    return hashes[0]


def _read(read: Read, tile: Tile) -> bytes:
    level, index, width = tile
    hashes = read(level, index, width)[: width * HASH_SIZE]
    if len(hashes) != width * HASH_SIZE:
        raise ProofError(f"tile {level}/{index} holds fewer than {width} hashes")
    return hashes


class _Tiles:
    """The tiles of one tree, each read at most once."""

    def __init__(self, size: int, read: Read) -> None:
        self._size = size
        self._source = read
        self._kept: dict[tuple[int, int], bytes] = {}

    def root(self, low: int, high: int) -> bytes:
        """MTH(D[low:high]) for a span that RFC 6962 cuts the tree into."""
        return peak(self.peaks(low, high))

    def peaks(self, low: int, high: int) -> list[bytes]:
        """Roots of the complete subtrees of such a span, largest first."""
        found = []
        while low < high:
            height = (high - low).bit_length() - 1
            found.append(self._node(height, low >> height))
            low += 1 << height
        return found

    def _node(self, height: int, index: int) -> bytes:
        level, above = divmod(height, TILE_HEIGHT)
        number, offset = divmod(index << above, TILE_WIDTH)
        hashes = self._tile(level, number)[offset * HASH_SIZE : (offset + (1 << above)) * HASH_SIZE]
        return _fold(split_hashes(hashes))

    def _tile(self, level: int, index: int) -> bytes:
        if (level, index) not in self._kept:
            width = min(TILE_WIDTH, (self._size >> TILE_HEIGHT * level) - index * TILE_WIDTH)
            self._kept[level, index] = _read(self._source, (level, index, width))
        return self._kept[level, index]
