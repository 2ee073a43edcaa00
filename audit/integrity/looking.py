"""What an officer sees of the log's integrity, and the record of the look. Pages and API call only this."""

from dataclasses import dataclass

from audit.integrity.events import LOOKED
from audit.integrity.models import Bundle, Verification
from audit.journal.apart import keep
from audit.journal.reading import Officer, look
from audit.pruning import queries
from audit.pruning.models import PruneRun
from audit.pruning.terms import terms_at
from audit.sealing.state import State, state
from foundation import clock


@dataclass(frozen=True, slots=True, kw_only=True)
class Integrity:
    """How the log stands, this officer's own bundles, the last checks of bundles, and pruning.

    may_propose: whether this officer may propose to prune.
    """

    state: State
    bundles: tuple[Bundle, ...]
    verifications: tuple[Verification, ...]
    due: queries.Due
    runs: tuple[PruneRun, ...]
    may_propose: bool


def integrity(officer: Officer) -> Integrity:
    """Everything, recorded as one look. Raises JournalUnavailable."""
    found = Integrity(
        state=state(),
        bundles=bundles_of(officer),
        verifications=tuple(Verification.objects.order_by("-id")[:5]),
        due=queries.due(terms_at(clock.now())),
        runs=tuple(queries.runs()),
        may_propose=officer.scope is None,
    )
    keep([look(officer, {"size": found.state.size}, event=LOOKED)])
    return found


def bundles_of(officer: Officer) -> tuple[Bundle, ...]:
    """The last bundles that this officer asked for, newest first."""
    return tuple(Bundle.objects.filter(ordered_by=officer.visitor.actor_ref).order_by("-id")[:5])
