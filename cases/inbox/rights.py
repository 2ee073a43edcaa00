"""Who may read and who decides an escalation: the asker and the own leadership, and nobody else.

The leadership reads the question of its own agency, not the case: it takes no part in it as a reader.
"""

from typing import NoReturn
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from cases.disclosure.reading import Reading
from cases.disclosure.visibility import of_cases
from cases.inbox.models import Escalation, EscalationState
from cases.records.models import Participation
from cases.records.phases import READABLE
from foundation.errors import Invalid, NotFound, Refused

LEADERSHIP = frozenset({"team_lead", "signatory"})
"""Who answers for an agency: its team leaders from the start, who signs for it once nobody answered in time."""


_RELATIONS = ("case", "source", "blocked_by", "about__subject", "entered_by", "answer__entered_by", "answer__source")


def escalations_for(reading: Reading) -> QuerySet[Escalation]:
    """The escalations that this reader may read, newest first.

    Included if, and only if:
    - they were asked at the reader's own agency, which still takes part in the case, and the case is not closed;
    - the reader asked it; or leads a team there; or signs for the agency and it came to that level;
    - an access token pinned to one case names this case.
    """
    visit = reading.visit
    taking = Participation.objects.filter(
        Q(ends=None) | Q(ends__gt=reading.at), agency_id=visit.agency.id, is_open=True, starts__lte=reading.at
    )
    mine = Q(entered_by_id=visit.professional_id)
    if "team_lead" in visit.roles:
        mine = Q()
    elif "signatory" in visit.roles:
        mine |= Q(level=2)
    found = Escalation.objects.filter(
        mine, of_cases(taking), source_id=visit.agency.id, withdrawn_at=None,
        case__state__in=[state.value for state in READABLE],
    )  # fmt: skip
    if visit.case_pinned:
        found = found.filter(case__number=visit.case_pinned)
    return found.select_related(
        "case", "source", "blocked_by", "about__subject", "entered_by", "answer__entered_by", "answer__source"
    ).order_by("-given_at", "-id")


def escalation_for(reading: Reading, uid: UUID) -> Escalation:
    """One escalation that this reader may read. Raises NotFound: the same for what is not there and not theirs."""
    found = escalations_for(reading).filter(uid=uid).first()
    if found is None:
        _not_there()
    return found


def may_decide(reading: Reading, escalation: Escalation) -> bool:
    """Whether this reader answers it: leads at its level or above, and did not ask it."""
    return (
        escalation.state != EscalationState.DECIDED
        and escalation.entered_by_id != reading.visit.professional_id
        and bool(reading.visit.roles & LEADERSHIP)
    )


def check_may_decide(reading: Reading, escalation: Escalation) -> None:
    """Raises Invalid when it was decided, Refused unless `may_decide`."""
    if escalation.state == EscalationState.DECIDED:
        raise Invalid(
            _("Op deze opschaling is al besloten."), field="words", remedy=_("Lees het besluit op deze pagina.")
        )
    if not may_decide(reading, escalation):
        raise Refused(
            _("U besluit niet over deze opschaling."), remedy=_("Dat doet de leiding van uw organisatie.")
        )  # fmt: skip


def _not_there() -> NoReturn:
    raise NotFound(_("Deze opschaling bestaat niet, of niet voor u."), remedy=_("Ga terug naar uw inbox."))
