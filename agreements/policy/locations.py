"""YAML text to plain values, with the line of every part. Knows nothing of covenants.

Built from the parser's events, not from its objects: so a key that stands twice is seen, anchors and
aliases (a few lines that unfold to gigabytes) are refused before they unfold, and depth is bounded.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

import yaml

from agreements.policy.errors import DocumentInvalid, Finding

MAX_CHARACTERS = 512 * 1024
MAX_DEPTH = 20
Key = str | int
Path = tuple[Key, ...]
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True, kw_only=True)
class Located:
    """A parsed text: `value` of dicts, lists and scalars; `lines` gives the line (1 = first) of a path."""

    value: object
    lines: dict[Path, int]


def line_of(lines: dict[Path, int], path: Path) -> int:
    """The line of the path, or of the nearest part above it that has one; 0 when nothing is known."""
    for length in range(len(path), -1, -1):
        if path[:length] in lines:
            return lines[path[:length]]
    return 0


def read_yaml(text: str) -> Located:
    """Parse one YAML document. Raises DocumentInvalid with every finding (syntax stops at the first)."""
    if len(text) > MAX_CHARACTERS:
        raise DocumentInvalid([_finding("too_large", 0, "De tekst is te groot.", "Houd het onder 512 KiB.")])
    builder = _Builder()
    try:
        for event in yaml.parse(text, Loader=_Loader):
            builder.take(event)
    except yaml.YAMLError as error:
        raise DocumentInvalid([*builder.findings, _syntax(error)]) from error
    except UnicodeError as error:
        message = "De tekst bevat tekens die geen tekst zijn."
        raise DocumentInvalid([_finding("yaml", 0, message, "Sla het bestand op als UTF-8.")]) from error
    if builder.findings:
        raise DocumentInvalid(builder.findings)
    return Located(value=builder.root, lines=builder.lines)


def _finding(code: str, line: int, message: str, remedy: str) -> Finding:
    return Finding(severity="error", code=code, article="", line=line, message=message, remedy=remedy)


def _line(event: yaml.Event) -> int:
    return 0 if event.start_mark is None else event.start_mark.line + 1


def _syntax(error: yaml.YAMLError) -> Finding:
    mark = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None) or "onleesbare tekst"
    remedy = "Kijk naar inspringing, aanhalingstekens en haken op of vlak boven deze regel."
    return _finding("yaml", mark.line + 1 if mark else 0, f"Dit is geen geldige YAML ({problem}).", remedy)


class _TooDeep(yaml.YAMLError):
    problem = "te diep genest"

    def __init__(self, event: yaml.Event) -> None:
        super().__init__(self.problem)
        self.problem_mark = event.start_mark


@dataclass(slots=True)
class _Frame:
    """A list or mapping that is being filled; `key` is the mapping key that waits for its value."""

    into: dict[Key, object] | list[object]
    path: Path
    key: Key | None = None


@dataclass(slots=True)
class _Builder:
    """Builds the value event by event and keeps the line of each path."""

    root: object = None
    lines: dict[Path, int] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    stack: list[_Frame] = field(default_factory=list)
    documents: int = 0
    scalars: yaml.SafeLoader = field(default_factory=lambda: yaml.SafeLoader(""))

    def take(self, event: yaml.Event) -> None:
        line = _line(event)
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            self._complain("yaml_anchor", line, "Ankers en verwijzingen (& en *) mogen niet.", "Schrijf het uit.")
        if isinstance(event, yaml.DocumentStartEvent):
            self._document(line)
        elif isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
            self._open({} if isinstance(event, yaml.MappingStartEvent) else [], event)
        elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            self.stack.pop()
        elif isinstance(event, yaml.ScalarEvent):
            self._scalar(event, line)
        elif isinstance(event, yaml.AliasEvent):
            self._place(None, line)

    def _document(self, line: int) -> None:
        self.documents += 1
        if self.documents > 1:
            self._complain("yaml", line, "Er staan meer documenten in één tekst.", "Maak er aparte bestanden van.")

    def _open(self, into: dict[Key, object] | list[object], event: yaml.Event) -> None:
        if len(self.stack) >= MAX_DEPTH:
            raise _TooDeep(event)
        top = self.stack[-1] if self.stack else None
        if top is not None and isinstance(top.into, dict) and top.key is None:
            line = _line(event)
            self._complain("yaml_key", line, "Een sleutel moet gewone tekst zijn.", "Geen lijst als sleutel.")
        self.stack.append(_Frame(into, self._place(into, _line(event))))

    def _scalar(self, event: yaml.ScalarEvent, line: int) -> None:
        top = self.stack[-1] if self.stack else None
        if top is not None and isinstance(top.into, dict) and top.key is None:
            self._key(top, event, line)
        else:
            self._place(self._value(event, line), line)

    def _key(self, frame: _Frame, event: yaml.ScalarEvent, line: int) -> None:
        name = event.value
        if name in frame.into:
            self._complain("yaml_duplicate", line, f"De sleutel '{name}' staat hier twee keer.", "Schrap er één.")
        if event.implicit[0] and not isinstance(self._value(event, line), str):
            remedy = f'Zet aanhalingstekens: "{name}".'
            self._complain("yaml_key", line, f"De sleutel {name} wordt niet als tekst gelezen.", remedy)
        self.lines[(*frame.path, name)] = line
        frame.key = name

    def _value(self, event: yaml.ScalarEvent, line: int) -> object:
        if event.tag is not None:
            self._complain("yaml_tag", line, f"Het label {event.tag} mag niet.", "Schrijf de gewone waarde.")
            return None
        resolve: Callable[..., str] = self.scalars.resolve
        tag = resolve(yaml.ScalarNode, event.value, event.implicit)
        if tag == "tag:yaml.org,2002:merge":
            return event.value
        try:
            value: object = self.scalars.construct_object(yaml.ScalarNode(tag, event.value))
        except (ValueError, OverflowError, yaml.YAMLError):
            self._complain("yaml_value", line, f"'{event.value[:40]}' is geen geldige waarde.", "Verbeter haar.")
            return None
        finally:
            self.scalars.constructed_objects.clear()
        return value

    def _place(self, value: object, line: int) -> Path:
        """Put a value where the open list or mapping waits for it; returns its path."""
        if not self.stack:
            self.root = value if self.documents <= 1 else self.root
            self.lines.setdefault((), line)
            return ()
        top = self.stack[-1]
        if isinstance(top.into, list):
            path: Path = (*top.path, len(top.into))
            top.into.append(value)
            self.lines[path] = line
            return path
        key = "" if top.key is None else top.key
        path = (*top.path, key)
        top.into[key] = value
        self.lines.setdefault(path, line)
        top.key = None
        return path

    def _complain(self, code: str, line: int, message: str, remedy: str) -> None:
        self.findings.append(_finding(code, line, message, remedy))
