"""Ways that rooms above this one lay from the page of all areas, each only for who may go there."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise

from agreements.parties.reader import Visit


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """Where it leads (name of a route), what it says, and whether somebody may go there."""

    route: str
    label: str | Promise
    is_open: Callable[[Visit], bool]


_ways: dict[str, Way] = {}


def lay(way: Way) -> None:
    """Hand in a way; a second call for its route replaces the first."""
    _ways[way.route] = way


def ways_for(visit: Visit | None) -> list[Way]:
    """Those that are open to this visit; none for who is not signed in."""
    return [way for way in _ways.values() if way.is_open(visit)] if visit else []
