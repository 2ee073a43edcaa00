"""What each legal regime asks of a covenant, checked when it is loaded and signed. An open list: REGIMES.

Not legal advice: the signatories decide. Sources: domain reference, "Five legal facts" and section 6.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from agreements.policy import regime_checks as asks
from agreements.policy.catalogue import Catalogue
from agreements.policy.errors import Finding
from agreements.policy.regime_checks import Check, Subject, error
from agreements.policy.schema import CovenantDocument, Prohibition

__all__ = ["REGIMES", "Regime", "check", "third_party_live"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Regime:
    """A legal regime: its code, whether third parties may ever read live, and what it asks."""

    code: str
    third_party_live: bool
    checks: tuple[Check, ...]


_ALWAYS: tuple[Callable[[Subject], Iterable[Finding]], ...] = (
    asks.complete_rules,
    asks.purposes_and_kinds,
    asks.secrecy_conditions,
    asks.contact_and_dpia,
)

REGIMES: dict[str, Regime] = {
    regime.code: regime
    for regime in (
        Regime(
            code="wgs_zvh",
            third_party_live=False,
            checks=(
                *_ALWAYS,
                asks.capacities_of_the_wgs,
                asks.categories_of_the_wgs,
                asks.third_parties_by_extract,
                asks.no_investigation_data,
                asks.persons_only,
                asks.five_years,
            ),
        ),
        Regime(
            code="wgs_riec",
            third_party_live=False,
            checks=(*_ALWAYS, asks.third_parties_by_extract, asks.no_investigation_data, asks.kinds_listed),
        ),
        Regime(
            code="general",
            third_party_live=True,
            checks=(
                *_ALWAYS,
                asks.police_data_by_decision,
                asks.investigation_data_by_consent,
                asks.special_data_has_ground,
            ),
        ),
    )
}


def check(
    document: CovenantDocument, catalogue: Catalogue, *, skip: frozenset[str] = frozenset()
) -> tuple[Finding, ...]:
    """Everything the document's regime asks and does not find, in order of line. Warnings included.

    skip: numbers of rules that are not judged, for a document that could not be read whole.
    """
    regime = REGIMES.get(document.regime)
    subject = Subject(document=document, catalogue=catalogue, skip=skip)
    if regime is None:
        message = f"Regime '{document.regime}' is niet bekend."
        remedy = f"Kies uit: {', '.join(sorted(REGIMES))}."
        return (error(subject, "unknown_regime", ("regime",), "", message, remedy),)
    findings = [finding for ask in regime.checks for finding in ask(subject)]
    findings.extend(_unheard_of(subject))
    return tuple(sorted(findings, key=lambda finding: finding.line))


def _unheard_of(subject: Subject) -> Iterable[Finding]:
    """A prohibition that is lifted under a regime nobody knows can never be lifted: a slip of the pen."""
    for _, path, _, rule in subject.document.placed_rules():
        unless = rule.unless if isinstance(rule, Prohibition) else None
        if unless is not None and unless.regime not in REGIMES:
            message = f"Het verbod wijkt voor regime '{unless.regime}', dat niet bekend is."
            remedy = f"Kies uit: {', '.join(sorted(REGIMES))}."
            yield error(subject, "unknown_regime", (*path, "unless", "regime"), rule.id, message, remedy)


def third_party_live(code: str) -> bool:
    """Whether a third party may read live under this regime; an unknown regime never lets it."""
    regime = REGIMES.get(code)
    return regime is not None and regime.third_party_live
