"""Who wants to know that a source mends its own facts: rooms above enter themselves here."""

from collections.abc import Callable

from cases.disclosure.reading import Reading
from cases.records.models import Contribution

Mended = Callable[[Reading, Contribution, str], None]
CORRECTED, WITHDRAWN = "corrected", "withdrawn"
_ACTS: dict[str, Mended] = {}


def when_mended(name: str, act: Mended) -> None:
    """Call `act` with a contribution that is about to be corrected or withdrawn, as it still stands.

    It is called in the transaction of the change, inside its write scope. The same name again replaces it.
    """
    _ACTS[name] = act


def mending(reading: Reading, made: Contribution, kind: str) -> None:
    """Tell everybody who entered; called before the change is written."""
    for act in _ACTS.values():
        act(reading, made, kind)
