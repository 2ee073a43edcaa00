"""What waits for a reader in this room: questions to answer, and own questions that nobody answered in time."""

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agreements.covenants import labels
from cases.casework.pending import Pending
from cases.casework.rules import CONTRIBUTING_ROLES
from cases.disclosure.reading import Reading
from cases.disclosure.visibility import live_participations, of_cases, partner_participations
from cases.requests.models import Request, RequestState
from foundation import clock
from foundation.masks import from_hex


def pending_for(reading: Reading) -> tuple[Pending, ...]:
    """The open questions to this reader's agency, and its own that are past their day, in cases they take part in."""
    if not reading.visit.roles & CONTRIBUTING_ROLES:
        return ()
    own, today = reading.visit.agency.id, clock.today()
    found = _open(reading).filter(Q(asked_agency_id=own) | Q(source_id=own, due_on__lt=today))
    return tuple(_line(request, own=own) for request in found)


def _open(reading: Reading) -> QuerySet[Request]:
    live = of_cases(live_participations(reading.visit, at=reading.at))
    partner = of_cases(partner_participations(reading.visit, at=reading.at))
    found = Request.objects.filter(Q(live) | Q(partner), state=RequestState.OPEN)
    return found.select_related("case", "source", "asked_agency").order_by("due_on", "id")


def _line(request: Request, *, own: int) -> Pending:
    overdue = request.due_on < clock.today()
    if request.asked_agency_id == own:
        n = from_hex(request.fields).bit_count()
        who = labels.label("agency_type", request.source.type)
        what = ngettext("%(who)s vraagt u %(n)d gegeven", "%(who)s vraagt u %(n)d gegevens", n) % {"who": who, "n": n}
        url = reverse("request_answer", args=[request.case.number, request.uid])
        kind = "request"
    else:
        who = labels.label("agency_type", request.asked_agency.type)
        what = _("%(who)s heeft uw vraag nog niet beantwoord") % {"who": who}
        url = reverse("case_requests", args=[request.case.number])
        kind = "request_late"
    return Pending(
        kind=kind, what=what, place=request.case.number, url=url, since=request.given_at, due_on=request.due_on,
        overdue=overdue,
    )  # fmt: skip
