"""Pages of whoever took a request in: the list, intake, the request and its steps, the pack."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agreements.parties.signin import check_strong_and_fresh
from cases.casework.views.frame import reading_of
from cases.subject_requests import commands, events, packs, pages, queries
from cases.subject_requests.forms import IdentityForm, ReasonForm, ReceiveForm
from cases.subject_requests.rights import check_handles, request_for
from cases.subject_requests.views.acting import at_once, by_form, form_page
from foundation import clock
from foundation.routes import Shows, route

_BACK = "subject_request"


@route("subject_requests", shows=Shows.OWN_ACCOUNT)
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Requests that this agency took in or must decide on."""
    reading = reading_of(request, route="subject_requests", event=events.LISTED)
    return render(request, "cases/subject_requests/list.html", pages.of_list(queries.overview(reading)))


@route("subject_receive", shows=Shows.NOTHING)
@require_http_methods(["GET", "POST"])
def receive(request: HttpRequest) -> HttpResponse:
    """Take a request in."""
    reading = reading_of(request, route="subject_receive", event=events.RECEIVED)
    check_handles(reading)
    return form_page(
        request,
        ReceiveForm(request.POST or None, initial={"received_on": clock.today()}),
        lambda data: commands.receive(reading, **data),
        said=_("Ontvangen. Stel nu vast wie het verzoek doet."),
        then=lambda made: reverse(_BACK, args=[made.uid]),
        cancel=reverse("subject_requests"),
        title=_("Nieuw verzoek van een betrokkene"),
        intro=_("Wie u bereikt, bereikt alle organisaties: het verzoek wordt aan elk van hen voorgelegd."),
        save=_("Leg het verzoek vast"),
    )


@route("subject_request", shows=Shows.OWN_ACCOUNT)
@require_safe
def request_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One request: where it stands, its term, and what to do next."""
    reading = reading_of(request, route="subject_request", event=events.READ)
    return render(request, "cases/subject_requests/request.html", pages.of_request(queries.read_request(reading, uid)))


@route("subject_identify", shows=Shows.NOTHING)
@require_http_methods(["GET", "POST"])
def identify(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Record how it was made sure who asks."""
    return by_form(
        request, uid, route="subject_identify", event=events.IDENTIFIED, check=request_for, form=IdentityForm,
        do=commands.identify, back=_BACK,
        said=_("Vastgesteld. Het verzoek ligt nu bij elke organisatie."),
        title=_("Wie doet het verzoek?"),
        intro=_("Alleen hoe, door wie en wanneer wordt bewaard. Daarna gaat het verzoek naar alle organisaties."),
        save=_("Leg vast en zet uit"),
    )  # fmt: skip


@route("subject_extend", shows=Shows.NOTHING)
@require_http_methods(["GET", "POST"])
def extend(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Two months more, with a reason that the person reads."""
    return by_form(
        request, uid, route="subject_extend", event=events.EXTENDED, check=request_for, form=ReasonForm,
        do=commands.extend, back=_BACK,
        said=_("Verlengd met twee maanden. Stuur de persoon vandaag bericht, met de reden."),
        title=_("Termijn verlengen"),
        intro=_("Eenmaal, met twee maanden, als het verzoek complex is of er veel verzoeken zijn (art. 12 lid 3 AVG)."),
        save=_("Verleng"),
    )  # fmt: skip


@route("subject_refuse", shows=Shows.NOTHING)
@require_http_methods(["GET", "POST"])
def refuse(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Refuse the request as a whole."""
    return by_form(
        request, uid, route="subject_refuse", event=events.REFUSED, check=request_for, form=ReasonForm,
        do=commands.refuse, back=_BACK,
        said=_("Geweigerd. Laat de persoon weten waarom, en dat een klacht bij de AP kan."),
        title=_("Het hele verzoek weigeren"),
        intro=_("Alleen als u niet kunt vaststellen wie het is, of bij kennelijk misbruik (art. 12 lid 2 en 5 AVG)."),
        save=_("Weiger het verzoek"),
    )  # fmt: skip


@route("subject_pack", shows=Shows.NOTHING)
@require_safe
def pack(request: HttpRequest, uid: UUID) -> HttpResponse:
    """How far the pack is, as a part of the page."""
    reading = reading_of(request, route="subject_pack", event=events.READ)
    line = packs.status(reading, uid)
    if not request.htmx:  # type: ignore[attr-defined]
        return HttpResponseRedirect(reverse(_BACK, args=[uid]) + "#pakket")
    return render(request, "cases/subject_requests/_pack.html", pages.of_pack(uid, line, may_make=True))


@route("subject_pack_order", shows=Shows.NOTHING)
@require_POST
def order(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Have the pack made, and go and look."""
    return at_once(
        request, uid, route="subject_pack_order", event=events.ORDERED, do=packs.order, back=_BACK, part="#pakket",
        said=_("Het pakket wordt gemaakt."),
    )  # fmt: skip


# What each controller decided to give through the receiver; journalled per case and person.
@route("subject_pack_fetch", shows=Shows.CASE_DATA)
@require_safe
def fetch(request: HttpRequest, uid: UUID, kind: str) -> HttpResponse:
    """The pack as PDF or JSON, to hand to the person."""
    reading = reading_of(request, route="subject_pack_fetch", event=events.FETCHED)
    request_for(reading, uid)
    check_strong_and_fresh(request)
    return pages.file_answer(packs.fetch(reading, uid, kind))


@route("subject_hand_out", shows=Shows.NOTHING)
@require_POST
def hand_out(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The pack was given to the person."""
    return at_once(
        request, uid, route="subject_hand_out", event=events.HANDED_OUT, do=commands.hand_out, back=_BACK,
        said=_("Uitgereikt. Het verzoek is afgerond."),
    )  # fmt: skip
