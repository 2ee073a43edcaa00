"""Whether the words of a document exist: fields, sets, purposes, parties, roles, phases, numbers.

Collects everything at once. What the law asks of existing words is in regimes.py.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches

from agreements.policy.catalogue import Catalogue
from agreements.policy.conditions import CONDITIONS
from agreements.policy.errors import Finding, Severity
from agreements.policy.locations import Path
from agreements.policy.schema import BreakGlass, CovenantDocument, Grant, Placed, Prohibition, Rule, RuleKind
from agreements.policy.vocabulary import AGENCY_TYPES, ANY, CASE_KINDS, OBLIGATIONS, PHASES, ROLES, type_of


def check_references(document: CovenantDocument, catalogue: Catalogue) -> tuple[Finding, ...]:
    """Every word that does not exist or stands twice, with article, line and remedy."""
    checker = _Checker(document, catalogue)
    found = [
        *checker.parties(),
        *checker.sets(),
        *checker.purposes(),
        *checker.numbers(),
        *checker.articles(),
    ]
    for placed in document.placed_rules():
        found.extend(checker.rule(placed))
    return tuple(found)


def nearest(word: str, known: Iterable[str]) -> str:
    """A remedy in Dutch: the word that was probably meant, or the whole list when it is short."""
    words = sorted(known)
    close = get_close_matches(word, words, n=1, cutoff=0.6)
    if close:
        return f"Bedoelde u '{close[0]}'?"
    return f"Kies uit: {', '.join(words)}." if 0 < len(words) <= 20 else "Verbeter of verwijder het."


@dataclass(frozen=True, slots=True)
class _Checker:
    document: CovenantDocument
    catalogue: Catalogue

    def parties(self) -> Iterator[Finding]:
        seen: Counter[str] = Counter()
        for capacity, tokens in self.document.parties:
            for index, token in enumerate(tokens):
                path: Path = ("parties", capacity, index)
                seen[token] += 1
                if not type_of(token):
                    yield self._unknown("party", "partij", token, AGENCY_TYPES, path)
                if seen[token] == 2:
                    remedy = "Geef elke partij één hoedanigheid."
                    yield self._finding("party_twice", f"Partij '{token}' staat er twee keer.", remedy, path)
        for path, token in self._single_parties():
            if not type_of(token):
                yield self._unknown("party", "partij", token, AGENCY_TYPES, path)

    def _single_parties(self) -> Iterator[tuple[Path, str]]:
        if self.document.bureau is not None:
            yield ("bureau", "code"), self.document.bureau.code
            yield ("bureau", "acts_for"), self.document.bureau.acts_for
        if self.document.contact_point is not None:
            yield ("contact_point",), self.document.contact_point

    def sets(self) -> Iterator[Finding]:
        for name, codes in self.document.sets.items():
            yield from self._each("field", "veld", codes, self.catalogue.by_code, ("sets", name))
        if self.document.decision is not None:
            known = {*self.catalogue.by_code, *self.document.sets}
            yield from self._each("field", "veld of set", self.document.decision.data, known, ("decision", "data"))

    def purposes(self) -> Iterator[Finding]:
        for number, code in self.document.purposes.items():
            if not code.isidentifier() or not code.islower():
                message = f"'{code}' is geen doelcode."
                remedy = "Gebruik kleine letters en liggende streepjes, zoals pga_youth."
                yield self._finding("purpose", message, remedy, ("purposes", number))

    def numbers(self) -> Iterator[Finding]:
        seen = Counter[str]()
        for index, article in enumerate(self.document.articles):
            yield from self._twice(seen, article.article, ("articles", index), article.article)
        for _, path, article, rule in self.document.placed_rules():
            yield from self._twice(seen, rule.id, path, rule.id)
            if not rule.id.startswith(article.article + "."):
                message = f"Regel '{rule.id}' staat in artikel {article.article}."
                remedy = f"Nummer de regel als {article.article}.1, {article.article}.2, …"
                yield self._finding("rule_number", message, remedy, (*path, "id"), rule.id)

    def _twice(self, seen: Counter[str], number: str, path: Path, article: str) -> Iterator[Finding]:
        seen[number] += 1
        if seen[number] == 2:
            message = f"Nummer '{number}' komt twee keer voor."
            yield self._finding("duplicate_number", message, "Geef elke regel een eigen nummer.", path, article)

    def articles(self) -> Iterator[Finding]:
        for index, article in enumerate(self.document.articles):
            path: Path = ("articles", index, "case_kinds")
            yield from self._each("case_kind", "casussoort", article.case_kinds, CASE_KINDS, path, article.article)
            for at, name in enumerate(article.absent_by_design):
                if name in self.catalogue.by_code:
                    message = f"Veld '{name}' bestaat wel, en staat bij absent_by_design."
                    remedy = "Schrap het hier, of verbied het met een regel."
                    where: Path = ("articles", index, "absent_by_design", at)
                    yield self._finding("not_absent", message, remedy, where, article.article)

    def rule(self, placed: Placed) -> Iterator[Finding]:
        kind, path, _, rule = placed
        known = AGENCY_TYPES if kind is RuleKind.PROHIBITION else tuple(self.document.capacities)
        yield from self._tokens(rule.from_, known, (*path, "from"), rule.id)
        yield from self._tokens(rule.to, known, (*path, "to"), rule.id)
        yield from self._fields(rule, path)
        yield from self._each("role", "rol", rule.roles, ROLES, (*path, "roles"), rule.id)
        if isinstance(rule, BreakGlass):
            yield from self._condition(rule.condition, (*path, "condition"), rule.id)
            return
        yield from self._more(rule, path)

    def _more(self, rule: Rule, path: Path) -> Iterator[Finding]:
        yield from self._tokens(rule.except_, AGENCY_TYPES, (*path, "except"), rule.id)
        purposes = {*self.document.purposes, *self.document.purposes.values()}
        yield from self._each("purpose", "doel", rule.purposes, purposes, (*path, "purposes"), rule.id)
        yield from self._each("phase", "fase", rule.phases, PHASES, (*path, "phases"), rule.id)
        yield from self._each("case_kind", "casussoort", rule.case_kinds, CASE_KINDS, (*path, "case_kinds"), rule.id)
        place: Path = (*path, "obligations")
        yield from self._each("obligation", "verplichting", rule.obligations, OBLIGATIONS, place, rule.id)
        if isinstance(rule, Grant):
            for index, group in enumerate(rule.conditions):
                for name in group:
                    yield from self._condition(name, (*path, "conditions", index), rule.id)
        if isinstance(rule, Prohibition):
            yield from self._prohibition(rule, path)

    def _prohibition(self, rule: Prohibition, path: Path) -> Iterator[Finding]:
        if rule.unless is not None:
            yield from self._condition(rule.unless.condition, (*path, "unless", "condition"), rule.id)
        for name in ("to", "from_"):
            if not getattr(rule, name):
                message = f"Het verbod noemt niemand bij '{name.rstrip('_')}'."
                yield self._finding("prohibits_nothing", message, 'Noem partijen, of "*".', path, rule.id)
        if not rule.set_names and not rule.fields and not rule.extra:
            yield self._finding("prohibits_nothing", "Het verbod noemt geen velden.", "Noem ze.", path, rule.id)

    def _condition(self, name: str, path: Path, article: str) -> Iterator[Finding]:
        if name not in CONDITIONS:
            yield self._unknown("condition", "voorwaarde", name, CONDITIONS, path, article)

    def _fields(self, rule: Rule | BreakGlass, path: Path) -> Iterator[Finding]:
        codes = self.catalogue.by_code
        yield from self._each("field", "veld", rule.fields, codes, (*path, "fields"), rule.id)
        yield from self._each("field", "veld", rule.extra, codes, (*path, "extra"), rule.id)
        yield from self._each("set", "set", rule.sets, self.document.sets, (*path, "sets"), rule.id)
        if rule.set is not None and rule.set not in self.document.sets:
            yield self._unknown("set", "set", rule.set, self.document.sets, (*path, "set"), rule.id)

    def _tokens(self, tokens: Iterable[str], known: Collection[str], path: Path, article: str) -> Iterator[Finding]:
        for index, token in enumerate(tokens):
            if token != ANY and token not in known and type_of(token) not in known:
                yield self._unknown("party", "partij", token, known, (*path, index), article)

    def _each(
        self,
        code: str,
        noun: str,
        words: Iterable[str],
        known: Collection[str],
        path: Path,
        article: str = "",
    ) -> Iterator[Finding]:
        for index, word in enumerate(words):
            if word not in known:
                yield self._unknown(code, noun, word, known, (*path, index), article)

    def _unknown(self, code: str, noun: str, word: str, known: Iterable[str], path: Path, article: str = "") -> Finding:
        message = f"Onbekend {noun} '{word}'." if noun in _NEUTER else f"Onbekende {noun} '{word}'."
        return self._finding(f"unknown_{code}", message, nearest(word, known), path, article)

    def _finding(
        self,
        code: str,
        message: str,
        remedy: str,
        path: Path,
        article: str = "",
        severity: Severity = "error",
    ) -> Finding:
        line = self.document.line(path)
        return Finding(severity=severity, code=code, article=article, line=line, message=message, remedy=remedy)


_NEUTER = {"veld", "veld of set", "doel"}
