"""Where rooms above this one bring words about places: a signal says where it happens. Nothing is opened here."""

from collections.abc import Callable

from cases.disclosure.rows import Row
from cases.records.models import Case

RowsOf = Callable[[Case], tuple[Row, ...]]
_SUPPLIERS: dict[str, RowsOf] = {}


def supply_places(room: str, rows_of: RowsOf) -> None:
    """Say where `room` keeps words about places: sealed rows of a case, or none. Once, from AppConfig.ready."""
    _SUPPLIERS[room] = rows_of


def place_rows(case: Case) -> tuple[Row, ...]:
    """The rows of all rooms for this case, still sealed."""
    return tuple(row for room in sorted(_SUPPLIERS) for row in _SUPPLIERS[room](case))
