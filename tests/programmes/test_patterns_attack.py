"""Attacks on signal patterns: who sees all that is ever shown, and knows their own part, cannot find a few others.

The oracle is brute force: every small world that could be, grouped by what an attacker sees of it.
"""

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programmes.patterns.rules import is_cluster, released

T = 10
World = tuple[int, ...]
small = st.integers(0, 40)


def others_of(world: World, attacker: int | None) -> int:
    return sum(n for source, n in enumerate(world) if source != attacker)


def worlds(sources: int, most: int) -> Iterator[World]:
    return product(range(most + 1), repeat=sources)


@pytest.mark.parametrize("threshold", [2, 3, 4])
@pytest.mark.parametrize("attacker", [None, 0, 1, 2])
def test_whatever_is_shown_a_number_of_others_below_the_threshold_can_be_any_below_it(
    threshold: int, attacker: int | None
) -> None:
    seen: dict[tuple[int | None, int], set[int]] = defaultdict(set)
    for world in worlds(3, 2 * threshold + 1):
        own = None if attacker is None else world[attacker]
        seen[own, released(world, threshold=threshold)].add(others_of(world, attacker))

    below = set(range(threshold))
    assert seen
    assert all(below <= possible for possible in seen.values() if below & possible)


@pytest.mark.parametrize("attacker", [None, 0, 1])
def test_nor_do_all_cells_totals_differences_and_clusters_together_tell(attacker: int | None) -> None:
    """Three cells as quarters of one neighbourhood, with all that joins them: the total, differences, and a cluster."""
    threshold, cells = 2, 3
    seen: dict[object, list[tuple[int, ...]]] = defaultdict(list)
    for world in product(worlds(2, 3), repeat=cells):
        numbers = [released(cell, threshold=threshold) for cell in world]
        cluster = is_cluster(numbers[-1], numbers[:-1] * 2, threshold=threshold, least=4, times=2)
        view = (*numbers, sum(numbers), *(b - a for a, b in pairwise(numbers)), cluster)
        own = () if attacker is None else tuple(cell[attacker] for cell in world)
        seen[own, view].append(tuple(others_of(cell, attacker) for cell in world))

    below = set(range(threshold))
    for possible in seen.values():
        for place in range(cells):
            here = {world[place] for world in possible}
            assert below <= here or not below & here


@given(own=small, others=st.lists(st.integers(0, T - 1), max_size=4), where=st.integers(0, 4))
def test_fewer_others_than_the_threshold_change_nothing(own: int, others: list[int], where: int) -> None:
    while sum(others) >= T:
        others.pop()
    there = [*others[:where], own, *others[where:]]

    assert released(there, threshold=T) == released([own], threshold=T)


@given(counts=st.lists(small, max_size=6))
def test_what_is_shown_is_never_more_than_there_was_and_in_whole_thresholds(counts: list[int]) -> None:
    shown = released(counts, threshold=T)

    assert shown % T == 0
    assert shown <= sum(counts)
    assert shown > sum(counts) - T or shown == sum(n // T * T for n in counts)


def test_a_rule_that_only_rounds_the_sum_fails_the_same_oracle() -> None:
    """The oracle is no rubber stamp: the common rule, whole tens of the sum, gives a few others away."""
    threshold = 3
    seen: dict[tuple[int, int], set[int]] = defaultdict(set)
    for own, rest in worlds(2, 8):
        seen[own, (own + rest) // threshold * threshold].add(rest)

    below = set(range(threshold))
    assert any(below & possible and not below <= possible for possible in seen.values())


def test_a_cluster_needs_a_whole_year_and_what_is_hidden_counts_as_the_threshold() -> None:
    rule = {"threshold": T, "least": 20, "times": 2}
    assert is_cluster(40, [10, 10, 20, 20], **rule)
    assert is_cluster(20, [0, 0, 0, 0], **rule)
    assert not is_cluster(20, [0, 0, 0, 20], **rule)
    assert not is_cluster(10, [0, 0, 0, 0], **rule)
    assert not is_cluster(90, [10, 10, 10], **rule)
