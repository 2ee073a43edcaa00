"""Who wants to know that a meeting ended: rooms above this one enter themselves here."""

from collections.abc import Callable

from cases.disclosure.reading import Reading
from cases.meetings.models import Meeting

AfterEnd = Callable[[Reading, Meeting], None]
_AFTER: dict[str, AfterEnd] = {}


def when_it_ends(name: str, act: AfterEnd) -> None:
    """Call `act` in the transaction that ends a meeting. The same name again replaces it."""
    _AFTER[name] = act


def tell(reading: Reading, meeting: Meeting) -> None:
    """Tell everybody who entered; called by the command that ends a meeting, inside its write scope."""
    for act in _AFTER.values():
        act(reading, meeting)
