"""Which cases exist for a reader. Nothing here reads a fact; a case outside this set answers as not found."""

from datetime import datetime
from functools import lru_cache
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.lookups import IsNull

from agreements.parties.reader import Visit
from cases.records.models import Case, CaseVisit, Extract, Participation, ParticipationMember
from cases.records.phases import READABLE

WORKLIST_ORDER = ("urgency_rank", "next_step_on", "case_id")
"""How participations stand in the work list, and wherever a reader's cases stand in a row."""
# Roles whose work is in cases. A signatory, contact point, privacy officer or administrator reads none by that role.
CASE_ROLES = frozenset({"professional", "case_director", "chair", "street", "team_lead"})


@lru_cache(maxsize=512)
def _of_professional(agency_id: int, professional_id: int) -> QuerySet[Participation]:
    """The part of the rule below that is the same at any moment; building it takes longer than asking it."""
    named = ParticipationMember.objects.filter(participation=OuterRef("pk"), professional_id=professional_id)
    return Participation.objects.filter(
        # Not Exists: PostgreSQL would read all the cases that somebody is named in, for a page of fifty.
        Q(everyone=True) | Q(IsNull(Subquery(named.values("pk")[:1]), False)),
        agency_id=agency_id,
        mode=Participation.Mode.LIVE,
        is_open=True,
        case__state__in=sorted(state.value for state in READABLE),
    ).select_related("case")


def live_participations(visit: Visit, *, at: datetime) -> QuerySet[Participation]:
    """The participations through which `visit` reads joint cases, with their cases.

    Included if, and only if:
    - the participation is of the visit's agency, in mode `live`, and open at `at`;
    - the whole team takes part, or this professional is named in it;
    - the case is open or paused (a closed case is shielded, WGS art. 2.31(8));
    - the visit holds a role whose work is in cases;
    - an access token pinned to one case names this case.
    """
    if not visit.roles & CASE_ROLES:
        return Participation.objects.none()
    found = _of_professional(visit.agency.id, visit.professional_id)
    found = found.filter(Q(ends__isnull=True) | Q(ends__gt=at), starts__lte=at)
    return found.filter(case__number=visit.case_pinned) if visit.case_pinned else found


def of_cases(taking: QuerySet[Participation]) -> Exists:
    """That the case of a row (`case_id`) is one of these participations', as a condition on that row.

    Asked row by row: of few rows it costs little, however many cases somebody reads. With `case__in` SQLite would list
    all those cases first.
    """
    return Exists(taking.order_by().filter(case_id=OuterRef("case_id")))


def with_last_visit(found: QuerySet[Participation], visit: Visit) -> QuerySet[Any]:
    """The same participations with `seen`: when this professional last began reading the case, or None."""
    return found.annotate(seen=_last_visit(visit.professional_id))


@lru_cache(maxsize=512)
def _last_visit(professional_id: int) -> Subquery:
    mine = CaseVisit.objects.filter(professional_id=professional_id, case=OuterRef("case_id"))
    return Subquery(mine.values("seen_at")[:1])


def extracts_for(visit: Visit, *, at: datetime) -> QuerySet[Extract]:
    """The extracts that `visit` may open now: pushed to its agency, not revoked, not ended.

    Whether an article still grants the fields is for disclosure to decide at opening.
    """
    if not visit.roles & CASE_ROLES:
        return Extract.objects.none()
    found = Extract.objects.filter(recipient_id=visit.agency.id, revoked_at__isnull=True, decided_at__lte=at)
    found = found.filter(Q(ends__isnull=True) | Q(ends__gt=at))
    return found.filter(case__number=visit.case_pinned) if visit.case_pinned else found


def partner_participations(visit: Visit, *, at: datetime) -> QuerySet[Participation]:
    """The participations in mode `extract`: cases a third party reports to, without reading them.

    Included as live_participations says, in the other mode: a closed case is shielded for third parties too.
    """
    if not visit.roles & CASE_ROLES:
        return Participation.objects.none()
    named = ParticipationMember.objects.filter(participation=OuterRef("pk"), professional_id=visit.professional_id)
    found = Participation.objects.filter(
        Q(ends__isnull=True) | Q(ends__gt=at),
        Q(everyone=True) | Exists(named),
        agency_id=visit.agency.id,
        mode=Participation.Mode.EXTRACT,
        is_open=True,
        starts__lte=at,
        case__state__in=[state.value for state in READABLE],
    )
    return found.filter(case__number=visit.case_pinned) if visit.case_pinned else found


def readers_of(case: Case, *, at: datetime) -> QuerySet[Participation]:
    """The participations by which agencies read this joint case at `at`, with their agencies."""
    return Participation.objects.filter(
        Q(ends__isnull=True) | Q(ends__gt=at),
        case=case,
        mode=Participation.Mode.LIVE,
        is_open=True,
        starts__lte=at,
    ).select_related("agency")
