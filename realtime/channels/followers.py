"""Who follows the log of channels: what they want to know beside each event, asked in the trip that stores it."""

from collections.abc import Callable, Sequence
from typing import Any, Protocol

from foundation.prepared import Question
from realtime.channels.models import Event


class Asks(Protocol):
    """What a follower asks of the store beside an event that is not numbered yet: one expression, with its parameters.

    The same text at every event.
    """

    def __call__(self, event: Event, *, membership: int) -> Question:
        """membership: whose words they are, 0 for a notice."""


Takes = Callable[[Event, Any], None]
"""Takes the event and the answer: inside the transaction that stores it, or after the statement that did."""
_followers: dict[str, tuple[Asks, Takes]] = {}


def follow(name: str, asks: Asks, takes: Takes) -> None:
    """Follow from now on; called once for each name, from AppConfig.ready."""
    _followers[name] = asks, takes


def questions(event: Event, *, membership: int) -> list[Question]:
    """What all of them ask, in the order of `hand_over`."""
    return [asks(event, membership=membership) for asks, _takes in _followers.values()]


def hand_over(event: Event, answers: Sequence[Any]) -> None:
    """The event is stored: each follower gets it with the answer to its question."""
    for (_asks, takes), answer in zip(_followers.values(), answers, strict=True):
        takes(event, answer)
