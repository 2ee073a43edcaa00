"""What is read of mediations: the rounds to which one is invited, and the results that all parties made public."""

from dataclasses import dataclass

from agreements.parties.reader import Visit
from programmes.mediation.models import MediationRound
from programmes.mediation.rights import is_invited, is_public
from programmes.plans.models import Programme
from programmes.plans.rights import may_lead, programme_for


@dataclass(frozen=True, slots=True, kw_only=True)
class MediationPage:
    """The rounds of a programme for one reader. public: those with a result that all parties made public."""

    programme: Programme
    leads: bool
    own: tuple[MediationRound, ...]
    public: tuple[MediationRound, ...]


def mediation_page(visit: Visit | None, code: str) -> MediationPage:
    """The list. Raises NotFound."""
    programme = programme_for(visit, code)
    rows = MediationRound.objects.filter(programme=programme).prefetch_related("parties", "actions__party")
    found = [(row, is_invited(visit, row)) for row in rows]
    return MediationPage(
        programme=programme, leads=may_lead(visit, programme), own=tuple(row for row, invited in found if invited),
        public=tuple(row for row, _invited in found if is_public(row)),
    )  # fmt: skip
