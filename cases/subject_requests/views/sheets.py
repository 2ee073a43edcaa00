"""Pages of a controller: its own decision sheet and the steps on it, and its register of what it withheld."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cases.casework.views.frame import reading_of
from cases.subject_requests import commands, events, pages, queries
from cases.subject_requests.choices import Kind
from cases.subject_requests.forms import AnswerForm, DecisionForm, LookupsForm, ReasonForm
from cases.subject_requests.rights import sheet_for
from cases.subject_requests.views.acting import act, form_page
from foundation.routes import Shows, route


@route("subject_sheet", shows=Shows.CASE_DATA)
@require_safe
def sheet(request: HttpRequest, uid: UUID) -> HttpResponse:
    """What this agency itself gave on the person, to decide on."""
    reading = reading_of(request, route="subject_sheet", event=events.SHEET_READ)
    return render(
        request, "cases/subject_requests/sheet.html", pages.of_sheet(reading, queries.read_sheet(reading, uid))
    )


@route("subject_place", shows=Shows.NOTHING)
@require_POST
def place(request: HttpRequest, uid: UUID, case: UUID, subject: UUID) -> HttpResponse:
    """Say whether a person is who asks."""
    reading = reading_of(request, route="subject_place", event=events.PLACED)
    is_them = request.POST.get("is") == "ja"
    return act(
        request,
        lambda: commands.place(reading, uid, case=case, subject=subject, is_them=is_them),
        said=_("Vastgelegd: dit is de betrokkene.") if is_them else _("Vastgelegd: dit is een ander."),
        then=_url(uid),
    )


@route("subject_decide", shows=Shows.NOTHING)
@require_http_methods(["GET", "POST"])
def decide(request: HttpRequest, uid: UUID, contribution: UUID) -> HttpResponse:
    """Give or withhold one contribution."""
    reading = reading_of(request, route="subject_decide", event=events.DECIDED)
    sheet_for(reading, uid)
    return form_page(
        request,
        DecisionForm(request.POST or None, initial={"decision": "withhold"}),
        lambda data: commands.decide(reading, uid, contribution, **data),
        said=_("Uw beslissing is vastgelegd."),
        then=_url(uid),
        cancel=_url(uid),
        title=_("Verstrekken of niet"),
        intro=_("Niet verstrekken kan alleen op een grond uit de wet. De reden komt in uw eigen register."),
        save=_("Leg vast"),
    )


@route("subject_give_rest", shows=Shows.NOTHING)
@require_POST
def give_rest(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Give all that was not decided on yet."""
    reading = reading_of(request, route="subject_give_rest", event=events.DECIDED)
    return act(request, lambda: commands.give_rest(reading, uid), said=_("De rest wordt verstrekt."), then=_url(uid))


@route("subject_lookups", shows=Shows.NOTHING)
@require_http_methods(["GET", "POST"])
def lookups(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Give or withhold the look-ups by this agency."""
    reading = reading_of(request, route="subject_lookups", event=events.DECIDED)
    sheet_for(reading, uid)
    return form_page(
        request,
        LookupsForm(request.POST or None, initial={"decision": "withhold"}),
        lambda data: commands.decide_lookups(reading, uid, **data),
        said=_("Uw beslissing is vastgelegd."),
        then=_url(uid),
        cancel=_url(uid),
        title=_("Inzagen verstrekken of niet"),
        intro=_("Dagen, rollen, doelen en grondslagen van inzagen door uw organisatie. Namen staan er nooit in."),
        save=_("Leg vast"),
    )


@route("subject_hold", shows=Shows.NOTHING)
@require_POST
def hold(request: HttpRequest, uid: UUID, contribution: UUID) -> HttpResponse:
    """Hold one contribution while it is looked into."""
    reading = reading_of(request, route="subject_hold", event=events.HOLD_SET)
    return act(
        request, lambda: commands.hold(reading, uid, contribution),
        said=_("Vastgezet: vanaf nu ziet alleen uw organisatie dit."), then=_url(uid),
    )  # fmt: skip


@route("subject_lift", shows=Shows.NOTHING)
@require_http_methods(["GET", "POST"])
def lift(request: HttpRequest, uid: UUID, hold: UUID) -> HttpResponse:
    """Lift a hold, with a reason."""
    reading = reading_of(request, route="subject_lift", event=events.HOLD_LIFTED)
    sheet_for(reading, uid)
    return form_page(
        request,
        ReasonForm(request.POST or None),
        lambda data: commands.lift(reading, uid, hold, **data),
        said=_("Vrijgegeven: wie het volgens de convenanten mag zien, ziet het weer."),
        then=_url(uid),
        cancel=_url(uid),
        title=_("Vrijgeven"),
        intro=_("Laat de persoon eerst weten dat de beperking eindigt (art. 18 lid 3 AVG)."),
        save=_("Geef vrij"),
    )


@route("subject_close", shows=Shows.NOTHING)
@require_http_methods(["GET", "POST"])
def close(request: HttpRequest, uid: UUID) -> HttpResponse:
    """This agency has decided; for a request that is not for access with its answer."""
    reading = reading_of(request, route="subject_close", event=events.CLOSED)
    found = sheet_for(reading, uid)
    said = _("Afgerond. Uw organisatie heeft beslist.")
    if found.request.kind == Kind.ACCESS:
        if request.method != "POST":
            return HttpResponseRedirect(_url(uid))
        return act(request, lambda: commands.close(reading, uid), said=said, then=_url(uid))
    return form_page(
        request,
        AnswerForm(request.POST or None),
        lambda data: commands.close(reading, uid, **data),
        said=said,
        then=_url(uid),
        cancel=_url(uid),
        title=_("Antwoord van uw organisatie"),
        intro=_("Bij een afwijzing: noem de reden. Het antwoord wijst ook op het recht op een klacht."),
        save=_("Rond af"),
    )


@route("subject_reopen", shows=Shows.NOTHING)
@require_POST
def reopen(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Decide anew; a pack that was made goes."""
    reading = reading_of(request, route="subject_reopen", event=events.REOPENED)
    return act(
        request,
        lambda: commands.reopen(reading, uid),
        said=_("Heropend. Een gemaakt pakket is gewist."),
        then=_url(uid),
    )


@route("subject_register", shows=Shows.OWN_ACCOUNT)
@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """What this agency withheld, on which grounds."""
    reading = reading_of(request, route="subject_register", event=events.REGISTER)
    return render(request, "cases/subject_requests/register.html", pages.of_register(queries.register(reading)))


def _url(uid: UUID) -> str:
    return reverse("subject_sheet", args=[uid])
