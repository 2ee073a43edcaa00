"""Who may see a review of break-glass and who judges: two officers, of both sides, never the reader. Pure."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from audit.reviews.models import Judgement, Review, Side, Verdict
from foundation.errors import Invalid, Refused

LEAST_WORDS = 10
"""Characters that a judgement or a reason takes at least: a word is no account."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judge:
    """An officer by reference. coordinating: of the bureau, for agencies that have no officer of their own."""

    officer_ref: str
    agency_ref: str
    coordinating: bool


def side_of(review: Review, given: list[Judgement], judge: Judge) -> Side | None:
    """For whom this officer judges; None when it is for none of the agencies involved."""
    taken = {judged.side for judged in given}
    open_ = [Side(side) for side in review.stands_in.split() if side not in taken]
    if judge.coordinating and open_:
        # First where nobody else can: another officer may be there for the agency of their own.
        return open_[0]
    if judge.agency_ref == review.agency_ref:
        return Side.READER
    return Side.SOURCE if judge.agency_ref in review.source_refs else None


def is_involved(review: Review, agency_ref: str) -> bool:
    """Whether this agency read, or is one that the facts came from."""
    return agency_ref == review.agency_ref or agency_ref in review.source_refs


def check_may_judge(review: Review, given: list[Judgement], judge: Judge) -> Side:
    """The side for which this officer judges.

    Raises Refused: no officer of either agency, the reader themself, or somebody who already judged; Invalid: judged.
    Source: design, section 3 (four eyes).
    """
    officer_ref = judge.officer_ref
    if any(judged.officer_ref == officer_ref for judged in given):
        raise Refused(
            _("U heeft deze noodtoegang al beoordeeld."), remedy=_("De tweede beoordeling is van iemand anders.")
        )
    side = side_of(review, given, judge)
    if side is None:
        raise Refused(
            _("U beoordeelt deze noodtoegang niet."),
            remedy=_("De privacy officers van de lezer en van de bron beoordelen haar."),
        )
    if officer_ref == review.reader_ref:
        raise Refused(
            _("U beoordeelt niet uw eigen noodtoegang."),
            remedy=_("Vraag een andere privacy officer van uw organisatie."),
        )
    if any(judged.side == side for judged in given):
        raise Invalid(
            _("Voor uw organisatie is al beoordeeld."), field="verdict", remedy=_("Lees de beoordeling op deze pagina.")
        )
    return side


def may_judge(review: Review, given: list[Judgement], judge: Judge) -> bool:
    """Whether `check_may_judge` lets them."""
    try:
        check_may_judge(review, given, judge)
    except (Refused, Invalid):
        return False
    return True


def outcome(given: list[Judgement]) -> str:
    """What came of it: "" while a judgement is missing; justified only when both find so."""
    if {judged.side for judged in given} != set(Side.values):
        return ""
    found = {judged.verdict for judged in given}
    return Verdict.JUSTIFIED.value if found == {Verdict.JUSTIFIED.value} else Verdict.UNJUSTIFIED.value
