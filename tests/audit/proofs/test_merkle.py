"""The verifier's five functions: they accept what the definition proves, and nothing that was changed."""

import itertools
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audit.proofs import verifier
from audit.proofs.verifier import ProofError, leaf_hash, node_hash, root, verify_consistency, verify_inclusion
from tests.audit.proofs import oracle

LEAVES = [oracle.leaf(number.to_bytes(4, "big")) for number in range(600)]
HASH = b"h" * 32
positions = st.integers(1, 300).flatmap(lambda size: st.tuples(st.integers(0, size - 1), st.just(size)))
pairs = st.integers(1, 300).flatmap(lambda size: st.tuples(st.integers(1, size), st.just(size)))


def flipped(value: bytes, bit: int) -> bytes:
    at = bit % (len(value) * 8)
    return bytes(b ^ (1 << at % 8 if n == at // 8 else 0) for n, b in enumerate(value))


def refuses(function: Any, *arguments: Any) -> bool:
    try:
        function(*arguments)
    except ProofError:
        return True
    return False


def way(index: int, size: int) -> list[bool]:
    """On which side the siblings stand, from the leaf up. Two places with one way are one place to a proof."""
    if size == 1:
        return []
    k = oracle.half(size)
    return [*way(index, k), False] if index < k else [*way(index - k, size - k), True]


def shape(old: int, new: int) -> tuple[Any, ...]:
    """How both roots are made of the hashes of a consistency proof."""
    names = itertools.count()

    def cut(m: int, n: int, whole: bool) -> tuple[Any, Any]:
        if m == n:
            name = "old root" if whole else next(names)
            return name, name
        k = oracle.half(n)
        if m <= k:
            before, after = cut(m, k, whole)
            return before, (after, next(names))
        before, after = cut(m - k, n - k, False)
        left = next(names)
        return (left, before), (left, after)

    return (*cut(old, new, True), next(names))


def test_leaf_and_node_hashes_are_those_of_rfc_6962():
    assert leaf_hash(b"").hex() == "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
    assert node_hash(leaf_hash(b""), leaf_hash(b"\x00")).hex().startswith("fac54203")
    assert root([]).hex().startswith("e3b0c442")
    assert root(iter(LEAVES[:5])) == oracle.mth(LEAVES[:5])


@given(positions, st.integers(0, 2**16))
def test_an_inclusion_proof_verifies_and_any_changed_bit_is_refused(place, bit):
    index, size = place
    leaves = LEAVES[:size]
    path, top = oracle.path(index, leaves), oracle.mth(leaves)

    verify_inclusion(index, size, leaves[index], path, top)
    verify_inclusion(index, size, leaves[index], tuple(path), top)

    assert refuses(verify_inclusion, index, size, flipped(leaves[index], bit), path, top)
    assert refuses(verify_inclusion, index, size, leaves[index], path, flipped(top, bit))
    for at in range(len(path)):
        changed = [*path[:at], flipped(path[at], bit), *path[at + 1 :]]
        assert refuses(verify_inclusion, index, size, leaves[index], changed, top)
        assert refuses(verify_inclusion, index, size, leaves[index], path[:at] + path[at + 1 :], top)
        assert refuses(verify_inclusion, index, size, leaves[index], [*path[:at], HASH, *path[at:]], top)
    assert refuses(verify_inclusion, index, size, leaves[index], [*path, HASH], top)


@given(positions, st.integers(0, 320), st.integers(0, 320))
def test_another_index_or_size_is_refused_unless_it_means_the_same_way_up(place, other_index, other_size):
    index, size = place
    leaves = LEAVES[:size]
    path, top = oracle.path(index, leaves), oracle.mth(leaves)

    for i, n in ((other_index, size), (index, other_size), (other_index, other_size)):
        same = i < n and way(i, n) == way(index, size)
        assert refuses(verify_inclusion, i, n, leaves[index], path, top) is not same
    if other_index != index:
        assert refuses(verify_inclusion, other_index, size, leaves[index], path, top)


@settings(max_examples=60)
@given(pairs, st.integers(0, 2**16))
def test_a_consistency_proof_verifies_and_any_changed_bit_is_refused(sizes, bit):
    old, new = sizes
    proof = oracle.proof(old, LEAVES[:new])
    before, after = oracle.mth(LEAVES[:old]), oracle.mth(LEAVES[:new])

    verify_consistency(old, new, before, after, proof)

    assert refuses(verify_consistency, old, new, flipped(before, bit), after, proof)
    assert refuses(verify_consistency, old, new, before, flipped(after, bit), proof)
    for at in range(len(proof)):
        changed = [*proof[:at], flipped(proof[at], bit), *proof[at + 1 :]]
        assert refuses(verify_consistency, old, new, before, after, changed)
        assert refuses(verify_consistency, old, new, before, after, proof[:at] + proof[at + 1 :])
    assert refuses(verify_consistency, old, new, before, after, [*proof, HASH])
    assert refuses(verify_consistency, new, old, after, before, proof) is (old != new)


@given(pairs, st.integers(0, 320), st.integers(0, 320))
def test_other_sizes_are_refused_unless_they_mean_the_same_proof(sizes, other_old, other_new):
    old, new = sizes
    proof = oracle.proof(old, LEAVES[:new])
    before, after = oracle.mth(LEAVES[:old]), oracle.mth(LEAVES[:new])

    for m, n in ((other_old, new), (old, other_new), (other_old, other_new)):
        same = 0 < m <= n and shape(m, n) == shape(old, new)
        assert refuses(verify_consistency, m, n, before, after, proof) is not same


def test_a_rewritten_beginning_is_refused_at_every_pair_of_sizes():
    """An insider who rewrites leaf 3 and computes everything anew cannot link it to the root known before."""
    rewritten = [*LEAVES[:3], oracle.leaf(b"rewritten"), *LEAVES[4:40]]
    for new in range(4, 41):
        for old in range(4, new + 1):
            known = oracle.mth(LEAVES[:old])
            assert refuses(
                verify_consistency, old, new, known, oracle.mth(rewritten[:new]), oracle.proof(old, rewritten[:new])
            )


@pytest.mark.parametrize("size", [0, 1, 2, 7])
def test_an_empty_old_tree_proves_nothing(size):
    empty = oracle.mth([])
    for proof in ([], [HASH], [oracle.mth(LEAVES[:size])]):
        assert refuses(verify_consistency, 0, size, empty, oracle.mth(LEAVES[:size]), proof)


def test_equal_sizes_need_equal_roots_and_no_proof():
    verify_consistency(5, 5, HASH, HASH, [])
    assert refuses(verify_consistency, 5, 5, HASH, HASH, [HASH])
    assert refuses(verify_consistency, 5, 5, HASH, b"g" * 32, [])


WRONG = [
    None,
    True,
    False,
    -1,
    0.0,
    1.0,
    2**63,
    "1",
    b"",
    b"x" * 31,
    b"x" * 33,
    bytearray(32),
    "x" * 32,
    [],
    {},
    object(),
]


def _wrong_calls() -> Iterator[tuple[Any, list[Any]]]:
    right: list[tuple[Any, list[Any]]] = [
        (leaf_hash, [b"data"]),
        (node_hash, [HASH, HASH]),
        (verify_inclusion, [1, 3, HASH, [HASH, HASH], HASH]),
        (verify_consistency, [2, 3, HASH, HASH, [HASH]]),
    ]
    lists = [*WRONG, [None], ["x" * 32], [HASH, b""], iter([HASH, HASH]), {HASH: 1}, {HASH}, b"x" * 64]
    for function, arguments in right:
        for at, value in enumerate(arguments):
            for wrong in lists if isinstance(value, list) else WRONG:
                if function is leaf_hash and isinstance(wrong, bytes):
                    continue
                yield function, [*arguments[:at], wrong, *arguments[at + 1 :]]
    for wrong in (None, 1, [None], [HASH, b""], "ab", [bytearray(32)], object()):
        yield root, [wrong]


@pytest.mark.parametrize(("function", "arguments"), list(_wrong_calls()))
def test_whatever_is_given_wrongly_is_a_proof_error_and_never_another(function, arguments):
    with pytest.raises(ProofError):
        function(*arguments)


values = st.one_of(
    st.none(), st.booleans(), st.integers(-2, 2**70), st.floats(), st.binary(max_size=40), st.text(max_size=3),
    st.just(HASH), st.lists(st.just(HASH) | st.binary(max_size=3), max_size=70),
)  # fmt: skip


@settings(max_examples=300)
@given(st.lists(values, min_size=5, max_size=5))
def test_arbitrary_values_prove_nothing_and_break_nothing(arguments):
    for function, count in ((verify_inclusion, 5), (node_hash, 2), (leaf_hash, 1), (root, 1)):
        try:
            function(*arguments[:count])
        except ProofError:
            continue
        # What is accepted by chance: one leaf that is its own root, or input that was no claim at all.
        assert function is not verify_inclusion or (arguments[2] == arguments[4] and arguments[3] == [])
    size1, size2, root1, root2, proof = arguments
    try:
        verify_consistency(size1, size2, root1, root2, proof)
    except ProofError:
        return
    assert (size1, root1) == (size2, root2)


def test_the_error_says_what_is_wrong():
    with pytest.raises(ProofError, match="outside the tree"):
        verify_inclusion(3, 3, HASH, [HASH, HASH], HASH)
    with pytest.raises(ProofError, match="too short"):
        verify_inclusion(0, 3, HASH, [HASH], HASH)
    assert issubclass(verifier.ProofError, Exception)
