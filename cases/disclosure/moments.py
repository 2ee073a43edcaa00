"""How a case stood at a moment: phase, covenants, and who took part. For "why" as of then."""

from datetime import datetime

from django.db.models import Q

from agreements.policy.question import Setting
from cases.records.models import Case, Participation


def setting_at(case: Case, at: datetime) -> Setting:
    """Phase and covenants of `case` at `at`; before it began there is no phase and no covenant."""
    phase = case.phase_changes.filter(starts__lte=at).order_by("starts", "id").values_list("phase", flat=True).last()
    terms = case.covenant_terms.filter(Q(ends__isnull=True) | Q(ends__gt=at), starts__lte=at)
    return Setting(kind=case.kind, phase=phase or "", covenants=frozenset(terms.values_list("code", flat=True)))


def took_part(case: Case, *, agency_id: int, professional_id: int, at: datetime) -> bool:
    """Did this professional take part in the joint case at `at`."""
    return (
        Participation.objects.filter(case=case, agency_id=agency_id, mode=Participation.Mode.LIVE, starts__lte=at)
        .filter(Q(ends__isnull=True) | Q(ends__gt=at))
        .filter(Q(everyone=True) | Q(members__professional_id=professional_id))
        .exists()
    )
