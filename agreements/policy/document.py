"""Covenant text to a document, or every reason why not: article, line, what is wrong, what to do.

The shape is in schema.py, the words in references.py, the law in regimes.py (`check` is run apart).
"""

from collections.abc import Iterable
from dataclasses import dataclass

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from agreements.policy.catalogue import Catalogue
from agreements.policy.errors import DocumentInvalid, Finding
from agreements.policy.locations import Located, Path, line_of, read_yaml
from agreements.policy.references import check_references
from agreements.policy.repair import rest_of
from agreements.policy.rows import rows_of
from agreements.policy.schema import (
    Article,
    BreakGlass,
    CovenantDocument,
    Grant,
    Prohibition,
    Rule,
    RuleKind,
)

__all__ = [
    "Article", "BreakGlass", "CovenantDocument", "DocumentInvalid", "Finding", "Grant", "Prohibition",
    "Reading", "Rule", "RuleKind", "load_document", "read_content", "read_document",
]  # fmt: skip

TOP = "covenant"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What came of a text: a document, or `findings` and `rest`, the parts that had the right shape (if any).

    rest is never a covenant: rules may be missing from it, and its words may not exist.
    """

    document: CovenantDocument | None
    rest: CovenantDocument | None
    findings: tuple[Finding, ...]


def load_document(text: str, *, catalogue: Catalogue) -> CovenantDocument:
    """Parse a covenant of YAML (or JSON, which is YAML) with the single top key `covenant`.

    Raises DocumentInvalid with all findings, of shape and of words: where a part has the wrong shape, the
    words of the other parts are judged all the same.
    """
    reading = read_document(text, catalogue=catalogue)
    if reading.document is None:
        raise DocumentInvalid(reading.findings)
    return reading.document


def read_document(text: str, *, catalogue: Catalogue) -> Reading:
    """As load_document, but never raises: what is wrong stands in the reading, in order of line."""
    try:
        located = read_yaml(text)
        content = _content(located)
    except DocumentInvalid as error:
        return _unread(error.findings)
    lines = {path[1:]: line for path, line in located.lines.items() if path[:1] == (TOP,)}
    return read_content(content, lines=lines, catalogue=catalogue)


def read_content(content: object, *, lines: dict[Path, int], catalogue: Catalogue) -> Reading:
    """As read_document, of what a parser made of the text under `covenant`. lines: where each path stands."""
    try:
        document = CovenantDocument.model_validate(content)
    except ValidationError as error:
        details = error.errors()
        rest, words = rest_of(content, lines, details, catalogue)
        return _unread([*(_shape(detail, content, lines) for detail in details), *words], rest)
    document._lines.update(lines)
    findings = check_references(document, catalogue)
    if findings:
        return _unread(findings, document)
    rows_of(document, catalogue)  # resolved here and kept, so that compiling a new set of covenants is quick
    return Reading(document=document, rest=None, findings=())


def _unread(findings: Iterable[Finding], rest: CovenantDocument | None = None) -> Reading:
    return Reading(document=None, rest=rest, findings=DocumentInvalid(findings).findings)


def _content(located: Located) -> object:
    value = located.value
    if isinstance(value, dict) and set(value) == {TOP}:
        return value[TOP]
    remedy = f"Zet alles onder één sleutel '{TOP}:'."
    message = f"Een convenant begint met '{TOP}:' en niets anders op dat niveau."
    raise DocumentInvalid([_finding("no_covenant", "", line_of(located.lines, ()), message, remedy)])


def _finding(code: str, article: str, line: int, message: str, remedy: str) -> Finding:
    return Finding(severity="error", code=code, article=article, line=line, message=message, remedy=remedy)


def _shape(detail: ErrorDetails, content: object, lines: dict[Path, int]) -> Finding:
    path: Path = detail["loc"]
    message, remedy = _SENTENCES.get(detail["type"], _OTHERWISE)
    words = {"field": _field(path), "expected": "", **detail.get("ctx", {})}
    return _finding(
        detail["type"],
        _article(path, content),
        line_of(lines, path),
        message.format_map(words),
        remedy.format_map(words),
    )


def _field(path: Path) -> str:
    names = [part for part in path if isinstance(part, str)]
    return names[-1] if names else TOP


def _article(path: Path, content: object) -> str:
    """The rule or article a path runs through: the last `id` or `article` on the way down."""
    found, here = "", content
    for part in path:
        if isinstance(here, dict):
            here = here.get(part)
        elif isinstance(here, list | tuple) and isinstance(part, int) and part < len(here):
            here = here[part]
        else:
            break
        if isinstance(here, dict):
            found = str(here.get("id") or here.get("article") or found)
    return found


_QUOTES = 'Zet de waarde tussen aanhalingstekens, zoals "4.1".'
_LIST = ("'{field}' moet een lijst zijn.", "Schrijf [a, b].")
_MAPPING = ("'{field}' moet een blok met sleutels zijn.", "Schrijf sleutel: waarde.")
_WHOLE = ("'{field}' moet een heel getal zijn.", "Schrijf een getal zonder aanhalingstekens.")
_DATE = ("'{field}' is geen datum.", "Schrijf jjjj-mm-dd.")
_OTHERWISE = ("'{field}' kan zo niet.", "Vergelijk met het voorbeeld in de handleiding.")
_SENTENCES: dict[str, tuple[str, str]] = {
    "missing": ("'{field}' ontbreekt.", "Vul '{field}' in."),
    "extra_forbidden": ("De sleutel '{field}' bestaat hier niet.", "Verbeter de spelling of schrap haar."),
    "string_type": ("'{field}' moet tekst zijn.", _QUOTES),
    "string_pattern_mismatch": ("'{field}' heeft niet de juiste vorm.", "De vorm is {pattern}."),
    "literal_error": ("'{field}' heeft geen bekende waarde.", "Kies uit {expected}."),
    "int_type": _WHOLE,
    "greater_than_equal": ("'{field}' is te klein.", "Neem ten minste {ge}."),
    "tuple_type": _LIST,
    "list_type": _LIST,
    "dict_type": _MAPPING,
    "model_type": _MAPPING,
    "model_attributes_type": _MAPPING,
    "date_type": _DATE,
    "date_parsing": _DATE,
    "date_from_datetime_parsing": _DATE,
    "date_from_datetime_inexact": _DATE,
    "condition": ("'{field}' is geen voorwaarde.", "Schrijf een naam, of {{any_of: [namen]}}."),
}
