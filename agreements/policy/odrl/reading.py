"""Reading JSON-LD of the profile without ever failing: each odd thing becomes a finding with its place.

Knows terms, lists and places; not what a rule or a party is (reading_rules.py, reading_parts.py).
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from agreements.policy.errors import Finding
from agreements.policy.odrl.terms import CONTEXT, PREFIXES, expand, word_of

_ALIASES = {
    name: term if isinstance(term, str) else term["@id"]
    for name, term in CONTEXT.items()
    if not name.startswith("@") and name not in PREFIXES
}
"""What a key is called where no short name is used: `@id`, `odrl:target`."""


class Findings(list[Finding]):
    """Everything that is wrong, in the order in which it was met."""

    def note(self, code: str, place: str, message: str, remedy: str, article: str = "") -> None:
        """One more. The place is the path in the JSON, as `permission[3].target`."""
        said = f"{place}: {message}" if place else message
        self.append(Finding(severity="error", code=code, article=article, line=0, message=said, remedy=remedy))


@dataclass(slots=True)
class Node:
    """One object of the JSON with its place. `close` finds the keys that nobody asked for."""

    data: dict[str, Any]
    place: str
    findings: Findings
    article: str = ""
    _asked: set[str] = field(default_factory=set)

    def at(self, key: str) -> str:
        """The place of a key."""
        return f"{self.place}.{key}" if self.place else key

    def wrong(self, code: str, key: str, message: str, remedy: str) -> None:
        """A finding about a key of this node; "" for the node itself."""
        self.findings.note(code, self.at(key) if key else self.place, message, remedy, self.article)

    def get(self, key: str) -> Any:
        """The value as it is, under its short name or its term."""
        found = key if key in self.data else _ALIASES.get(key, f"vb:{key}")
        self._asked.add(found)
        return self.data.get(found)

    def skip(self, *keys: str) -> None:
        """Keys that may stand here and decide nothing."""
        for key in keys:
            self.get(key)

    def has(self, key: str) -> bool:
        return self.get(key) is not None

    def each(self, key: str) -> Iterator[tuple[Any, str]]:
        """Every value with its place. One value, an array and a `@list` mean the same in JSON-LD."""
        value = self.get(key)
        if isinstance(value, dict) and set(value) == {"@list"}:
            value = value["@list"]
        if value is None:
            return
        if not isinstance(value, list):
            yield value, self.at(key)
            return
        for index, item in enumerate(value):
            yield item, f"{self.at(key)}[{index}]"

    def nodes(self, key: str) -> Iterator["Node"]:
        """Every object under a key; what is no object is a finding."""
        for value, place in self.each(key):
            if isinstance(value, dict):
                yield Node(value, place, self.findings, self.article)
            else:
                message = f"hier hoort een object, geen {_named(value)}."
                self.findings.note("odrl_object", place, message, "Schrijf {…} met de sleutels uit.", self.article)

    def text(self, key: str, remedy: str) -> str:
        """A text that must be there; "" with a finding when it is not."""
        value = self.get(key)
        if isinstance(value, str) and value:
            return value
        what = "ontbreekt" if value is None else f"moet tekst zijn, geen {_named(value)}"
        self.wrong("odrl_missing" if value is None else "odrl_type", key, f"'{key}' {what}.", remedy)
        return ""

    def terms(self, key: str) -> Iterator[tuple[str, str]]:
        """Every IRI under a key, in full, with its place; what is no IRI is a finding."""
        for value, place in self.each(key):
            term = term_of(value)
            if term is None:
                message = f"hier hoort een IRI, geen {_named(value)}."
                self.findings.note("odrl_term", place, message, "Schrijf een term als tekst.", self.article)
            else:
                yield term, place

    def term(self, key: str) -> str:
        """The one IRI under a key, in full; "" with a finding when there is none or there are more."""
        found = [term for term, _place in self.terms(key)]
        if len(found) != 1 and not (not found and self.has(key)):
            message = f"'{key}' {'ontbreekt' if not found else 'staat er meer dan één keer'}."
            self.wrong("odrl_missing" if not found else "odrl_twice", key, message, f"Schrijf één '{key}'.")
        return found[0] if len(found) == 1 else ""

    def words(self, key: str, read: str | Callable[[str], str | None], example: str, *, nothing: str = "") -> list[str]:
        """The words behind the IRIs under a key. read: their prefix, or what makes a word of an IRI.

        nothing: the term that says "none", without which leaving the key out is a finding.
        """
        terms = list(self.terms(key))
        if nothing and [term for term, _place in terms] == [expand(nothing)]:
            return []
        if nothing and not list(self.each(key)):
            self.wrong("odrl_missing", key, f"'{key}' ontbreekt.", f"{example} Voor geen enkele: {nothing}.")
        found = []
        for term, place in terms:
            word = word_of(term, read) if isinstance(read, str) else read(term)
            if word is None:
                self.findings.note("odrl_term", place, f"'{_short(term)}' past hier niet.", example, self.article)
            else:
                found.append(word)
        return found

    def close(self) -> None:
        """A finding for each key that was not asked for: a statement that is skipped could have been a limit."""
        for key in self.data:
            if key not in self._asked:
                message = f"de sleutel '{_short(key)}' hoort niet bij dit profiel."
                self.wrong("odrl_key", "", message, "Verbeter de spelling of schrap haar.")


def term_of(value: Any) -> str | None:
    """The full IRI of a text or of an object with only an `@id` (or `uid`)."""
    if isinstance(value, dict) and len(value) == 1:
        value = next(iter(value.values())) if set(value) <= {"@id", "uid"} else None
    return expand(value) if isinstance(value, str) and value else None


def literal_of(value: Any) -> Any:
    """The value of a typed literal, or the value itself."""
    return value.get("@value") if isinstance(value, dict) and set(value) <= {"@value", "@type", "type"} else value


def note_of(written: dict[str, Any], plain: dict[str, Any]) -> dict[str, Any]:
    """What to say about how something was written, where reading its statement alone gives `plain`."""
    differs = {key: value for key, value in written.items() if key not in plain or plain[key] != value}
    absent = sorted(plain.keys() - written.keys())
    return {**({"with": differs} if differs else {}), **({"without": absent} if absent else {})}


def noted(node: Node, plain: dict[str, Any]) -> dict[str, Any]:
    """`plain` as its note says it was written; whether it then still means the same is for the caller to see."""
    note = node.get("asWritten")
    if note is None:
        return plain
    if isinstance(note, dict) and set(note) <= {"with", "without"}:
        differs, absent = note.get("with", {}), note.get("without", [])
        if isinstance(differs, dict) and isinstance(absent, list):
            return {key: value for key, value in {**plain, **differs}.items() if key not in absent}
    remedy = "Laat 'asWritten' weg: de uitspraak zelf is genoeg."
    node.wrong("odrl_type", "asWritten", "'asWritten' heeft niet de juiste vorm.", remedy)
    return plain


def _named(value: Any) -> str:
    if isinstance(value, bool):
        return "waar of onwaar"
    names = {dict: "object", list: "lijst", str: "tekst", int: "getal", float: "getal"}
    return names.get(type(value), "lege waarde")


def _short(text: Any) -> str:
    return str(text)[:80]
