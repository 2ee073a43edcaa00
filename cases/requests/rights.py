"""Who may know that a request exists, and who may ask, answer and withdraw. Its words open by disclosure alone."""

from typing import NoReturn
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from cases.casework.rules import check_role
from cases.disclosure.reading import Reading
from cases.disclosure.refusals import case_for, partner_for
from cases.records.models import Case
from cases.requests.models import Request, RequestState
from foundation.errors import Invalid, NotFound, Refused

LEADING = frozenset({"case_director", "chair"})
_RELATIONS = ("source", "asked_agency", "entered_by", "about__subject", "reply")


def requests_of(reading: Reading, case: Case) -> QuerySet[Request]:
    """The requests in a case of which this reader may know that they exist, newest first.

    Those that their agency asks or is asked; for who directs the case for its lead: all. For everybody else an
    open question would tell what somebody is looking for.
    """
    found = Request.objects.filter(case=case).select_related(*_RELATIONS)
    if not leads(reading, case):
        own = reading.visit.agency.id
        found = found.filter(Q(source_id=own) | Q(asked_agency_id=own))
    return found.order_by("-given_at", "-id")


def leads(reading: Reading, case: Case) -> bool:
    """Whether this reader directs the case for the agency that leads it."""
    return case.lead_id == reading.visit.agency.id and bool(reading.visit.roles & LEADING)


def request_for(reading: Reading, number: str, uid: UUID) -> Request:
    """One request of which this reader may know, in a case they take part in, also as a third party.

    Raises NotYourCase (journalled), NotFound.
    """
    partner = partner_for(reading, number)
    case = partner or case_for(reading, number).case
    found = requests_of(reading, case).filter(uid=uid).first()
    if found is None:
        _not_there()
    return found


def asked_for(reading: Reading, number: str, uid: UUID) -> Request:
    """The open request that this reader's agency is asked.

    Raises as request_for; Refused for another agency, Invalid when it is closed.
    """
    check_role(reading.visit.roles)
    found = request_for(reading, number, uid)
    if found.asked_agency_id != reading.visit.agency.id:
        raise Refused(
            _("Deze vraag is niet aan uw organisatie gesteld."), remedy=_("Alleen wie is gevraagd, rondt haar af.")
        )
    return still_open(found)


def own_request(reading: Reading, number: str, uid: UUID) -> Request:
    """The open request that this reader's agency asked. Raises as asked_for."""
    check_role(reading.visit.roles)
    found = request_for(reading, number, uid)
    if found.source_id != reading.visit.agency.id:
        raise Refused(_("Deze vraag is niet van uw organisatie."), remedy=_("Alleen wie vroeg, trekt zijn vraag in."))
    return still_open(found)


def still_open(found: Request) -> Request:
    """The same request. Raises Invalid when it was answered or withdrawn meanwhile."""
    if found.state != RequestState.OPEN:
        raise Invalid(
            _("Deze vraag is al afgerond of ingetrokken."), field="state",
            remedy=_("Voeg een bijdrage toe als u later nog iets weet."),
        )  # fmt: skip
    return found


def _not_there() -> NoReturn:
    raise NotFound(_("Deze vraag bestaat niet, of niet voor u."), remedy=_("Ga terug naar de vragen van de casus."))
