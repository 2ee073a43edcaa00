"""The tree in tiles: it agrees with the definition, costs what it promises, and a restart changes nothing."""

import hashlib

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from audit.proofs.tree import Range, consistency_proof, grow, inclusion_proof, tiles_between, tiles_of
from audit.proofs.verifier import ProofError, root, verify_consistency, verify_inclusion
from tests.audit.proofs import oracle

HEX_LEAVES = ("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")
LEAVES = [oracle.leaf(number.to_bytes(4, "big")) for number in range(1200)]
sizes = st.integers(0, 700)


class Store:
    """Tiles by place, as a database would keep them; counts what is read."""

    def __init__(self) -> None:
        self.tiles: dict[tuple[int, int], bytes] = {}
        self.reads: list[tuple[int, int, int]] = []

    def read(self, level: int, index: int, width: int) -> bytes:
        self.reads.append((level, index, width))
        return self.tiles[level, index]

    def add(self, old_size: int, leaves: list[bytes]) -> list[tuple[int, int, int]]:
        made = list(grow(old_size, leaves, self.read))
        for (level, index, _), hashes in made:
            self.tiles[level, index] = hashes
        return [tile for tile, _ in made]


def store_of(leaves: list[bytes]) -> Store:
    store = Store()
    store.add(0, leaves)
    return store


class Virtual:
    """A log of any size whose leaves are all equal, so that only one tile per level and width need be made."""

    def __init__(self) -> None:
        self.reads = 0
        self.same = [oracle.leaf(b"")]

    def read(self, level: int, index: int, width: int) -> bytes:
        self.reads += 1
        while len(self.same) <= level * 8:
            self.same.append(hashlib.sha256(b"\x01" + self.same[-1] * 2).digest())
        return self.same[level * 8] * width


def test_the_published_roots_of_rfc_6962():
    state = Range()
    roots = [state.root()]
    for text in HEX_LEAVES:
        state.append(oracle.leaf(bytes.fromhex(text)))
        roots.append(state.root())

    begins = [
        "e3b0c442",
        "6e340b9c",
        "fac54203",
        "aeb6bcfe",
        "d37ee418",
        "4e3bbb1f",
        "76e67dad",
        "ddb89be4",
        "5dc9da79",
    ]
    assert [r.hex()[:8] for r in roots] == begins
    assert roots[-1].hex() == "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"


@given(sizes)
def test_a_range_has_the_root_of_the_definition(size):
    state = Range()
    state.extend(LEAVES[:size])

    assert state.root() == oracle.mth(LEAVES[:size]) == root(LEAVES[:size])
    assert state.size == size


@given(sizes, st.integers(0, 300))
def test_a_restart_from_bytes_or_from_tiles_changes_nothing(size, more):
    state = Range()
    state.extend(LEAVES[:size])
    store = store_of(LEAVES[:size])

    again = [Range.from_bytes(state.to_bytes()), Range.from_tiles(size, store.read), Range(size, state.nodes)]
    for one in [state, *again]:
        one.extend(LEAVES[size : size + more])

    assert {one.root() for one in again} == {state.root()}
    assert len(store.reads) <= 2


@pytest.mark.parametrize(
    "state", [b"", b"\x00" * 7, b"\x00" * 9, (1).to_bytes(8, "big"), (2).to_bytes(8, "big") + b"x" * 31, b"\xff" * 8]
)
def test_bytes_that_are_no_state_are_refused(state):
    with pytest.raises(ProofError):
        Range.from_bytes(state)


def test_a_hash_of_another_length_is_refused():
    state = Range()
    with pytest.raises(ProofError):
        state.append(b"x" * 31)
    assert state.size == 0
    with pytest.raises(ProofError):
        list(grow(0, [b"x" * 31], Store().read))


