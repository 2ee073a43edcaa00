"""Who may do what with urgency: municipalities submit, partners support, the assessor scores, the board decides."""

from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from agreements.parties.reader import Visit
from agreements.parties.rules import AgencyType
from foundation.errors import NotFound
from programmes.plans.acting import LEADING, denied, speaks_for
from programmes.urgency import events
from programmes.urgency.models import Tranche, TrancheState, UrgencyCase

DECIDING = frozenset({"chair", "signatory"})
"""Roles that open, close and decide on a tranche for the board."""
ASSESSING = LEADING | {"professional"}
"""Roles that give an opinion for the assessor."""


def tranche_named(code: str) -> Tranche:
    """The tranche with this code ("2026-2"). Raises NotFound."""
    year, _sign, half = code.partition("-")
    found = None
    if year.isascii() and year.isdigit() and len(year) == 4 and half in ("1", "2"):
        rows = Tranche.objects.select_related("board", "assessor")
        found = rows.filter(year=int(year), half=int(half)).first()
    if found is None:
        raise NotFound(_("Deze tranche bestaat niet."), remedy=_("Kies er een uit de lijst."))
    return found


def readable(visit: Visit | None) -> QuerySet[UrgencyCase]:
    """The cases that this visit reads whole: its agency submitted, is asked to support, assesses or decides."""
    if visit is None:
        return UrgencyCase.objects.none()
    mine = visit.agency.id
    asked = UrgencyCase.objects.filter(supports__agency_id=mine).values("pk")
    return (
        UrgencyCase.objects.filter(
            Q(agency_id=mine) | Q(tranche__board_id=mine) | Q(tranche__assessor_id=mine) | Q(pk__in=asked)
        )
        .select_related("tranche__board", "tranche__assessor", "area", "agency")
        .defer("area__geometry")
    )


def case_for(visit: Visit, uid: UUID) -> UrgencyCase:
    """A case, for who reads it whole. Raises NotFound: none, or none for this visit (the same answer)."""
    found = readable(visit).filter(uid=uid).first()
    if found is None:
        raise NotFound(
            _("Deze urgentie bestaat niet, of is niet met uw organisatie gedeeld."),
            remedy=_("Wat openbaar is, staat op de pagina van de tranche."),
        )  # fmt: skip
    return found


def may_open(visit: Visit | None) -> bool:
    """Whether this visit may open a tranche, as its board."""
    return visit is not None and bool(visit.roles & DECIDING)


def may_decide(visit: Visit | None, tranche: Tranche) -> bool:
    """Whether this visit speaks for the board."""
    return visit is not None and visit.agency.id == tranche.board_id and may_open(visit)


def may_submit(visit: Visit | None, tranche: Tranche) -> bool:
    """Whether this visit submits: it leads a municipality that does not assess, while the tranche is open."""
    return (
        visit is not None
        and tranche.state == TrancheState.OPEN
        and visit.agency.type == AgencyType.GEM
        and speaks_for(visit, visit.agency.id)
        and visit.agency.id != tranche.assessor_id
    )


def may_score(visit: Visit | None, tranche: Tranche) -> bool:
    """Whether this visit gives the assessor's opinion, once the tranche is closed."""
    return (
        visit is not None
        and visit.agency.id == tranche.assessor_id
        and tranche.state == TrancheState.CLOSED
        and bool(visit.roles & ASSESSING)
    )


def check_may_open(visit: Visit) -> None:
    """Raises Refused, journalled, unless `may_open`."""
    if not may_open(visit):
        denied(
            visit, events.OPENED, _("Een tranche opent het bestuur."),
            remedy=_("Vraag de voorzitter of tekenbevoegde."),
        )  # fmt: skip


def check_board(visit: Visit, tranche: Tranche, *, event: str) -> None:
    """Raises Refused, journalled, unless this visit speaks for the board."""
    if not may_decide(visit, tranche):
        denied(
            visit, event, _("Dit doet het bestuur: %(name)s.") % {"name": tranche.board.name},
            remedy=_("Vraag de voorzitter of tekenbevoegde van die organisatie."),
        )  # fmt: skip
