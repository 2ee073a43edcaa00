"""A covenant document to an ODRL agreement. The rules of one article: exporting_rules.py; back: importing.py."""

from collections.abc import Iterable
from typing import Any

from agreements.policy.catalogue import Catalogue, Field
from agreements.policy.odrl.exporting_rules import RuleWriter
from agreements.policy.odrl.reading import Findings, Node, note_of
from agreements.policy.odrl.reading_parts import read_parts
from agreements.policy.odrl.terms import CAPACITIES, CONTEXT, PROFILE, iri, party_iri, policy_iri
from agreements.policy.schema import Article, CovenantDocument, RuleKind
from agreements.policy.vocabulary import AGENCY_TYPES, BUREAU

_AS_NODES = ("parties", "bureau", "purposes", "sets", "articles")
_RULES = tuple(kind.value for kind in RuleKind)
_CLASSES = {"o": "dpv:PersonalData", "n": "dpv:NonPersonalData", "s": "dpv:SpecialCategoryPersonalData"}


def to_odrl(document: CovenantDocument, catalogue: Catalogue) -> dict[str, Any]:
    """The covenant as an odrl:Agreement in JSON-LD of this profile, with its context inside.

    `from_odrl` gives the same document back, with the same canonical JSON. Raises KeyError for a word that
    does not exist: a document that `load_document` would refuse.
    """
    written = document.model_dump(mode="json", by_alias=True, exclude_unset=True)
    uid = policy_iri(document.code, document.version)
    writer = RuleWriter(document, catalogue, uid)
    rules = [(kind, writer.node(kind, article, rule)) for kind, _path, article, rule in document.placed_rules()]
    head = {
        "@context": CONTEXT,
        "uid": uid,
        "type": "odrl:Agreement",
        "profile": PROFILE,
        "conflict": "odrl:prohibit",
        **{key: value for key, value in written.items() if key not in _AS_NODES},
        "parties": _parties(document),
        "hasPurpose": _purposes(document),
        "sets": _sets(document, uid),
    }
    note = _note(head, written)
    return {
        **head,
        **({"asWritten": note} if note else {}),
        "articles": [_article(item) for item in document.articles],
        "permission": [node for kind, node in rules if kind is not RuleKind.PROHIBITION],
        "prohibition": [node for kind, node in rules if kind is RuleKind.PROHIBITION],
        "hasPersonalData": [_field(field) for field in catalogue.fields if field.code in writer.named],
    }


def _note(head: dict[str, Any], written: dict[str, Any]) -> dict[str, Any]:
    """What the nodes cannot tell of how the parts were written: keys that stand there with nothing in them."""
    keys = ("parties", "bureau", "purposes", "sets")
    return note_of({key: written[key] for key in keys if key in written}, read_parts(Node(head, "", Findings())))


def _parties(document: CovenantDocument) -> list[dict[str, Any]]:
    found = [
        _party(token, capacity) for capacity, tokens in document.parties for token in tokens
    ]  # in the order of the document
    if document.bureau is not None:
        found.append({**_party(document.bureau.code, BUREAU), "acts_for": party_iri(document.bureau.acts_for)})
    return found


def _party(token: str, capacity: str) -> dict[str, Any]:
    """A type of agency is a collection of parties; an agency is one party."""
    kind = "odrl:PartyCollection" if token in AGENCY_TYPES else "odrl:Party"
    return {"uid": party_iri(token), "type": [kind, CAPACITIES[capacity]], "capacity": capacity}


def _purposes(document: CovenantDocument) -> list[dict[str, Any]]:
    return [
        {"uid": iri("vb-purpose", code), "type": "dpv:Purpose", "article": number}
        for number, code in document.purposes.items()
    ]


def _sets(document: CovenantDocument, uid: str) -> list[dict[str, Any]]:
    return [
        {
            "uid": f"{uid}#set-{iri('x', name)[2:]}",
            "type": "odrl:AssetCollection",
            "name": name,
            "fields": _fields(codes),
        }
        for name, codes in document.sets.items()
    ]


def _fields(codes: Iterable[str]) -> list[str]:
    return [iri("vb-field", code) for code in codes]


def _article(article: Article) -> dict[str, Any]:
    """Number, text and agreements that are no rules, by their own names; the rules point here by number."""
    written = article.model_dump(mode="json", by_alias=True, exclude_unset=True)
    return {key: value for key, value in written.items() if key not in _RULES or not value}


def _field(field: Field) -> dict[str, Any]:
    return {
        "uid": iri("vb-field", field.code),
        "type": ["odrl:Asset", _CLASSES.get(field.data_class, "dpv:SensitivePersonalData")],
        "title": field.label_nl,
    }
