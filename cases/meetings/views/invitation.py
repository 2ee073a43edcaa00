"""Whom to invite, and the statement of secrecy."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from cases.casework.views.frame import reading_of
from cases.disclosure.reading import Reading
from cases.meetings import mails, pages, queries, queries_agenda, rights
from cases.meetings.commands import invitations, secrecy
from cases.meetings.forms import GuestForm
from cases.meetings.statement import statement
from cases.meetings.views.frame import attempt, back_to, status_of
from foundation.errors import Problem
from foundation.routes import Shows, route


@route("meeting_invitations", shows=Shows.CASE_DATA)
@require_http_methods(["GET", "POST"])
def invite(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Who was invited and what they answered; whom the agenda suggests; a post invites, takes back or reminds."""
    reading = reading_of(request, route="meeting_invitations", event="meeting.agenda")
    problem = None
    if request.method == "POST":
        problem = attempt(None, lambda: _do(request, reading, uid))
        if problem is None:
            return back_to("meeting_invitations", uid)
    proposals = queries_agenda.proposals(reading, uid)
    line = queries.meeting_line(reading, uid)
    context: dict[str, Any] = {
        "meeting": pages.meeting(line),
        "guests": pages.guests(line),
        "proposals": [pages.proposal(found) for found in proposals],
        "agencies": queries.agencies(),
        "problem": problem,
        "open": line.state in ("planned", "running"),
        "agenda_url": reverse("meeting_agenda", args=[uid]),
    }
    return render(request, "cases/meetings/invitations.html", context, status=status_of(problem))


def _do(request: HttpRequest, reading: Reading, uid: UUID) -> None:
    data = request.POST
    if data.get("remove"):
        invitations.uninvite(reading, uid, invitations.whole(data["remove"]))
        messages.success(request, _("De uitnodiging is ingetrokken."))
        return
    if "remind" in data:
        meeting = rights.meeting_for(reading, uid)
        rights.check_chair(reading, meeting)
        _sent(request, mails.remind(reading, meeting))
        return
    new = invitations.invite(reading, uid, invitations.invitees_of(data.getlist("invitees")))
    if new:
        mails.send(reading, new[0].meeting, new)
    text = ngettext("%(n)d uitnodiging verstuurd.", "%(n)d uitnodigingen verstuurd.", len(new)) % {"n": len(new)}
    messages.success(request, text)


def _sent(request: HttpRequest, n: int) -> None:
    text = ngettext("%(n)d herinnering verstuurd.", "%(n)d herinneringen verstuurd.", n) % {"n": n}
    messages.success(request, text)


@route("meeting_secrecy", shows=Shows.NOTHING)
@require_http_methods(["GET", "POST"])
def accept(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Read the statement of secrecy, and accept it."""
    reading = reading_of(request, route="meeting_secrecy", event="secrecy.accepted")
    problem = None
    if request.method == "POST":
        problem = attempt(None, lambda: secrecy.accept(reading, uid, version=request.POST.get("version", "")))
        if problem is None:
            messages.success(request, _("U hebt de geheimhouding aanvaard."))
            return back_to("meeting", uid)
    return _statement(request, reading, uid, problem=problem)


@route("meeting_secrecy_guest", shows=Shows.NOTHING)
@require_POST
def accept_for_guest(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The chair read the statement to a guest, who accepted it."""
    reading = reading_of(request, route="meeting_secrecy_guest", event="secrecy.accepted")
    rights.check_chair(reading, rights.meeting_for(reading, uid))
    form = _guest_form(reading, uid, request.POST)
    problem = None
    if form.is_valid():
        data, version = form.cleaned_data, request.POST.get("version", "")
        problem = attempt(
            form,
            lambda: secrecy.accept_for_guest(reading, uid, agency=data["agency"], guest=data["guest"], version=version),
        )
        if problem is None and form.is_valid():
            messages.success(request, _("De gast heeft de geheimhouding aanvaard."))
            return back_to("meeting_secrecy", uid)
    return _statement(request, reading, uid, problem=problem, guest=form)


def _guest_form(reading: Reading, uid: UUID, data: Any) -> GuestForm:
    line = queries.meeting_line(reading, uid)
    agencies = list({guest.agency.code: (guest.agency.code, guest.agency.name) for guest in line.guests}.values())
    return GuestForm(data, agencies=agencies)


def _statement(
    request: HttpRequest, reading: Reading, uid: UUID, *, problem: Problem | None, guest: GuestForm | None = None
) -> HttpResponse:
    line = queries.meeting_line(reading, uid)
    context: dict[str, Any] = {
        "meeting": pages.meeting(line),
        "statement": statement((get_language() or "nl")[:2]),
        "problem": problem,
        "open": line.state in ("planned", "running"),
    }
    if line.leads:
        context |= {
            "guest_form": guest or _guest_form(reading, uid, None),
            "accepted": [
                {"agency": pages.monogram(row.agency), "name": row.name, "guest": row.guest, "at": row.at}
                for row in queries.acceptances(rights.meeting_for(reading, uid))
            ],
        }
    forms = [context["guest_form"]] if line.leads else []
    return render(request, "cases/meetings/secrecy.html", context, status=status_of(problem, *forms))
