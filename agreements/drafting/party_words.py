"""Which parties a text should name for the agencies that were chosen to sign. Pure; the text is changed by editing."""

from typing import Any

from agreements.drafting.answers import DraftPage, DraftPartyLine
from agreements.policy.vocabulary import BUREAU

CAPACITIES = ("controller", "participant", "third_party")


def parties_for_text(page: DraftPage) -> tuple[dict[str, list[str]], dict[str, str] | None]:
    """Tokens by capacity, and the bureau.

    A kind of agency is named by its type ("GEM"), as the rules do; one agency by its code ("GEM-MD") where
    another of its type has another capacity. What the text names already stays in its place, also where nobody
    was chosen for it yet: whom a covenant leaves out is not decided by a list that is still being filled.
    """
    named = _now(page)
    for party in page.parties:
        if party.capacity == BUREAU or party.expected == party.capacity:
            continue
        token = _token(party, page, named)
        for tokens in named.values():
            if token in tokens:
                tokens.remove(token)
        named[party.capacity].append(token)
    return {capacity: tokens for capacity, tokens in named.items() if tokens}, _bureau(page)


def _token(party: DraftPartyLine, page: DraftPage, named: dict[str, list[str]]) -> str:
    others = [other for other in page.parties if other.type == party.type and other.capacity != party.capacity]
    if others or any(party.code in tokens for tokens in named.values()):
        return party.code
    return party.type


def _now(page: DraftPage) -> dict[str, list[str]]:
    parties = page.head.get("parties")
    known: dict[str, Any] = parties if isinstance(parties, dict) else {}
    return {name: [str(token) for token in _listed(known.get(name))] for name in CAPACITIES}


def _bureau(page: DraftPage) -> dict[str, str] | None:
    """The bureau as it is, unless another was chosen; None leaves the text as it is."""
    chosen = next((party for party in page.parties if party.capacity == BUREAU), None)
    if chosen is None or chosen.expected == BUREAU:
        return None
    said = page.head.get("bureau")
    acts_for = said.get("acts_for") if isinstance(said, dict) else None
    owner = next((party.type for party in page.parties if party.code == page.owner_code), "GEM")
    return {"code": chosen.type, "acts_for": str(acts_for or owner)}


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else []
