"""Changes of a YAML text that leave everything else as it was typed: comments, order, style. Knows no covenants' words.

A change is done twice: on the plain values, which says what the new text must read as, and on the text. Of
the texts that come out, the first that reads as it must is taken; the last of them has lost its comments,
but never its meaning.
"""

import io
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import deepcopy
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import YAMLError
from ruamel.yaml.scalarstring import DoubleQuotedScalarString, LiteralScalarString

from agreements.drafting.merging import merge
from agreements.policy.document import TOP
from agreements.policy.errors import DocumentInvalid, Finding
from agreements.policy.locations import Located, Path, read_yaml

Content = dict[str, Any]
Change = Callable[[Content], None]
"""Changes what stands under the top key, in place."""

_PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")
_WORDS_OF_YAML = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null"})
_BLOCK_ITEM = re.compile(r"^( *)[^\s#-][^\n]*:[ \t]*(?:#[^\n]*)?\n(?:[ \t]*(?:#[^\n]*)?\n)*( *)- ", re.MULTILINE)
_INDENTED = re.compile(rf"^{TOP}:[ \t]*(?:#[^\n]*)?\n(?:[ \t]*(?:#[^\n]*)?\n)*( +)\S", re.MULTILINE)


def read(text: str) -> tuple[Located, Content]:
    """The values of a text and what stands under its top key. Raises DocumentInvalid: it cannot be read so far."""
    located = read_yaml(text)
    content = located.value.get(TOP) if isinstance(located.value, dict) else None
    if not isinstance(content, dict):
        message = f"Een convenant begint met '{TOP}:' en een blok daaronder."
        finding = Finding(
            severity="error", code="no_covenant", article="", line=1, message=message, remedy=f"Schrijf '{TOP}:'."
        )
        raise DocumentInvalid([finding])
    return located, content


def rewritten(text: str, change: Change, *, cut: Path | None = None) -> str:
    """The text after one change, which `change` makes to the values under the top key.

    cut: the change takes out the part at this path, so that its lines can simply go.
    Raises DocumentInvalid: the text cannot be read. What `change` raises goes through.
    """
    located, content = read(text)
    wanted = deepcopy(content)
    change(wanted)
    value = {**_top(located), TOP: plain(wanted)}
    if _is_json(text):
        # JSON knows no days; a covenant takes them as text.
        value = json.loads(json.dumps(value, default=str))
        candidates = iter([json.dumps(value, ensure_ascii=False, indent=2) + "\n"])
    else:
        candidates = _candidates(text, change, located, cut, value)
    for candidate in candidates:
        if _reads_as(candidate, value):
            return candidate
    raise DocumentInvalid([_unwritable()])


def _unwritable() -> Finding:
    message = "Deze waarde is niet in de tekst te schrijven."
    remedy = "Kijk naar te diepe lijsten en naar getallen die geen getal zijn."
    return Finding(severity="error", code="unwritable", article="", line=0, message=message, remedy=remedy)


def styled(value: Any) -> Any:
    """Values as a covenant writes them: on one line, texts in quotes, codes without."""
    if isinstance(value, Mapping):
        made = CommentedMap((key_of(str(key)), styled(item)) for key, item in value.items())
        made.fa.set_flow_style()
        return made
    if isinstance(value, list | tuple):
        listed = CommentedSeq(styled(item) for item in value)
        listed.fa.set_flow_style()
        return listed
    return _scalar(value) if isinstance(value, str) else value


def block(pairs: Mapping[str, Any]) -> CommentedMap:
    """A mapping with each key on its own line."""
    made = CommentedMap((key_of(key), styled(value)) for key, value in pairs.items())
    made.fa.set_block_style()
    return made


