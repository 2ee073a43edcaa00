"""Who sees the destruction calendar, and for which cases; who proposes and who approves."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from cases.disclosure.reading import Reading
from cases.records.models import Case, Participation
from cases.retention.models import Destruction, Scope
from foundation.errors import NotFound, Refused

PROPOSING = frozenset({"case_director", "contact_point", "privacy_officer"})
APPROVING = frozenset({"privacy_officer", "contact_point", "chair"})
_ON_REQUEST = Q(scope=Scope.ITEMS)


def check_reader(reading: Reading) -> None:
    """Raises Refused for a role that keeps no terms, and for a token that is bound to one case."""
    if not reading.visit.roles & (PROPOSING | APPROVING) or reading.visit.case_pinned:
        raise Refused(
            _("Uw rol bewaakt geen bewaartermijnen."),
            remedy=_("Vraag het de procesregisseur, het contactpunt of de privacy officer."),
        )


def cases_for(reading: Reading) -> "QuerySet[Case]":
    """The cases whose terms this reader keeps: their agency leads them or takes or took part in them, live.

    Their numbers and dates only: no fact is read by this role.
    """
    own = reading.visit.agency.id
    took = Participation.objects.filter(agency_id=own, mode=Participation.Mode.LIVE).values("case_id")
    return Case.objects.filter(Q(lead_id=own) | Q(pk__in=took))


def destructions_for(reading: Reading) -> "QuerySet[Destruction]":
    """Destructions by term of these cases. Not what a source erases on request: see `erasures_of`."""
    return Destruction.objects.filter(case__in=cases_for(reading)).exclude(_ON_REQUEST).select_related("case")


def certified_for(reading: Reading) -> "QuerySet[Destruction]":
    """Those whose certificate this reader may see: by term, and what the own agency itself erased on request.

    That a person asked a source to erase something is nobody else's to know.
    """
    mine = _ON_REQUEST & Q(source_id=reading.visit.agency.id)
    found = Destruction.objects.filter((Q(case__in=cases_for(reading)) & ~_ON_REQUEST) | mine)
    return found.select_related("case", "source")


def case_for_terms(reading: Reading, number: str) -> Case:
    """One of them. Raises NotFound for every other number."""
    found = cases_for(reading).filter(number=number.replace("\0", "")).first()
    if found is None:
        raise NotFound(_("Deze casus bestaat niet, of niet voor u."), remedy=_("Ga terug naar de kalender."))
    return found
