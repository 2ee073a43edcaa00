"""For whom a request or a decision sheet exists. Opens no facts; a refusal is journalled."""

from typing import NoReturn
from uuid import UUID

from django.utils.translation import gettext as _

from agreements.parties.reader import current_memberships
from audit.journal.apart import append_apart
from audit.journal.entry import Outcome
from cases.disclosure.reading import Reading
from cases.subject_requests import events
from cases.subject_requests.models import DecisionSheet, SubjectRequest
from foundation.errors import NotFound, Refused

HANDLING = frozenset({"privacy_officer", "contact_point"})
"""Roles that answer requests for their agency (AVG art. 38(4), BGS art. 1.1)."""


class NotYourRequest(NotFound):
    """The request, or a sheet of it, does not exist for this reader."""

    code = "not_your_request"
    is_recorded = True


class NotHandling(Refused):
    """The reader's role answers no requests of persons concerned."""

    code = "not_handling"
    is_recorded = True


def handles(reading: Reading) -> bool:
    """Whether the reader answers requests for their agency. A token that is bound to one case does not."""
    return bool(reading.visit.roles & HANDLING) and reading.visit.case_pinned is None


def check_handles(reading: Reading) -> None:
    """Raises NotHandling, after journalling."""
    if handles(reading):
        return
    append_apart([reading.entry(event=events.REFUSED_TO, outcome=Outcome.REFUSED)])
    raise NotHandling(
        _("Verzoeken van betrokkenen zijn voor de privacy officer en het contactpunt."),
        remedy=_("Geef het verzoek vandaag nog door: de termijn loopt vanaf de dag van ontvangst."),
        article="AVG art. 12(3)",
    )


def request_for(reading: Reading, uid: UUID) -> SubjectRequest:
    """A request that the reader's agency took in. Raises NotHandling, NotYourRequest (journalled)."""
    check_handles(reading)
    found = SubjectRequest.objects.filter(uid=uid, receiver_id=reading.visit.agency.id)
    one = found.select_related("receiver", "identity_by", "entered_by").first()
    if one is None:
        _not_yours(reading)
    return one


def sheet_for(reading: Reading, uid: UUID) -> DecisionSheet:
    """The sheet of the reader's own agency in the request `uid`. Raises NotHandling, NotYourRequest (journalled).

    No agency gets another's: each controller decides on its own facts, unseen by the others (AVG art. 4(7)).
    """
    check_handles(reading)
    found = DecisionSheet.objects.filter(request__uid=uid, agency_id=reading.visit.agency.id)
    one = found.select_related("request__receiver", "agency").first()
    if one is None:
        _not_yours(reading)
    return one


def asked_agencies() -> dict[int, str]:
    """Agencies with somebody who answers requests, by id: each gets a sheet, whether it knows the person or not."""
    rows = current_memberships()
    return {row.agency_id: row.agency.name for row in rows if HANDLING & frozenset(row.roles)}


def _not_yours(reading: Reading) -> NoReturn:
    append_apart([reading.entry(event=events.REFUSED_TO, outcome=Outcome.REFUSED)])
    raise NotYourRequest(
        _("Dit verzoek bestaat niet, of niet voor uw organisatie."), remedy=_("Ga terug naar de lijst van verzoeken.")
    )
