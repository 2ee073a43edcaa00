"""Why a field is visible, announced or silent: which dimension of decide loses which article.

Derived from the same integers as the decision, never from a second reading of the document. It answers
about rules, so it is the same whether or not the source holds a value.

    candidates = rows about the field, of the versions in force of the case's covenants
    of these, the article that gets furthest is the chain that is shown; its broken links are `mend`
    furthest: first in what nobody can change here (party, source, recipient), then in what somebody can
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from agreements.policy.conditions import condition_bit, condition_names
from agreements.policy.decide import Policy
from agreements.policy.fold import numbers
from agreements.policy.index import Rows
from agreements.policy.question import Grade, Mask, Question
from agreements.policy.rows import OWN, ArticleRef, Row
from agreements.policy.schema import RuleKind

STEP_KINDS = (
    "own", "party", "participation", "purpose", "phase", "role", "recipient", "case_kind", "source",
    "condition", "field", "grade", "prohibition", "hold",
)  # fmt: skip
"""The links of the chain, in order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One link: its kind (STEP_KINDS), whether it holds, the article it is about.

    detail: `needs` (what the article asks, comma-separated), `is` (what the question brought), and for
    some kinds `because`, `reason`, `unless`, `regime`. Words of the covenant, for the caller to translate.
    """

    kind: str
    passed: bool
    covenant: str
    version: int
    article: str
    detail: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """The grade of one field, the chain, the articles that give it, and the links that must change."""

    field: str
    grade: Grade
    steps: tuple[Step, ...]
    articles: tuple[ArticleRef, ...]
    mend: tuple[Step, ...]


def explain(policy: Policy, question: Question, field_code: str) -> Explanation:
    """Why this field is what it is for this question. An unknown field is silent, with its step broken."""
    return _Explainer(policy, question).field(field_code)


def explain_all(policy: Policy, question: Question, field_codes: Iterable[str] = ()) -> tuple[Explanation, ...]:
    """The same for several fields (default: the whole catalogue) at a few microseconds each."""
    explainer = _Explainer(policy, question)
    codes = tuple(field_codes) or tuple(item.code for item in policy.catalogue.fields)
    return tuple(explainer.field(code) for code in codes)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Chain:
    """The links of one article for this question, those that are broken, and the grade it gives."""

    links: tuple[Step, ...]
    broken: tuple[Step, ...]
    grade: Step


class _Explainer:
    """One question. Chains are kept per article: many fields share them."""

    def __init__(self, policy: Policy, question: Question) -> None:
        self.policy = policy
        self.rows = policy.index.rows
        self.question = question
        prepared = policy.prepare(question.reader, question.setting, at=question.at, via=question.via, act=question.act)
        dimensions = (
            *prepared.reader_dimensions(),
            *prepared.source_dimensions(question.source, question.under, question.satisfied),
        )
        self.hits = policy.index.all
        for dimension in dimensions:
            self.hits &= dimension.rows
        links = [dimension for dimension in dimensions if dimension.kind in _ORDER]
        self.party = [link for link in links if link.kind == "party"]
        self.others = sorted((x for x in links if x.kind != "party"), key=lambda x: _ORDER[x.kind])
        self.by_weight = [link.rows for link in sorted(links, key=lambda x: _WEIGHT[x.kind])]
        in_case, in_force = dimensions[0].rows, dimensions[0].rows & dimensions[1].rows
        # An expired version only speaks when nothing of the case's covenants is in force any more.
        self.speaking = (in_force or in_case) & policy.index.gives
        self.notices = self.speaking & policy.index.notices
        self.prohibitions = self._prohibitions(self.hits & policy.index.prohibitions)
        self.own = question.source.code == question.reader.agency.code
        codes = {"is": question.source.code, "needs": question.reader.agency.code}
        self.not_own = _step("own", self.own, OWN, codes)
        self.chains: dict[int, _Chain] = {}

    def field(self, code: str) -> Explanation:
        known = self.policy.catalogue.by_code.get(code)
        if known is None:
            return self._no_rule(code)
        if self.own:
            return Explanation(field=code, grade=Grade.VISIBLE, steps=(self.not_own,), articles=(OWN,), mend=())
        candidates = self.policy.rows_about(known.bit) & self.speaking
        if not candidates:
            return self._no_rule(code, self._stops(known.bit))
        return self._explained(code, known.bit, candidates)

    def _explained(self, code: str, bit: int, candidates: Rows) -> Explanation:
        hits = candidates & self.hits
        given = hits & ~self.notices
        grants = candidates & ~self.notices or candidates
        number = self._furthest(given or hits or grants)
        chain = self._chain(number)
        broken = chain.broken if given or not hits else self._chain(self._furthest(grants)).broken
        stops = self._stops(bit)
        stopped = tuple(step for step in stops if not step.passed)
        shown = 0 if stopped else given or hits
        return Explanation(
            field=code,
            grade=Grade.SILENT if not shown else Grade.VISIBLE if given else Grade.ANNOUNCED,
            steps=(*chain.links, _named(code, self.rows[number].ref), chain.grade, *stops),
            articles=tuple([self.rows[n].ref for n in numbers(shown)]),
            mend=broken + stopped,
        )

    def _furthest(self, rows: Rows) -> int:
        """The row that survives the links longest, by _WEIGHT; of equals, the fewest broken links."""
        for passing in self.by_weight:
            if not rows & (rows - 1):
                return rows.bit_length() - 1
            rows = rows & passing or rows
        return min(numbers(rows), key=lambda n: sum(not passing >> n & 1 for passing in self.by_weight))

    def _chain(self, number: int) -> _Chain:
        kept = self.chains.get(number)
        if kept is None:
            links = tuple(self._links_of(number))
            broken = tuple(step for step in links if not step.passed and step.kind != "own")
            kept = self.chains[number] = _Chain(links=links, broken=broken, grade=_grade(self.rows[number]))
        return kept

    def _links_of(self, number: int) -> Iterable[Step]:
        row = self.rows[number]
        yield self.not_own
        broken = [link for link in self.party if not link.rows >> number & 1]
        yield _step("party", not broken, row.ref, self._party(row, broken[0].because if broken else ""))
        for link in self.others:
            yield _step(link.kind, bool(link.rows >> number & 1), row.ref, self._detail(link.kind, row))

    def _no_rule(self, code: str, stops: tuple[Step, ...] = ()) -> Explanation:
        """No article of these covenants gives the field: only another text could change that."""
        running = ",".join(sorted(self.question.setting.covenants))
        missing = _step("field", False, _NOWHERE, {"needs": code, "is": running})
        stopped = tuple(step for step in stops if not step.passed)
        return Explanation(
            field=code,
            grade=Grade.SILENT,
            steps=(self.not_own, missing, *stopped),
            articles=(),
            mend=(missing, *stopped),
        )

    def _prohibitions(self, hits: Rows) -> list[tuple[Mask, Step]]:
        rows = (self.rows[number] for number in numbers(hits))
        return [(row.fields, _step("prohibition", False, row.ref, _prohibits(row))) for row in rows]

    def _stops(self, bit: int) -> tuple[Step, ...]:
        """What takes the field away whatever is granted: each prohibition that counts, and a hold."""
        found = [step for fields, step in self.prohibitions if fields >> bit & 1] or [_NOT_PROHIBITED]
        return (*found, _HELD if self.question.held >> bit & 1 else _NOT_HELD)

    def _party(self, row: Row, because: str) -> dict[str, str]:
        question = self.question
        detail = {"reader": question.reader.agency.code, "source": question.source.code}
        if because:
            detail["because"] = because
        if because == "delivery":
            detail |= {"needs": row.delivery, "is": question.via.value}
        return detail

    def _detail(self, kind: str, row: Row) -> dict[str, str]:
        brought, asked = _DETAILS[kind]
        return {"needs": asked(row), "is": brought(self.question)}


_CHOOSING = (
    "party", "source", "recipient", "role", "case_kind", "purpose", "phase", "participation", "condition",
)  # fmt: skip
_WEIGHT = {kind: place for place, kind in enumerate(_CHOOSING)}
_ORDER = {kind: place for place, kind in enumerate(STEP_KINDS) if kind != "prohibition"}
_NOWHERE = ArticleRef(covenant="", version=0, article="")


def _step(kind: str, passed: bool, ref: ArticleRef, detail: dict[str, str]) -> Step:
    return Step(
        kind=kind,
        passed=passed,
        covenant=ref.covenant,
        version=ref.version,
        article=ref.article,
        detail=detail,
    )


_NOT_PROHIBITED = _step("prohibition", True, _NOWHERE, {})
_NOT_HELD = _step("hold", True, _NOWHERE, {})
_HELD = _step("hold", False, _NOWHERE, {})


def _named(code: str, ref: ArticleRef) -> Step:
    return _step("field", True, ref, {"is": code})


def _grade(row: Row) -> Step:
    gives = Grade.ANNOUNCED if row.kind is RuleKind.NOTICE else Grade.VISIBLE
    return _step("grade", gives is Grade.VISIBLE, row.ref, {"needs": Grade.VISIBLE.value, "is": gives.value})


def _prohibits(row: Row) -> dict[str, str]:
    detail = {"reason": row.reason}
    if row.unless is not None:
        detail |= {"regime": row.unless[0], "unless": ",".join(condition_names(row.unless[1]))}
    return detail


def _joined(words: Iterable[str]) -> str:
    return ",".join(words)


def _recipients(row: Row) -> str:
    return _joined(row.recipients) + (f" - {_joined(row.excepted)}" if row.excepted else "")


def _involved(row: Row) -> str:
    return _INVOLVED if condition_bit(_INVOLVED) in row.conditions else ""


def _conditions(row: Row) -> str:
    """`minor,explicit_consent|good_care`: all of these, with alternatives between bars."""
    others = (group for group in row.conditions if group != condition_bit(_INVOLVED))
    return _joined("|".join(condition_names(group)) for group in others)


def _satisfied(question: Question) -> str:
    return _joined(condition_names(max(question.satisfied, 0)))


_INVOLVED = "involved"
_DETAILS: dict[str, tuple[Callable[[Question], str], Callable[[Row], str]]] = {
    "participation": (_satisfied, _involved),
    "purpose": (lambda q: q.reader.purpose, lambda row: _joined(row.purposes)),
    "phase": (lambda q: q.setting.phase, lambda row: _joined(row.phases)),
    "role": (lambda q: _joined(sorted(q.reader.roles)), lambda row: _joined(row.roles)),
    "recipient": (lambda q: q.reader.agency.code, _recipients),
    "case_kind": (lambda q: q.setting.kind, lambda row: _joined(row.case_kinds)),
    "source": (lambda q: q.source.code, lambda row: _joined(row.sources)),
    "condition": (_satisfied, _conditions),
}
"""What the question brings, and what the article asks, per kind of link."""
