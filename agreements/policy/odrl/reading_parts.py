"""The parts of an agreement that are nodes of ODRL or DPV: parties, purposes, sets. Not here: rules."""

from typing import Any

from agreements.policy.odrl.reading import Node
from agreements.policy.odrl.terms import CAPACITIES, EVERYBODY, expand, word_of
from agreements.policy.vocabulary import BUREAU

PARTY = "Schrijf vb-party: met het type of de code van de organisatie, zoals vb-party:POL."
PURPOSE = "Schrijf vb-purpose: met de code van het doel, zoals vb-purpose:pga_youth."
FIELD = "Schrijf vb-field: met de code van een veld, zoals vb-field:full_name."
_CAPACITY = f"Kies uit: {', '.join(CAPACITIES)}."


def read_parts(node: Node) -> dict[str, Any]:
    """`parties`, `bureau`, `purposes` and `sets` as a document has them; what is empty is left out."""
    found = {"purposes": _purposes(node), "sets": _sets(node)}
    return {**_parties(node), **{key: value for key, value in found.items() if value}}


def party_of(value: str) -> str | None:
    """The party token behind a term; "*" for everybody."""
    return "*" if expand(value) == expand(EVERYBODY) else word_of(value, "vb-party")


def _parties(node: Node) -> dict[str, Any]:
    parties: dict[str, list[str]] = {}
    found: dict[str, Any] = {"parties": parties}
    for party in node.nodes("parties"):
        party.skip("type")
        tokens = party.words("uid", "vb-party", PARTY)
        capacity = party.text("capacity", _CAPACITY)
        if capacity and capacity not in CAPACITIES:
            party.wrong("odrl_word", "capacity", f"de hoedanigheid '{capacity[:80]}' bestaat niet.", _CAPACITY)
        elif not tokens:
            _is_missing(party, "uid", PARTY)
        elif capacity == BUREAU:
            found["bureau"] = {"code": tokens[0], "acts_for": _one(party, "acts_for")}
        elif capacity:
            parties.setdefault(capacity, []).append(tokens[0])
        party.close()
    return found


def _one(node: Node, key: str) -> str:
    words = node.words(key, "vb-party", PARTY)
    _is_missing(node, key, PARTY)
    return words[0] if words else ""


def _is_missing(node: Node, key: str, remedy: str) -> None:
    """A finding when there is nothing under this key."""
    if not node.has(key):
        node.wrong("odrl_missing", key, f"'{key}' ontbreekt.", remedy)


def _purposes(node: Node) -> dict[str, str]:
    found: dict[str, str] = {}
    for purpose in node.nodes("hasPurpose"):
        purpose.skip("type")
        article = purpose.text("article", 'Noem het artikel van dit doel, zoals "4.1".')
        codes = purpose.words("uid", "vb-purpose", PURPOSE)
        if article in found:
            remedy = "Geef elk doel een eigen artikelnummer."
            purpose.wrong("odrl_twice", "article", f"het nummer '{article}' heeft al een doel.", remedy)
        _is_missing(purpose, "uid", PURPOSE)
        if codes and article:
            found[article] = codes[0]
        purpose.close()
    return found


def _sets(node: Node) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for item in node.nodes("sets"):
        item.skip("type", "uid")
        name = item.text("name", "Geef de set een naam.")
        if name in found:
            item.wrong(
                "odrl_twice", "name", f"de set '{name[:80]}' staat er twee keer.", "Geef elke set een eigen naam."
            )
        found[name] = item.words("fields", "vb-field", FIELD)
        item.close()
    found.pop("", None)
    return found


def personal_data(node: Node) -> None:
    """Read past the descriptions of fields: they say nothing that the catalogue does not."""
    for item in node.nodes("hasPersonalData"):
        item.skip("type", "title")
        item.words("uid", "vb-field", FIELD)
        item.close()