def test_the_tiles_of_the_specification_s_example():
    tiles = list(tiles_of(70_000))

    assert [t for t in tiles if t[0] == 0 and t[2] < 256] == [(0, 273, 112)]
    assert [t for t in tiles if t[0]] == [(1, 0, 256), (1, 1, 17), (2, 0, 1)]
    assert len([t for t in tiles if t[0] == 0 and t[2] == 256]) == 273
    assert list(tiles_of(256)) == [(0, 0, 256), (1, 0, 1)]
    assert list(tiles_of(0)) == []


@given(sizes, sizes)
def test_tiles_between_are_those_that_the_older_tree_does_not_have(a, b):
    old, new = sorted((a, b))

    assert set(tiles_between(old, new)) == set(tiles_of(new)) - set(tiles_of(old))


@settings(max_examples=40)
@given(st.lists(st.integers(0, 300), min_size=1, max_size=4))
@example([255, 1, 256, 1])
@example([256, 256, 0, 1])
def test_growing_in_steps_makes_the_tiles_of_the_definition(steps):
    store, size = Store(), 0
    for step in steps:
        before = len(store.reads)
        assert store.add(size, LEAVES[size : size + step]) == list(tiles_between(size, size + step))
        assert len(store.reads) - before <= 2
        size += step

    for level, index, width in tiles_of(size):
        assert store.tiles[level, index] == oracle.tile(LEAVES[:size], level, index, width)


def test_a_third_level_of_tiles():
    leaf = oracle.leaf(b"")
    virtual, store = Virtual(), Store()

    made = store.add(0, [leaf] * 65_537)

    assert made[-3:] == [(0, 256, 1), (1, 0, 256), (2, 0, 1)]
    assert store.tiles[1, 0] == virtual.read(1, 0, 256)
    assert store.tiles[2, 0] == virtual.read(2, 0, 1)


@settings(max_examples=60)
@given(st.data())
def test_proofs_are_those_of_the_definition_and_verify(data):
    size = data.draw(st.integers(1, 700))
    index = data.draw(st.integers(0, size - 1))
    old = data.draw(st.integers(1, size))
    leaves = LEAVES[:size]
    store = store_of(leaves)

    inclusion = inclusion_proof(index, size, store.read)
    consistency = consistency_proof(old, size, store.read)

    assert inclusion == oracle.path(index, leaves)
    assert consistency == oracle.proof(old, leaves)
    assert verify_inclusion(index, size, leaves[index], inclusion, oracle.mth(leaves)) is None
    assert verify_consistency(old, size, oracle.mth(leaves[:old]), oracle.mth(leaves), consistency) is None


@settings(max_examples=60)
@given(st.integers(1, 2**62), st.data())
def test_proofs_of_a_log_of_any_size_read_two_tiles_per_level(size, data):
    index = data.draw(st.integers(0, size - 1))
    old = data.draw(st.integers(1, size))
    levels = (size.bit_length() + 7) // 8

    virtual = Virtual()
    whole = Range.from_tiles(size, virtual.read).root()
    before = Range.from_tiles(old, virtual.read).root()
    virtual.reads = 0
    inclusion = inclusion_proof(index, size, virtual.read)
    consistency = consistency_proof(old, size, virtual.read)

    assert virtual.reads <= 4 * levels
    verify_inclusion(index, size, oracle.leaf(b""), inclusion, whole)
    verify_consistency(old, size, before, whole, consistency)


def test_a_proof_about_nothing_is_refused():
    store = store_of(LEAVES[:5])
    for index, size in ((5, 5), (-1, 5), (0, 0)):
        with pytest.raises(ProofError):
            inclusion_proof(index, size, store.read)
    for old, new in ((0, 5), (6, 5), (-1, 5), (0, 0)):
        with pytest.raises(ProofError):
            consistency_proof(old, new, store.read)


def test_a_tile_that_is_too_short_is_refused():
    with pytest.raises(ProofError):
        inclusion_proof(0, 5, lambda level, index, width: b"x" * 32 * (width - 1))
    with pytest.raises(ProofError):
        Range.from_tiles(5, lambda level, index, width: b"")
