"""Several readers at one screen: what all of them may know, which is the minimum of their decisions."""

from collections.abc import Iterable

from agreements.policy.decide import Policy, decide
from agreements.policy.fold import NOTHING, Decision, Rights
from agreements.policy.question import Question
from agreements.policy.rows import ArticleRef


def decide_together(policy: Policy, questions: Iterable[Question]) -> Decision:
    """The pointwise minimum over the questions, in the order silent < announced < visible.

    One question a reader, about the same facts. Nobody in the room means nothing on the screen.
    grants, notices: everybody's articles, for what is left. obligations: everybody's, as soon as
    something is left: whoever reads along takes the strictest care.
    """
    return minimum(tuple(decide(policy, question) for question in questions))


def minimum(decisions: tuple[Decision, ...]) -> Decision:
    """The pointwise minimum of decisions about the same facts; of none it is nothing.

    Also serves "bekijk als": another reader's decision and one's own, never wider than either.
    """
    if not decisions:
        return NOTHING
    visible = known = ~0
    for decision in decisions:
        visible &= decision.visible
        known &= decision.visible | decision.announced
    announced = known & ~visible
    return Decision(
        visible=visible,
        announced=announced,
        obligations=frozenset[str]().union(*(d.obligations for d in decisions)) if known else frozenset(),
        grants=_left((decision.grants for decision in decisions), visible),
        notices=_left((r for d in decisions for r in (d.grants, d.notices)), announced),
        until=min((d.until for d in decisions if d.until is not None), default=None),
    )


def _left(rights: Iterable[Rights], mask: int) -> Rights:
    """Each article once, with what of it is left."""
    found: dict[ArticleRef, int] = {}
    for right in rights:
        for ref, bits in right:
            found[ref] = found.get(ref, 0) | bits & mask
    return tuple((ref, bits) for ref, bits in found.items() if bits)
