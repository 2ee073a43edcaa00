"""Pages of a controller: its own decision sheet and the steps on it, and its register of what it withheld."""

from functools import partial
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
from cases.subject_requests.views.acting import at_once, by_form
from foundation.routes import Shows, route

_BACK = "subject_sheet"


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
    is_them = request.POST.get("is") == "ja"
    return at_once(
        request, uid, route="subject_place", event=events.PLACED, do=commands.place, back=_BACK,
        given={"case": case, "subject": subject, "is_them": is_them},
        said=_("Vastgelegd: dit is de betrokkene.") if is_them else _("Vastgelegd: dit is een ander."),
    )  # fmt: skip


@route("subject_decide", shows=Shows.NOTHING)
@require_http_methods(["GET", "POST"])
def decide(request: HttpRequest, uid: UUID, contribution: UUID) -> HttpResponse:
    """Give or withhold one contribution, or erase or keep it."""
    erasing = _kind(request, uid, "subject_decide", events.DECIDED) == Kind.ERASURE
    return by_form(
        request, uid, contribution, route="subject_decide", event=events.DECIDED, check=sheet_for,
        form=partial(DecisionForm, erasing=erasing), do=commands.decide, back=_BACK,
        initial={"decision": "keep" if erasing else "withhold"},
        said=_("Uw beslissing is vastgelegd."),
        title=_("Wissen of niet") if erasing else _("Verstrekken of niet"),
        intro=_("Niet wissen kan alleen op een grond uit de wet. De reden komt in uw eigen register.")
        if erasing
        else _("Niet verstrekken kan alleen op een grond uit de wet. De reden komt in uw eigen register."),
        save=_("Leg vast"),
    )  # fmt: skip


@route("subject_give_rest", shows=Shows.NOTHING)
@require_POST
def give_rest(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Give, or erase, all that was not decided on yet."""
    return at_once(
        request, uid, route="subject_give_rest", event=events.DECIDED, do=commands.give_rest, back=_BACK,
        said=_("Over de rest is beslist."),
    )  # fmt: skip


@route("subject_lookups", shows=Shows.NOTHING)
@require_http_methods(["GET", "POST"])
def lookups(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Give or withhold the look-ups by this agency, and say whether names of staff go along."""
    return by_form(
        request, uid, route="subject_lookups", event=events.DECIDED, check=sheet_for, form=LookupsForm,
        do=commands.decide_lookups, back=_BACK, initial={"decision": "withhold"},
        said=_("Uw beslissing is vastgelegd."),
        title=_("Inzagen verstrekken of niet"),
        intro=_("Dagen, rollen, doelen en grondslagen van inzagen door uw organisatie; namen alleen na afweging."),
        save=_("Leg vast"),
    )  # fmt: skip


@route("subject_hold", shows=Shows.NOTHING)
@require_POST
def hold(request: HttpRequest, uid: UUID, contribution: UUID) -> HttpResponse:
    """Hold one contribution while it is looked into."""
    return at_once(
        request, uid, contribution, route="subject_hold", event=events.HOLD_SET, do=commands.hold, back=_BACK,
        said=_("Vastgezet: vanaf nu ziet alleen uw organisatie dit."),
    )  # fmt: skip


@route("subject_lift", shows=Shows.NOTHING)
@require_http_methods(["GET", "POST"])
def lift(request: HttpRequest, uid: UUID, hold: UUID) -> HttpResponse:
    """Lift a hold, with a reason."""
    return by_form(
        request, uid, hold, route="subject_lift", event=events.HOLD_LIFTED, check=sheet_for, form=ReasonForm,
        do=commands.lift, back=_BACK,
        said=_("Vrijgegeven: wie het volgens de convenanten mag zien, ziet het weer."),
        title=_("Vrijgeven"),
        intro=_("Laat de persoon eerst weten dat de beperking eindigt (art. 18 lid 3 AVG)."),
        save=_("Geef vrij"),
    )  # fmt: skip


@route("subject_close", shows=Shows.NOTHING)
@require_http_methods(["GET", "POST"])
def close(request: HttpRequest, uid: UUID) -> HttpResponse:
    """This agency has decided; for a request that is not for access with its answer."""
    said = _("Afgerond. Uw organisatie heeft beslist.")
    if _kind(request, uid, "subject_close", events.CLOSED) == Kind.ACCESS:
        if request.method != "POST":
            return HttpResponseRedirect(reverse(_BACK, args=[uid]))
        return at_once(
            request, uid, route="subject_close", event=events.CLOSED, do=commands.close, back=_BACK, said=said
        )
    return by_form(
        request, uid, route="subject_close", event=events.CLOSED, check=sheet_for, form=AnswerForm, do=commands.close,
        back=_BACK, said=said,
        title=_("Antwoord van uw organisatie"),
        intro=_("Bij een afwijzing: noem de reden. Het antwoord wijst ook op het recht op een klacht."),
        save=_("Rond af"),
    )  # fmt: skip


@route("subject_reopen", shows=Shows.NOTHING)
@require_POST
def reopen(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Decide anew; a pack that was made goes."""
    return at_once(
        request, uid, route="subject_reopen", event=events.REOPENED, do=commands.reopen, back=_BACK,
        said=_("Heropend. Een gemaakt pakket is gewist."),
    )  # fmt: skip


@route("subject_register", shows=Shows.OWN_ACCOUNT)
@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """What this agency withheld or kept, on which grounds."""
    reading = reading_of(request, route="subject_register", event=events.REGISTER)
    return render(request, "cases/subject_requests/register.html", pages.of_register(queries.register(reading)))


def _kind(request: HttpRequest, uid: UUID, name: str, event: str) -> str:
    """What the person asks, for whom this sheet is."""
    return sheet_for(reading_of(request, route=name, event=event), uid).request.kind
