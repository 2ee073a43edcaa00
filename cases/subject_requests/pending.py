"""What waits for who answers requests: requests to answer and sheets to decide on, with their terms. Opens no facts."""

from django.urls import reverse
from django.utils.translation import gettext as _

from cases.casework.pending import Pending
from cases.disclosure.reading import Reading
from cases.retention.commands.on_request import waiting_items
from cases.subject_requests.choices import AT_WORK, OPEN, State
from cases.subject_requests.models import DecisionSheet, SubjectRequest
from cases.subject_requests.queries import is_overdue
from cases.subject_requests.rights import handles

KIND = "subject_request"


def pending_for(reading: Reading) -> tuple[Pending, ...]:
    """Sheets that this agency must decide on, requests that it took in and must take further, and erasures that wait
    for the reader's second word; by term.
    """
    found = _erasures(reading)
    if handles(reading):
        found += _requests(reading)
    return tuple(sorted(found, key=lambda line: (str(line.due_on), line.place)))


def _erasures(reading: Reading) -> list[Pending]:
    waiting = {one.sheet: one for one in reversed(waiting_items(reading))}
    sheets = DecisionSheet.objects.filter(uid__in=list(waiting)).select_related("request")
    return [
        Pending(
            kind=KIND, what=_("Keur wissen op verzoek goed"), place=sheet.request.number,
            url=reverse("subject_erasure", args=[sheet.uid]), since=waiting[sheet.uid].proposed_at,
            due_on=sheet.request.due_on, overdue=is_overdue(sheet.request),
        )
        for sheet in sheets
    ]  # fmt: skip


def _requests(reading: Reading) -> list[Pending]:
    own = reading.visit.agency.id
    sheets = DecisionSheet.objects.filter(agency_id=own, closed_at=None, request__state__in=AT_WORK)
    taken = SubjectRequest.objects.filter(receiver_id=own, state__in=OPEN)
    found = [
        _pending(
            sheet.request,
            _("Beslis over gegevens van uw organisatie"),
            reverse("subject_sheet", args=[sheet.request.uid]),
        )
        for sheet in sheets.select_related("request")
    ]
    found += [
        _pending(request, what, reverse("subject_request", args=[request.uid]))
        for request in taken
        if (what := _what(request))
    ]
    return found


def _what(request: SubjectRequest) -> str:
    """What its receiver does next; "" while others decide and the term is not over."""
    if request.state == State.INTAKE:
        return _("Stel vast wie het verzoek doet")
    if request.state == State.READY:
        return _("Maak het antwoord en reik het uit")
    return _("De termijn van dit verzoek is om") if is_overdue(request) else ""


def _pending(request: SubjectRequest, what: str, url: str) -> Pending:
    return Pending(
        kind=KIND, what=what, place=request.number, url=url, since=request.entered_at, due_on=request.due_on,
        overdue=is_overdue(request),
    )  # fmt: skip
