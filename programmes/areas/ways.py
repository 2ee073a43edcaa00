"""Ways that rooms above this one lay from the pages of areas, each only for who may go there."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise

from agreements.parties.reader import Visit


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """Where it leads (name of a route), what it says, and whether somebody may go there.

    of_one: it stands on the page of one area and its route takes the area's code; else on the page of all.
    """

    route: str
    label: str | Promise
    is_open: Callable[[Visit], bool]
    of_one: bool = False


_ways: dict[str, Way] = {}


def lay(way: Way) -> None:
    """Hand in a way; a second call for its route replaces the first."""
    _ways[way.route] = way


def ways_for(visit: Visit | None, *, of_one: bool = False) -> list[Way]:
    """Those of this page that are open to this visit; none for who is not signed in."""
    return [way for way in _ways.values() if way.of_one == of_one and way.is_open(visit)] if visit else []
