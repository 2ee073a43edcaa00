"""The register of faces: every page and API operation enters itself here with what it shows.

A route that is in the URL resolver and not in this register fails the suite
(tests/architecture/test_routes.py), and so does one without a denial test.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

View = TypeVar("View", bound=Callable[..., Any])


class Shows(StrEnum):
    """What leaves by a route; `CASE_DATA` routes must go through disclosure and join the marker crawl."""

    NOTHING = "nothing"
    CASE_DATA = "case_data"
    RULES = "rules"
    JOURNAL = "journal"
    OWN_ACCOUNT = "own_account"


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """One face: its name, what it shows, and whether somebody must be signed in."""

    name: str
    shows: Shows
    public: bool


REGISTER: dict[str, Route] = {}


def route(name: str, *, shows: Shows, public: bool = False) -> Callable[[View], View]:
    """Enter a view in the register as `name` (the URL name, or `api:` and the operation id).

    Raises ValueError when the name is taken: two faces with one name would share one test.
    """

    def enter(view: View) -> View:
        if name in REGISTER:
            raise ValueError(f"route {name!r} is entered twice")
        REGISTER[name] = Route(name=name, shows=shows, public=public)
        return view

    return enter
