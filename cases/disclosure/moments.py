"""How a case stood at a moment: phase, covenants, and who took part. For "why" as of then."""

from collections.abc import Callable
from datetime import datetime

from django.db.models import Q

from agreements.policy.question import Setting
from cases.records.models import Case, Participation


def setting_at(case: Case, at: datetime) -> Setting:
    """Phase and covenants of `case` at `at`; before it began there is no phase and no covenant."""
    return settings_of(case)(at)


def settings_of(case: Case) -> Callable[[datetime], Setting]:
    """The same for any number of moments, read once."""
    phases = list(case.phase_changes.order_by("starts", "id").values_list("starts", "phase"))
    terms = list(case.covenant_terms.values_list("code", "starts", "ends"))

    def at_moment(at: datetime) -> Setting:
        phase = [phase for starts, phase in phases if starts <= at][-1:]
        codes = (code for code, starts, ends in terms if starts <= at and (ends is None or ends > at))
        return Setting(kind=case.kind, phase=phase[0] if phase else "", covenants=frozenset(codes))

    return at_moment


def took_part(case: Case, *, agency_id: int, professional_id: int, at: datetime) -> bool:
    """Did this professional take part in the joint case at `at`."""
    return (
        Participation.objects.filter(case=case, agency_id=agency_id, mode=Participation.Mode.LIVE, starts__lte=at)
        .filter(Q(ends__isnull=True) | Q(ends__gt=at))
        .filter(Q(everyone=True) | Q(members__professional_id=professional_id))
        .exists()
    )
