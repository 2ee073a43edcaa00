"""Pages of retention: the destruction calendar and its steps, the certificate."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cases.casework.views.frame import reading_of
from cases.retention import commands, events, pages, queries
from cases.retention.forms import HoldForm
from foundation.errors import Invalid, Problem
from foundation.routes import Shows, route


# Numbers of cases, dates and articles; no fact and no name of a person concerned.
@route("retention_calendar", shows=Shows.RULES)
@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """What must be gone when, what waits for a second person, what was destroyed."""
    reading = reading_of(request, route="retention_calendar", event=events.READ)
    return render(request, "cases/retention/calendar.html", pages.of_calendar(queries.overview(reading)))


@route("destruction_certificate", shows=Shows.RULES)
@require_safe
def certificate(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The certificate of one destruction."""
    reading = reading_of(request, route="destruction_certificate", event=events.CERTIFICATE)
    return render(request, "cases/retention/certificate.html", pages.of_certificate(queries.certificate(reading, uid)))


@route("destruction_propose", shows=Shows.NOTHING)
@require_POST
def propose(request: HttpRequest, number: str) -> HttpResponse:
    """Propose what the calendar says is due."""
    reading = reading_of(request, route="destruction_propose", event=events.PROPOSED)
    scope, subject = request.POST.get("scope", "case"), _uid(request.POST.get("subject", ""))
    return _done(
        request,
        lambda: commands.propose(reading, number, scope=scope, subject=subject),
        _("Voorgesteld. Een ander kijkt mee voordat iets verdwijnt."),
    )


@route("destruction_approve", shows=Shows.NOTHING)
@require_POST
def approve(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The second pair of eyes."""
    reading = reading_of(request, route="destruction_approve", event=events.APPROVED)
    return _done(request, lambda: commands.approve(reading, uid), _("Goedgekeurd. Vannacht wordt het vernietigd."))


@route("destruction_stop", shows=Shows.NOTHING)
@require_POST
def stop(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Stop a destruction that was not done yet."""
    reading = reading_of(request, route="destruction_stop", event=events.STOPPED)
    return _done(request, lambda: commands.stop(reading, uid), _("Gestopt. Er is niets vernietigd."))


@route("retention_lift", shows=Shows.NOTHING)
@require_POST
def lift(request: HttpRequest, number: str) -> HttpResponse:
    """Lift the holds on a case."""
    reading = reading_of(request, route="retention_lift", event=events.HOLD_LIFTED)
    return _done(request, lambda: commands.lift_hold(reading, number), _("Het uitstel is opgeheven."))


@route("retention_hold", shows=Shows.NOTHING)
@require_http_methods(["GET", "POST"])
def hold(request: HttpRequest, number: str) -> HttpResponse:
    """Let destruction wait."""
    reading = reading_of(request, route="retention_hold", event=events.HOLD_SET)
    queries.check_case(reading, number)
    form = HoldForm(request.POST or None)
    problem: Problem | None = None
    if request.method == "POST" and form.is_valid():
        try:
            commands.set_hold(reading, number, **form.cleaned_data)
            messages.success(request, _("Uitgesteld. In de kalender staat wanneer u dit opnieuw bekijkt."))
            return HttpResponseRedirect(reverse("retention_calendar"))
        except Invalid as found:
            if found.field in form.fields:
                form.add_error(found.field, f"{found.sentence} {found.remedy}")
            else:
                problem = found
    context: dict[str, Any] = {
        "title": _("Vernietiging uitstellen"),
        "intro": _("Wat onder een vordering, een plicht of een lopend verzoek valt, blijft staan tot u dit opheft."),
        "form": form,
        "problem": problem,
        "save_label": _("Stel uit"),
        "cancel_url": reverse("retention_calendar"),
        "case": {"title": number},
    }
    status = 422 if form.is_bound and (problem or not form.is_valid()) else 200
    return render(request, "cases/casework/confirm.html", context, status=status)


@route("renewal_ask", shows=Shows.NOTHING)
@require_POST
def renew(request: HttpRequest, number: str) -> HttpResponse:
    """Ask every source whether the term of a person may be renewed."""
    reading = reading_of(request, route="renewal_ask", event=events.RENEWAL_ASKED)
    subject = _uid(request.POST.get("subject", ""))
    if subject is None:
        raise Invalid(_("Kies om wie het gaat."), field="subject", remedy=_("Ga terug naar de kalender."))
    return _done(
        request,
        lambda: commands.ask_renewal(reading, number, subject),
        _("Gevraagd aan elke bron. Gegevens van wie niet instemt, verdwijnen."),
    )


@route("renewal_answer", shows=Shows.NOTHING)
@require_POST
def answer(request: HttpRequest, uid: UUID) -> HttpResponse:
    """A source consents or refuses."""
    reading = reading_of(request, route="renewal_answer", event=events.RENEWAL_ANSWERED)
    agrees = request.POST.get("akkoord") == "ja"
    return _done(request, lambda: commands.answer_renewal(reading, uid, agrees=agrees), _("Uw antwoord is vastgelegd."))


def _done(request: HttpRequest, act: Callable[[], Any], said: str) -> HttpResponse:
    act()
    messages.success(request, said)
    return HttpResponseRedirect(reverse("retention_calendar"))


def _uid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
