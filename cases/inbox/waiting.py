"""Collects what waits for a reader in all rooms. A room enters by having a module `pending` with `pending_for`.

What stands on cases (programmes) supplies its own.
"""

from collections.abc import Callable
from functools import cache
from importlib import import_module
from importlib.util import find_spec

from cases.casework.pending import Pending
from cases.disclosure.reading import Reading
from cases.records.models import Case
from cases.records.phases import SHIELDED, State

ROOMS = (
    "breakglass", "intake", "triage", "requests", "extracts", "attachments", "plans", "meetings", "minutes",
    "retention", "subject_requests", "notices", "inbox",
)  # fmt: skip
"""The rooms in which something can wait; this one is the last of them."""

Asker = Callable[[Reading], tuple[Pending, ...]]
_above: list[Asker] = []

KEEPING = frozenset({"destruction", "retention", "renewal", "notice"})
"""Kinds that are about a case after its end."""


def waiting_for(reading: Reading) -> tuple[Pending, ...]:
    """Everything that waits for this reader: overdue first, then by day, then the oldest.

    A case that is closed or rejected is shielded here too, but for who keeps its term (domain 8).
    """
    found = [line for ask in (*_askers(), *_above) for line in ask(reading)]
    places = {line.place for line in found}
    # A draft is the file of a signal, which waits for who handles it.
    ended = [state.value for state in SHIELDED - {State.DRAFT}]
    shielded = set(Case.objects.filter(number__in=places, state__in=ended).values_list("number", flat=True))
    found = [line for line in found if line.place not in shielded or line.kind in KEEPING]
    return tuple(
        sorted(found, key=lambda line: (not line.overdue, line.due_on is None, str(line.due_on or ""), line.since))
    )


def supply_asker(ask: Asker) -> None:
    """What waits for a reader elsewhere than in a case. ask: gives its lines for this reading."""
    if ask not in _above:
        _above.append(ask)


@cache
def _askers() -> tuple[Asker, ...]:
    names = (f"cases.{room}.pending" for room in ROOMS)
    return tuple(import_module(name).pending_for for name in names if find_spec(name))
