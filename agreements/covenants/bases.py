"""A legal basis as people write it: "AVG-6-1-e" is "AVG art. 6 lid 1 onder e". Names of laws are not translated.

Only the way of writing; whether a basis is right for a field is for regimes.py and the linter.
"""

from collections.abc import Iterable

LAWS = {
    "ARBO": "Arbowet",
    "AVG": "AVG",
    "BGS": "Bgs",
    "BW": "BW",
    "GEMW": "Gemeentewet",
    "JW": "Jeugdwet",
    "LPW": "Leerplichtwet",
    "UAVG": "UAVG",
    "WGS": "Wgs",
    "WJSG": "Wjsg",
    "WMO": "Wmo 2015",
    "WPG": "Wpg",
}
"""The laws by the code that covenants use for them; another code is shown as it is."""

_BY_CHAPTER = frozenset({"WMO"})


def basis_words(code: str) -> str:
    """One basis in words; a code that does not begin with a law of LAWS stays as it is."""
    law, *parts = code.split("-")
    if law not in LAWS or not parts:
        return code
    if law == "BW" and len(parts) > 1:
        return f"BW art. {parts[0]}:{parts[1]}"
    if law in _BY_CHAPTER and len(parts) == 1:
        return f"{LAWS[law]} hfst. {parts[0]}"
    article, *rest = parts
    if not rest:
        return f"{LAWS[law]} art. {article}"
    if not rest[0].isdigit():
        return f"{LAWS[law]} art. {', '.join(parts)}"
    letters = f" onder {' en '.join(rest[1:])}" if rest[1:] else ""
    return f"{LAWS[law]} art. {article} lid {rest[0]}{letters}"


def bases_words(codes: Iterable[str]) -> str:
    """Several, each once, in their order, as one text."""
    return "; ".join(dict.fromkeys(basis_words(code) for code in codes))
