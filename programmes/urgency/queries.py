"""What is read of urgency: tranches and outcomes for everybody, cases whole for who takes part in them."""

from dataclasses import dataclass

from django.db.models import prefetch_related_objects

from agreements.parties.reader import Visit
from programmes.urgency.models import CaseState, Support, Tranche, TrancheState, UrgencyCase
from programmes.urgency.rights import case_for, may_decide, may_score, may_submit, readable, tranche_named


@dataclass(frozen=True, slots=True, kw_only=True)
class TranchePage:
    """One tranche for one reader. chosen, not_yet: once decided, for everybody; cases: those one reads whole."""

    tranche: Tranche
    chosen: tuple[UrgencyCase, ...]
    not_yet: tuple[UrgencyCase, ...]
    cases: tuple[UrgencyCase, ...]
    submits: bool
    decides: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CasePage:
    """One case, whole. own_support: the row of one's own agency, when it was asked."""

    case: UrgencyCase
    supports: tuple[Support, ...]
    own_support: Support | None
    scores: bool


def tranches() -> tuple[Tranche, ...]:
    """All tranches, the newest first."""
    return tuple(Tranche.objects.select_related("board", "assessor"))


def tranche_page(visit: Visit | None, code: str) -> TranchePage:
    """One tranche. Raises NotFound."""
    tranche = tranche_named(code)
    settled: list[UrgencyCase] = []
    if tranche.state == TrancheState.DECIDED:
        rows = (
            tranche.cases.select_related("area", "agency")
            .defer("area__geometry")
            .prefetch_related("figures__indicator", "supports__agency")
        )
        settled = list(rows)
    return TranchePage(
        tranche=tranche, chosen=tuple(one for one in settled if one.state == CaseState.SELECTED),
        not_yet=tuple(one for one in settled if one.state == CaseState.NOT_YET),
        cases=tuple(readable(visit).filter(tranche=tranche)), submits=may_submit(visit, tranche),
        decides=may_decide(visit, tranche),
    )  # fmt: skip


def case_page(visit: Visit, uid: object) -> CasePage:
    """One case, for who takes part in it. Raises NotFound."""
    case = case_for(visit, uid)  # type: ignore[arg-type]
    prefetch_related_objects([case], "figures__indicator")
    supports = tuple(case.supports.select_related("agency"))
    return CasePage(
        case=case, supports=supports, scores=may_score(visit, case.tranche),
        own_support=next((one for one in supports if one.agency_id == visit.agency.id), None),
    )  # fmt: skip