def prose(text: str) -> str:
    """A text for people: several lines as a block, one line in quotes."""
    lines = [line.rstrip() for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    tidy = "\n".join(lines).strip()
    if "\n" in tidy and all(line.isprintable() for line in lines):
        return LiteralScalarString(tidy)
    return DoubleQuotedScalarString(tidy)


def key_of(text: str) -> str:
    """A key: numbers and words that YAML would read as something else in quotes."""
    return _scalar(text)


def _scalar(text: str) -> str:
    if isinstance(text, DoubleQuotedScalarString | LiteralScalarString):
        return text
    plain = _PLAIN.fullmatch(text) and text.lower() not in _WORDS_OF_YAML
    return text if plain else DoubleQuotedScalarString(text)


def _candidates(
    text: str, change: Change, located: Located, cut: Path | None, value: Mapping[str, Any]
) -> Iterator[str]:
    yield from _restyled(text, change, located, cut)
    yield _written_anew(value)


def _restyled(text: str, change: Change, located: Located, cut: Path | None) -> Iterator[str]:
    if cut is not None:
        yield _without_lines(text, located, cut)
    try:
        writer = _writer(text)
        tree = writer.load(text)
        same = _dump(writer, tree)
        change(tree[TOP])
        changed = _dump(writer, tree)
    except (YAMLError, AttributeError, TypeError, ValueError, KeyError, IndexError):
        # A text that the one reader takes and the other does not: it is written anew.
        return
    if same != text:
        # What the writer would also restyle, elsewhere, is put back as it was typed.
        yield merge(same, changed, text, prefer_mine=True) or changed
    yield changed


def _without_lines(text: str, located: Located, path: Path) -> str:
    """The text without the lines of one item of a list, up to what is said above the next."""
    lines = text.splitlines(keepends=True)
    start = located.lines.get((TOP, *path), 0)
    later = [line for line in located.lines.values() if line > start]
    inside = [line for at, line in located.lines.items() if at[: len(path) + 1] == (TOP, *path)]
    end = min((line for line in later if line > max(inside, default=start)), default=len(lines) + 1)
    while end - 1 > start and _says_nothing(lines[end - 2]):
        end -= 1
    return "".join([*lines[: start - 1], *lines[end - 1 :]])


def _says_nothing(line: str) -> bool:
    bare = line.strip()
    return not bare or bare.startswith("#")


def _writer(text: str) -> YAML:
    """A writer that indents as this text does."""
    writer = YAML()
    writer.preserve_quotes = True
    writer.width = 1_000_000
    writer.brace_single_entry_mapping_in_flow_sequence = True
    top = _INDENTED.search(text)
    writer.map_indent = len(top[1]) if top else 2
    item = _BLOCK_ITEM.search(text)
    offset = max(len(item[2]) - len(item[1]), 0) if item else 2
    writer.sequence_dash_offset = offset
    writer.sequence_indent = offset + 2
    return writer


def _dump(writer: YAML, tree: Any) -> str:
    stream = io.StringIO()
    writer.dump(tree, stream)
    return stream.getvalue()


def _reads_as(text: str, value: Mapping[str, Any]) -> bool:
    try:
        return _same(read_yaml(text).value, value)
    except DocumentInvalid:
        return False


def _same(one: Any, other: Any) -> bool:
    """Equal, in the same order and of the same kind (1 is not True)."""
    if isinstance(one, dict) and isinstance(other, dict):
        return list(one) == list(other) and all(_same(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(_same(a, b) for a, b in zip(one, other, strict=True))
    return type(one) is type(other) and bool(one == other)


def plain(value: Any) -> Any:
    """Values without style: what a text must read as."""
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [plain(item) for item in value]
    return str(value) if isinstance(value, str) else value


def _top(located: Located) -> dict[str, Any]:
    return located.value if isinstance(located.value, dict) else {}


def _is_json(text: str) -> bool:
    try:
        return text.lstrip().startswith("{") and isinstance(json.loads(text), dict)
    except (ValueError, RecursionError):
        return False


def _written_anew(value: Mapping[str, Any]) -> str:
    """The last resort: the values in our own style, comments gone."""
    content = value[TOP]
    tree = block({})
    for key, item in content.items():
        tree[key_of(key)] = _articles_anew(item) if key == "articles" and isinstance(item, list) else styled(item)
    whole = CommentedMap({TOP: tree})
    writer = _writer("")
    return _dump(writer, whole)


def _articles_anew(items: Sequence[Any]) -> CommentedSeq:
    made = CommentedSeq(block(item) if isinstance(item, Mapping) else styled(item) for item in items)
    made.fa.set_block_style()
    return made
