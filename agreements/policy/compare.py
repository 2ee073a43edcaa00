"""Two policies, the same questions: which fields are gained and which lost. Counting facts is for cases."""

from collections.abc import Iterable, Iterator

from agreements.policy.decide import Policy, decide
from agreements.policy.question import Mask, Question

Change = tuple[Mask, Mask]
"""Gained and lost: visible under the second and not the first, and the other way round."""


def gained_lost(before: Policy, after: Policy, questions: Iterable[Question]) -> Iterator[Change]:
    """Per question, in order, the visible fields gained and lost. The policies must share a catalogue."""
    for question in questions:
        old, new = decide(before, question).visible, decide(after, question).visible
        yield new & ~old, old & ~new
