"""The words of the profile: namespaces, the JSON-LD context, and how words of a covenant become terms and back.

Sources: ODRL Information Model 2.2 and Vocabulary 2.2 (W3C, 15 February 2018); Data Privacy Vocabulary 2
(https://w3id.org/dpv) with its EU-GDPR extension, and the DPV mapping for ODRL. What neither has is `vb`.
"""

from typing import Any
from urllib.parse import quote, unquote

from agreements.policy.vocabulary import ANY

PROFILE = "urn:verbond:odrl:1"
VB = f"{PROFILE}:"
ODRL = "http://www.w3.org/ns/odrl/2/"
DPV = "https://w3id.org/dpv#"

PREFIXES: dict[str, str] = {
    "odrl": ODRL,
    "dpv": DPV,
    "eu-gdpr": "https://w3id.org/dpv/legal/eu/gdpr#",
    "dct": "http://purl.org/dc/terms/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "vb": VB,
    **{
        f"vb-{name}": f"{VB}{name}:"
        for name in (
            "basis", "channel", "condition", "covenant", "field", "kind", "notified", "party", "phase", "purpose",
            "regime", "role",
        )
    },
}  # fmt: skip

_IRI = "@id"


def _node(term: str) -> dict[str, str]:
    return {"@id": term, "@type": _IRI}


# Stands by itself: nothing is fetched. Keys that are not named fall under `vb` through @vocab.
CONTEXT: dict[str, Any] = {
    "@version": 1.1,
    "@vocab": VB,
    **PREFIXES,
    "uid": _IRI,
    "type": "@type",
    "profile": _node("odrl:profile"),
    "conflict": _node("odrl:conflict"),
    "permission": _node("odrl:permission"),
    "prohibition": _node("odrl:prohibition"),
    "duty": _node("odrl:duty"),
    "assigner": _node("odrl:assigner"),
    "assignee": _node("odrl:assignee"),
    "informedParty": _node("odrl:informedParty"),
    "action": _node("odrl:action"),
    "target": _node("odrl:target"),
    "constraint": _node("odrl:constraint"),
    "or": _node("odrl:or"),
    "leftOperand": _node("odrl:leftOperand"),
    "operator": _node("odrl:operator"),
    "rightOperand": _node("odrl:rightOperand"),
    "hasPurpose": _node("dpv:hasPurpose"),
    "hasLegalBasis": _node("dpv:hasLegalBasis"),
    "hasPersonalData": _node("dpv:hasPersonalData"),
    "fields": _node("vb:fields"),
    "acts_for": _node("vb:acts_for"),
    "title": "dct:title",
    "articles": {"@id": "vb:articles", "@container": "@list"},
    "asWritten": {"@id": "vb:asWritten", "@type": "@json"},
}

CONSULT, ANNOUNCE, USE = "dpv:Consult", "vb:announce", "odrl:use"
"""Reading a value; learning that it is held; anything at all (both are `odrl:includedIn` it)."""

EVERYBODY, NOBODY, NO_FIELD = "vb:Everybody", "vb:Nobody", "vb:NoField"
"""A list of senders or recipients that is "*", one that is empty, and a rule that names no field.

An empty array says nothing in JSON-LD, and "nothing said" would read as "no limit".
"""

REVIEW, WITHIN, LASTS = "vb:review", "odrl:delayPeriod", "odrl:elapsedTime"

DUTIES: dict[str, tuple[str, str]] = {
    "log": ("odrl:acceptTracking", ""),
    "notify_source": ("odrl:inform", "vb:Source"),
    "secrecy": ("vb:keepSecret", ""),
    "watermark": ("odrl:watermark", ""),
    "no_export": ("vb:refrainFromExport", ""),
    "feedback_yearly": ("vb:giveFeedbackYearly", ""),
    "inform_subject": ("odrl:inform", "dpv:DataSubject"),
}
"""Obligations as an action and whom it informs."""

CAPACITIES: dict[str, str] = {
    "controller": "dpv:DataController",
    "participant": "vb:Participant",
    "third_party": "dpv:ThirdParty",
    "bureau": "vb:Bureau",
}

DELIVERIES = ("live", "extract", "inbound", "break_glass")

LISTS: dict[str, tuple[str, str]] = {
    "purposes": ("odrl:purpose", "vb-purpose"),
    "roles": ("vb:role", "vb-role"),
    "phases": ("vb:phase", "vb-phase"),
    "case_kinds": ("vb:caseKind", "vb-kind"),
}
"""Lists of a rule that become a constraint `isAnyOf`: its left operand and the prefix of its values."""

_GDPR = frozenset({*(f"6-1-{letter}" for letter in "abcdef"), *(f"9-2-{letter}" for letter in "abcdefghij")})
_AVG, _GDPR_TERM = "AVG-", "eu-gdpr:A"


def iri(prefix: str, word: str) -> str:
    """A word of a covenant as a compact IRI: `vb-field:full_name`. Whatever cannot stand in one is escaped."""
    return f"{prefix}:{quote(word, safe='.')}"


def expand(value: str) -> str:
    """A compact IRI in full; what has no known prefix stays as it is."""
    prefix, found, rest = value.partition(":")
    return PREFIXES[prefix] + rest if found and prefix in PREFIXES else value


def word_of(value: str, prefix: str) -> str | None:
    """The word behind an IRI of this prefix, compact or in full; None for any other text."""
    full = expand(value)
    start = PREFIXES[prefix]
    return unquote(full[len(start) :]) if full.startswith(start) and len(full) > len(start) else None


def party_iri(token: str) -> str:
    """A party token, which may be "*", as a term."""
    return EVERYBODY if token == ANY else iri("vb-party", token)


def basis_iri(word: str) -> str:
    """A legal basis: a term of DPV for the GDPR's own grounds, else one under `vb-basis`."""
    ground = word.removeprefix(_AVG)
    return f"{_GDPR_TERM}{ground}" if word.startswith(_AVG) and ground in _GDPR else iri("vb-basis", word)


def basis_of(value: str) -> str | None:
    """The legal basis behind a term; None for any other text."""
    start = expand(_GDPR_TERM)
    ground = expand(value).removeprefix(start)
    if expand(value).startswith(start) and ground in _GDPR:
        return f"{_AVG}{ground}"
    return word_of(value, "vb-basis")


def policy_iri(code: str, version: int) -> str:
    """The identifier of one version."""
    return f"{iri('vb-covenant', code)}/{version}"
