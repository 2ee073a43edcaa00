"""The linter: everything that is wrong with a covenant or asks for an answer, in one call.

The questions stand in lint_reach.py, lint_clash.py, lint_law.py and lint_whole.py, those of the law in
regimes.py. Errors block signing; warnings are answered in words.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from agreements.policy import lint_clash, lint_law, lint_reach, lint_whole
from agreements.policy.catalogue import Catalogue
from agreements.policy.document import BreakGlass, CovenantDocument, Rule, read_document
from agreements.policy.errors import Finding
from agreements.policy.lint_subject import LintCheck, Linted
from agreements.policy.regimes import check

__all__ = ["CHECKS", "Lint", "lint", "lint_text"]

Holders = Mapping[str, frozenset[str]]

LAW: tuple[LintCheck, ...] = (
    lint_law.special_data,
    lint_law.youth_data,
    lint_law.police_data,
    lint_law.judicial_data,
    lint_law.criminal_data,
    lint_law.break_glass,
    lint_law.kept_no_longer,
)
CHECKS: tuple[LintCheck, ...] = (
    *LAW,
    lint_reach.days_of_the_rule,
    lint_reach.kinds_of_the_covenant,
    lint_reach.somebody_receives,
    lint_reach.exceptions_matter,
    lint_reach.extracts_to_third_parties,
    lint_reach.sources_hold_the_fields,
    lint_reach.retired_fields,
    lint_reach.roles_can_be_held,
    lint_clash.prohibited_here,
    lint_clash.prohibited_elsewhere,
    lint_clash.prohibits_elsewhere,
    lint_clash.said_twice,
    lint_clash.articles_differ,
    lint_whole.articles_have_text,
    lint_whole.text_has_rules,
    lint_whole.names_are_used,
    lint_whole.words_stand_once,
    lint_whole.parties_take_part,
    lint_whole.offices_are_parties,
    lint_whole.arrangements_are_made,
    lint_whole.term_is_sound,
    lint_whole.dpia_is_current,
    lint_whole.prohibitions_reach,
)
_MAY_FOLLOW = {
    "no_case_kinds", "kinds_not_listed", "no_wpg_decision", "data_not_in_decision", "receiver_not_in_decision",
    "unknown_regime",
}  # fmt: skip
"""What may be missing only because the part that says it could not be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lint:
    """What the linter says of a text. document: None when the text cannot be read as a covenant."""

    findings: tuple[Finding, ...]
    document: CovenantDocument | None = None

    @property
    def errors(self) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if finding.severity == "error")

    @property
    def warnings(self) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if finding.severity == "warning")


def lint(
    document: CovenantDocument,
    catalogue: Catalogue,
    *,
    others: Iterable[CovenantDocument] = (),
    holders: Holders | None = None,
    today: date | None = None,
) -> tuple[Finding, ...]:
    """All findings about a document, those of its regime included, in order of line.

    Args:
        others: the covenants that are in force beside it; one with its own code is left out.
        holders: for each role, the agency types where somebody can have it; None asks nothing about roles.
        today: to find dates that have passed; None does not look.
    """
    linted = Linted(
        document=document, catalogue=catalogue, others=tuple(others), holders=holders, today=today
    )  # fmt: skip
    return _in_order([*check(document, catalogue), *(item for ask in CHECKS for item in ask(linted))])


def lint_text(
    text: str,
    *,
    catalogue: Catalogue,
    others: Iterable[CovenantDocument] = (),
    holders: Holders | None = None,
    today: date | None = None,
) -> Lint:
    """As `lint`, for a text as it was typed. Never raises.

    A text that cannot be read gives what is wrong with its shape and its words, and what the law says of
    the rules that could be read.
    """
    reading = read_document(text, catalogue=catalogue)
    if reading.document is not None:
        found = lint(reading.document, catalogue, others=others, holders=holders, today=today)
        return Lint(findings=found, document=reading.document)
    if reading.rest is None:
        return Lint(findings=reading.findings)
    return Lint(findings=_in_order([*reading.findings, *_law_of_the_rest(reading.rest, reading.findings, catalogue)]))


def _law_of_the_rest(rest: CovenantDocument, findings: tuple[Finding, ...], catalogue: Catalogue) -> Iterable[Finding]:
    """What the law says of rules whose shape and words are right, in a document that is not."""
    broken = {finding.article for finding in findings}
    skip = broken | {rule.id for _, _, _, rule in rest.placed_rules() if not _resolves(rest, catalogue, rule)}
    linted = Linted(document=rest, catalogue=catalogue, skip=frozenset(skip))
    found = [*check(rest, catalogue, skip=linted.skip), *(item for ask in LAW for item in ask(linted))]
    for finding in found:
        told = finding.article in skip or not finding.article
        if finding.severity == "error" and not told and finding.code not in _MAY_FOLLOW:
            yield finding


def _resolves(document: CovenantDocument, catalogue: Catalogue, rule: Rule | BreakGlass) -> bool:
    try:
        catalogue.mask(document.field_codes(rule))
        document.purpose_codes(rule.purposes if isinstance(rule, Rule) else ())
    except KeyError:
        return False
    return True


def _in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """In order of line, each once: two questions may find the same."""
    return tuple(sorted(dict.fromkeys(findings), key=lambda finding: finding.line))
