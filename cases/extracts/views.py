"""Pages of extracts: those of a case, proposing one, deciding, and the third party's declaration of secrecy."""

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cases.casework.views.frame import case_context, purpose_redirect, reading_of
from cases.casework.views.outcome import status_of
from cases.extracts import commands, events, pages, queries
from cases.extracts.forms import ProposalForm, SecrecyForm
from foundation.errors import Problem
from foundation.routes import Shows, route


@route("case_extracts", shows=Shows.CASE_DATA)
@require_safe
def case_extracts(request: HttpRequest, number: str) -> HttpResponse:
    """The proposals and copies of one case, for who gives, decides or leads."""
    reading = reading_of(request, route="case_extracts", event=events.LISTED)
    found = queries.page_of_case(reading, number, request.session)
    if found.opened is None or not found.opened.answer.purpose:
        return purpose_redirect(number)
    context = case_context(reading, found.opened, active="case_extracts") | pages.of_case(
        found, reading.policy.catalogue, number=number
    )
    return render(request, "cases/extracts/case_extracts.html", context)


@route("extract_propose", shows=Shows.CASE_DATA)
@require_http_methods(["GET", "POST"])
def propose(request: HttpRequest, number: str) -> HttpResponse:
    """The form to propose a copy of one's own facts for a third party."""
    reading = reading_of(request, route="extract_propose", event=events.PROPOSED)
    sent = request.POST if request.method == "POST" else request.GET
    found = queries.choices(reading, number, request.session, person=sent.get("persoon", ""))
    form = ProposalForm(
        request.POST or None,
        options=found.options,
        labels=pages.field_labels(found, reading.policy.catalogue),
        initial={"action": request.GET.get("actie", "")},
    )
    submission = _submission(request)
    problem = None
    if request.method == "POST" and form.is_valid():
        wish = form.wish(person=found.person, submission=submission)
        problem = _try(form, lambda: commands.propose(reading, number, wish))
        if problem is None and form.is_valid():
            messages.success(request, _("Uw voorstel staat klaar voor besluit."))
            return HttpResponseRedirect(reverse("case_extracts", args=[number]))
    context = pages.of_form(found, reading.policy.catalogue) | {
        "form": form,
        "problem": problem,
        "submission": submission,
        "for_action": bool(form["action"].value()),
        "cancel_url": reverse("case_extracts", args=[number]),
    }
    return render(request, "cases/extracts/propose.html", context, status=status_of(form, problem))


@route("extract_decide", shows=Shows.NOTHING)
@require_POST
def decide(request: HttpRequest, number: str, uid: UUID) -> HttpResponse:
    """A controller agrees or objects."""
    reading = reading_of(request, route="extract_decide", event=events.AGREED)
    agrees = request.POST.get("akkoord") == "ja"
    commands.take_position(reading, number, uid, agrees=agrees)
    messages.success(
        request, _("U ging akkoord.") if agrees else _("U ging niet akkoord. De verstrekking gaat niet door.")
    )
    return HttpResponseRedirect(reverse("case_extracts", args=[number]))


@route("extract_withdraw", shows=Shows.NOTHING)
@require_POST
def withdraw(request: HttpRequest, number: str, uid: UUID) -> HttpResponse:
    """The source takes its proposal back."""
    reading = reading_of(request, route="extract_withdraw", event=events.WITHDRAWN)
    commands.withdraw_proposal(reading, number, uid)
    messages.success(request, _("Uw voorstel is teruggetrokken."))
    return HttpResponseRedirect(reverse("case_extracts", args=[number]))


@route("extract_revoke", shows=Shows.NOTHING)
@require_POST
def revoke(request: HttpRequest, number: str, uid: UUID) -> HttpResponse:
    """A copy ends for the future."""
    reading = reading_of(request, route="extract_revoke", event=events.REVOKED)
    commands.revoke(reading, number, uid)
    messages.success(request, _("De verstrekking is ingetrokken. De ontvanger opent haar niet meer."))
    return HttpResponseRedirect(reverse("case_extracts", args=[number]))


@route("extract_secrecy", shows=Shows.NOTHING)
@require_http_methods(["GET", "POST"])
def secrecy(request: HttpRequest, number: str) -> HttpResponse:
    """The declaration of secrecy of a third party's professional, for one case."""
    reading = reading_of(request, route="extract_secrecy", event=events.SIGNED)
    found = queries.secrecy_of(reading, number)
    form = SecrecyForm(request.POST or None, initial={"version": commands.SECRECY_VERSION})
    problem = None
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"]
        problem = _try(form, lambda: commands.sign_secrecy(reading, number, version=version))
        if problem is None and form.is_valid():
            messages.success(request, _("Uw verklaring is vastgelegd."))
            return HttpResponseRedirect(reverse("partner_case", args=[number]))
    context: dict[str, Any] = {
        "form": form,
        "problem": problem,
        "signed_at": found.signed_at,
        "case": {"title": number},
        "cancel_url": reverse("partner_case", args=[number]),
    }
    return render(request, "cases/extracts/secrecy.html", context, status=status_of(form, problem))


def _submission(request: HttpRequest) -> str:
    try:
        return str(UUID(request.POST.get("submission", "")))
    except ValueError:
        return str(uuid4())


def _try(form: Any, act: Callable[[], Any]) -> Problem | None:
    try:
        act()
    except Problem as problem:
        name = {"fields": "fields_to_give"}.get(problem.field, problem.field)
        if name in form.fields:
            form.add_error(name, f"{problem.sentence} {problem.remedy}")
            return None
        return problem
    return None
