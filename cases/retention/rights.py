"""Who sees the destruction calendar, and for which cases; who proposes and who approves."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from cases.disclosure.reading import Reading
from cases.records.models import Case, Participation
from foundation.errors import NotFound, Refused

PROPOSING = frozenset({"case_director", "contact_point", "privacy_officer"})
APPROVING = frozenset({"privacy_officer", "contact_point", "chair"})


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


def case_for_terms(reading: Reading, number: str) -> Case:
    """One of them. Raises NotFound for every other number."""
    found = cases_for(reading).filter(number=number.replace("\0", "")).first()
    if found is None:
        raise NotFound(_("Deze casus bestaat niet, of niet voor u."), remedy=_("Ga terug naar de kalender."))
    return found
