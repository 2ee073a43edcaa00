"""One wrong reader at one route, and how they are refused. The lists are in denials*.py."""

from collections.abc import Callable
from dataclasses import dataclass, field

from agreements.models import Membership
from agreements.parties.tokens import issue_token
from tests.invariants.world import World

Url = Callable[[World], str]
REFUSED = frozenset({302, 401, 403, 404})


@dataclass(frozen=True)
class Denial:
    """One wrong reader at one route. `wrong` is a persona, or None for somebody who is not signed in."""

    route: str
    url: Url
    wrong: str | None = None
    method: str = "GET"
    body: str = ""
    content_type: str = "application/json"
    headers: Callable[[World], dict[str, str]] | None = None
    refusals: frozenset[int] = field(default=REFUSED)


def fixed(path: str) -> Url:
    """An address that is the same in every world."""
    return lambda world: path


def bearer(key: str, purpose: str, *, case: str = "") -> Callable[[World], dict[str, str]]:
    """The header of a token of this persona for this purpose."""

    def headers(world: World) -> dict[str, str]:
        membership = Membership.objects.filter(professional=world.people[key]).select_related("agency").first()
        token = issue_token(membership, purpose=purpose, case=case)
        return {"Authorization": f"Bearer {token.token}"}

    return headers
