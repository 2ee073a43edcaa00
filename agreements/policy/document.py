"""Covenant text to a document, or every reason why not: article, line, what is wrong, what to do.

The shape is in schema.py, the words in references.py, the law in regimes.py (`check` is run apart).
"""

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from agreements.policy.catalogue import Catalogue
from agreements.policy.errors import DocumentInvalid, Finding
from agreements.policy.locations import Located, Path, line_of, read_yaml
from agreements.policy.references import check_references
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
    "Rule", "RuleKind", "load_document",
]  # fmt: skip

TOP = "covenant"


def load_document(text: str, *, catalogue: Catalogue) -> CovenantDocument:
    """Parse a covenant of YAML (or JSON, which is YAML) with the single top key `covenant`.

    Raises DocumentInvalid with all findings: those of shape together, or those of words together
    (words can only be judged in a document of the right shape).
    """
    located = read_yaml(text)
    content = _content(located)
    lines = {path[1:]: line for path, line in located.lines.items() if path[:1] == (TOP,)}
    try:
        document = CovenantDocument.model_validate(content)
    except ValidationError as error:
        raise DocumentInvalid(_shape(detail, content, lines) for detail in error.errors()) from error
    document._lines.update(lines)
    findings = check_references(document, catalogue)
    if findings:
        raise DocumentInvalid(findings)
    rows_of(document, catalogue)  # resolved here and kept, so that compiling a new set of covenants is quick
    return document


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
