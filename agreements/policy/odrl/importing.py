"""An ODRL agreement of this profile to a covenant document, or everything that is against it.

The statements decide: parties, targets, constraints and duties of each permission and prohibition. A note
"asWritten" only says how the document spelled the same thing, and is dropped where it would say another.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from agreements.policy.catalogue import Catalogue
from agreements.policy.document import Reading, read_content
from agreements.policy.errors import DocumentInvalid, Finding
from agreements.policy.locations import Path
from agreements.policy.odrl.comparing import same_meaning, wider_kinds
from agreements.policy.odrl.reading import Findings, Node, noted
from agreements.policy.odrl.reading_parts import personal_data, read_parts
from agreements.policy.odrl.reading_rules import Found, read_rule
from agreements.policy.odrl.terms import CONTEXT, PROFILE, expand
from agreements.policy.schema import CovenantDocument, RuleKind
from agreements.policy.vocabulary import CASE_KINDS

_AS_IS = ("code", "title", "version", "regime", "term", "contact_point", "dpia", "decision")
_PARTS = {"purposes": "hasPurpose", "bureau": "parties"}
_RULES = tuple(kind.value for kind in RuleKind)
_WORDS = ("basis", "case_kinds", "absent_by_design")
_KEYS = {
    "id": "rule", "from": "assigner", "to": "assignee", "fields": "target", "obligations": "duty",
    "basis": "hasLegalBasis", "text": "text", "reason": "reason", "offline_minutes": "offline_minutes",
}  # fmt: skip
"""Where in a rule of ODRL a key of a document stands; the others are constraints."""

_HEAD = {
    "type": ("odrl:Agreement", "Een convenant is een odrl:Agreement."),
    "profile": (PROFILE, f"Dit is het profiel {PROFILE}."),
    "conflict": ("odrl:prohibit", "In een convenant gaat een verbod altijd voor."),
}


def from_odrl(data: object, *, catalogue: Catalogue) -> CovenantDocument:
    """The document that an agreement states, ready to decide by.

    data: parsed JSON in the form that `to_odrl` gives; see docs/uitwisseling.md.
    Raises DocumentInvalid with all findings: those of terms and places together, else those of the
    document's shape, else those of its words. Each begins with its place in the JSON.
    """
    findings = Findings()
    if not isinstance(data, dict):
        findings.note("odrl_object", "", "Dit is geen JSON-object.", "Stuur één overeenkomst als object.")
        raise DocumentInvalid(findings)
    import_ = _Import(Node(data, "", findings), catalogue)
    import_.read()
    if findings:
        raise DocumentInvalid(findings)
    return import_.document()


@dataclass(slots=True)
class _Import:
    """One agreement on its way in. places: where in the JSON each part of the document was read."""

    node: Node
    catalogue: Catalogue
    content: dict[str, Any] = field(default_factory=dict)
    spelled: dict[Path, dict[str, Any]] = field(default_factory=dict)
    rules: dict[Path, Found] = field(default_factory=dict)
    places: dict[Path, str] = field(default_factory=dict)

    def read(self) -> None:
        """Everything there is, into `content` by its statements and `spelled` by its notes."""
        self._head()
        parts = read_parts(self.node)
        personal_data(self.node)
        self.content = {**{key: self.node.get(key) for key in _AS_IS if self._stated(key)}, **parts}
        self.places.update({(key,): _PARTS.get(key, key) for key in self.content})
        spelled = noted(self.node, parts)
        if spelled != parts:
            self.spelled[()] = spelled
        self._articles()
        numbers = [str(item.get("article")) for item in self.content["articles"]]
        by_number = {number: index for index, number in reversed(list(enumerate(numbers)))}
        for rule, found in self._found():
            self._place(rule, found, by_number)
        self.node.close()

    def _stated(self, key: str) -> bool:
        """Whether the key is there, be it with null: a document may say "none" in so many words."""
        return key in self.node.data or self.node.has(key)

    def _head(self) -> None:
        node = self.node
        if node.get("@context") != CONTEXT:
            remedy = "Neem de @context over uit een uitvoer van dit programma."
            node.wrong("odrl_context", "@context", "deze context is niet die van het profiel.", remedy)
        if not isinstance(node.get("uid"), str):
            node.wrong("odrl_missing", "uid", "'uid' ontbreekt.", "Geef de overeenkomst een IRI.")
        for key, (wanted, remedy) in _HEAD.items():
            term = node.term(key)
            if term and term != expand(wanted):
                node.wrong("odrl_head", key, f"'{key}' is '{term[:80]}'.", f"{remedy} Schrijf {wanted}.")

    def _articles(self) -> None:
        self.content["articles"] = articles = []
        for index, item in enumerate(self.node.nodes("articles")):
            for key in _RULES:
                if item.data.get(key):
                    remedy = "Zet de regels onder permission en prohibition, met dit artikelnummer."
                    item.wrong("odrl_key", key, "regels staan niet in het artikel.", remedy)
            articles.append({key: _listed(key, value) for key, value in item.data.items()})
            self.places[("articles", index)] = item.place

    def _found(self) -> Iterator[tuple[Node, Found]]:
        for key, prohibits in (("permission", False), ("prohibition", True)):
            for node in self.node.nodes(key):
                found = read_rule(node, prohibits=prohibits)
                if found is not None:
                    yield node, found

    def _place(self, node: Node, found: Found, by_number: dict[str, int]) -> None:
        """Put a rule in its article."""
        if found.article not in by_number:
            if found.article:
                remedy = "Voeg het artikel toe onder 'articles', met zijn tekst."
                node.wrong("odrl_article", "article", f"artikel {found.article[:40]} bestaat niet.", remedy)
            return
        index = by_number[found.article]
        article = self.content["articles"][index]
        self._own(node, found)
        if found.kind is RuleKind.BREAK_GLASS:
            path: Path = ("articles", index, found.kind.value)
            if article.get(found.kind.value) is not None:
                node.wrong("odrl_twice", "", "dit artikel heeft al een noodinzage.", "Geef haar een eigen artikel.")
            article[found.kind.value] = found.content
        else:
            rules = article[found.kind.value] = article.get(found.kind.value) or []
            path = ("articles", index, found.kind.value, len(rules))
            rules.append(found.content)
        self.places[path] = node.place
        self.places.update({(*path, key): node.at(_KEYS.get(key, "constraint")) for key in found.content})
        self.rules[path] = found
        spelled = noted(node, found.content)
        if spelled != found.content:
            self.spelled[path] = spelled

    def _own(self, node: Node, found: Found) -> None:
        """A prohibition may keep to facts of one covenant, and only to those of its own."""
        carried = found.content.pop("carried", None)
        if carried is not None and carried != self.content.get("code"):
            remedy = "Noem de code van dit convenant, of laat de beperking weg."
            node.wrong("odrl_value", "constraint", f"vb:carriedUnder noemt '{carried[:80]}'.", remedy)

    def document(self) -> CovenantDocument:
        """The document, spelled as noted wherever that says the same as the statements."""
        reading = self._reading(self.content)
        if reading.document is None:
            raise DocumentInvalid(self._placed(finding) for finding in reading.findings)
        plain = self._for_no_kind(reading.document)
        self._check_kinds(plain)
        chosen = dict(self.spelled)
        while chosen:
            spelled = self._reading(_put(self.content, chosen)).document
            odd = set(chosen) if spelled is None else same_meaning(plain, spelled, chosen, self.catalogue)
            if spelled is not None and not odd:
                return spelled
            if not odd & chosen.keys():
                break
            chosen = {path: content for path, content in chosen.items() if path not in odd}
        return plain

    def _for_no_kind(self, plain: CovenantDocument) -> CovenantDocument:
        """The document with rules for no case kind at all as one writes them: for a kind that it does not have.

        An empty list of kinds means those of the article, which would widen the statement.
        """
        absent = [kind for kind in CASE_KINDS if kind not in plain.case_kinds] if plain.case_kinds else []
        paths = [path for path, _words in self._odd_kinds(plain) if not self.rules[path].kinds and len(path) > 3]
        if not absent or not paths:
            return plain
        for path in paths:
            self.rules[path].content["case_kinds"] = absent[:1]
        return self._reading(self.content).document or plain

    def _odd_kinds(self, plain: CovenantDocument) -> list[tuple[Path, str]]:
        return list(wider_kinds(plain, {path: found.kinds for path, found in self.rules.items()}))

    def _check_kinds(self, plain: CovenantDocument) -> None:
        findings = Findings()
        for path, words in self._odd_kinds(plain):
            message = f"vb:caseKind is hier {words}; dat kan naast de soorten van artikel en convenant niet."
            remedy = "Noem soorten die het convenant kent, of zet ze bij het artikel zonder regels."
            findings.note("odrl_kinds", self.places[path], message, remedy, self.rules[path].content["id"])
        if findings:
            raise DocumentInvalid(findings)

    def _reading(self, content: dict[str, Any]) -> Reading:
        """The content read as a document. Its "lines" are numbers of places."""
        numbers = {path: number for number, path in enumerate(self.places, start=1)}
        return read_content(content, lines=numbers, catalogue=self.catalogue)

    def _placed(self, finding: Finding) -> Finding:
        """A finding of the document with the place in the JSON for the line that it does not have."""
        place = list(self.places.values())[finding.line - 1] if finding.line else ""
        said = f"{place}: {finding.message}" if place else finding.message
        return Finding(
            severity=finding.severity,
            code=finding.code,
            article=finding.article,
            line=0,
            message=said,
            remedy=finding.remedy,
        )


def _listed(key: str, value: Any) -> Any:
    """One value means the same as an array of one, also where a document wants a list."""
    return [value] if key in _WORDS and isinstance(value, str) else value


def _put(content: dict[str, Any], chosen: dict[Path, dict[str, Any]]) -> dict[str, Any]:
    """The content with each chosen part in place of its statement."""
    head = {key: value for key, value in content.items() if key not in ("parties", "bureau", "purposes", "sets")}
    whole = {**head, **chosen[()]} if () in chosen else dict(content)
    whole["articles"] = [dict(item) for item in content["articles"]]
    for path, spelled in chosen.items():
        if not path:
            continue
        article = whole["articles"][path[1]]
        kind = str(path[2])
        if len(path) == 3:
            article[kind] = spelled
        else:
            article[kind] = [spelled if at == path[3] else rule for at, rule in enumerate(article[kind])]
    return whole
