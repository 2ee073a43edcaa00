"""Who wants to know that facts changed: rooms above enter themselves here. Not here: what they do with it."""

from collections.abc import Callable, Collection

FactsChanged = Callable[[Collection[int]], None]
_ACTS: dict[str, FactsChanged] = {}


def when_facts_change(name: str, act: FactsChanged) -> None:
    """Call `act` with the row numbers of contributions that were added, corrected or withdrawn.

    It is called in the transaction of the change, inside its write scope: both stand or neither does.
    The same name again replaces it.
    """
    _ACTS[name] = act


def facts_changed(contribution_ids: Collection[int]) -> None:
    """Tell everybody who entered; called by whatever writes contributions, after it has written them."""
    if contribution_ids:
        for act in _ACTS.values():
            act(contribution_ids)
