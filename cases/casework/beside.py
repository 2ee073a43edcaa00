"""Links beside the joint picture of a case to what upper floors have of it. What a floor has not, leaves no trace."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from cases.disclosure.reading import Reading

Links = Callable[[Reading, str], Iterable["Beside"]]
"""The links of a case (its number) that exist for this reader; journals what it shows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """One link. group: the heading it stands under."""

    group: str
    label: str
    url: str


_LINKS: dict[str, Links] = {}


def enter_links(floor: str, links: Links) -> None:
    """Add those of a floor; called once, from AppConfig.ready. The same floor again replaces them."""
    _LINKS[floor] = links


def groups_of(reading: Reading, number: str) -> list[tuple[str, list[Beside]]]:
    """The links of every floor, by heading."""
    found: dict[str, list[Beside]] = {}
    for links in _LINKS.values():
        for one in links(reading, number):
            found.setdefault(one.group, []).append(one)
    return list(found.items())
