"""What else waits for an officer on the workbench: other rooms enter themselves, such as reviews of break-glass."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from audit.journal.reading import Officer
from foundation import clock


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """One thing to judge. title: what, in words; who, agency, case: references; due: before when, if at all.

    icon: name of a drawing in components/icon.html.
    """

    title: str
    url: str
    since: datetime
    who: str = ""
    agency: str = ""
    case: str = ""
    due: datetime | None = None
    icon: str = "bolt"

    @property
    def late(self) -> bool:
        """Whether its deadline passed."""
        return self.due is not None and self.due < clock.now()


QueueSource = Callable[[Officer], Iterable[Waiting]]
_sources: dict[str, QueueSource] = {}


def supply_source(room: str, source: QueueSource) -> None:
    """From now on the workbench asks `source` what waits for this officer, within their scope."""
    _sources[room] = source


def waiting(officer: Officer) -> Iterator[Waiting]:
    """Everything that other rooms have waiting for this officer."""
    for source in _sources.values():
        yield from source(officer)
