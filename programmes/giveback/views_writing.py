"""The forms of the board: each is one page with one command."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from foundation.errors import NotFound
from foundation.routes import Shows, route
from programmes.areas.models import Area
from programmes.giveback import commands, events, forms, queries
from programmes.giveback.models import InterventionState, SeizureState
from programmes.giveback.rights import check_enforces, check_leads, own_intervention, own_project
from programmes.giveback.rules import INTERVENTION_STEPS, SEIZURE_STEPS
from programmes.plans import form_pages
from programmes.plans.form_pages import visit_of


def _euros(amount: int | None) -> str:
    return f"€ {number_format(amount or 0, force_grouping=True)}"


both = require_http_methods(["GET", "POST"])


def form_page(
    request: HttpRequest, form: Form, act: Callable[[dict[str, Any]], Any], *, back: str = "", **words: str
) -> HttpResponse:
    """The page of a form, which goes on to the board unless it says where."""
    return form_pages.form_page(request, form, act, back=back or reverse("giveback"), **words)


def _areas() -> dict[str, Any]:
    return {"area": list(Area.objects.values_list("code", "name"))}


@route("giveback_new", shows=Shows.NOTHING)
@both
def project_new(request: HttpRequest) -> HttpResponse:
    """A project is proposed."""
    visit = visit_of(request)
    check_leads(visit, event=events.PROPOSED)
    return form_page(
        request, forms.ProjectForm(request.POST or None, lists=_areas()),
        lambda given: commands.propose(visit, **given), title=_("Teruggave voorstellen"), submit=_("Stel voor"),
        lead=_("Bewoners kiezen daarna of het doorgaat."), done=_("Het project staat op het bord."),
    )  # fmt: skip


@route("giveback_vote", shows=Shows.NOTHING)
@both
def vote(request: HttpRequest, uid: UUID) -> HttpResponse:
    """What residents chose."""
    visit = visit_of(request)
    found = own_project(visit, uid, event=events.VOTED)
    return form_page(
        request, forms.VoteForm(request.POST or None), lambda given: commands.record_vote(visit, uid, **given),
        title=_("Keuze van bewoners"), lead=found.title, submit=_("Leg vast"), done=_("De keuze is vastgelegd."),
        back=reverse("giveback_project", args=[uid]),
    )  # fmt: skip


@route("giveback_fund", shows=Shows.NOTHING)
@both
def fund(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Booked seizures pay for a project."""
    visit = visit_of(request)
    check_enforces(visit, event=events.FUNDED)
    found = queries.project(uid).give_back
    free = [
        (
            str(one.uid),
            f"{one.case_reference}, {one.get_kind_display()}: {_euros(one.proceeds)}",
        )
        for one in queries.seizures(visit)
        if one.state == SeizureState.BOOKED and one.give_back_id is None
    ]
    return form_page(
        request, forms.FundForm(request.POST or None, lists={"seizures": free}),
        lambda given: commands.fund(visit, uid, seizures=[UUID(one) for one in given["seizures"]]),
        title=_("Betaal uit beslag"), submit=_("Betaal"), done=_("Het project is betaald uit beslag."),
        lead=_("%(title)s kost %(amount)s.") % {"title": found.title, "amount": _euros(found.amount)},
        back=reverse("giveback_project", args=[uid]),
    )  # fmt: skip


@route("giveback_show", shows=Shows.NOTHING)
@both
def show(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Before and after."""
    visit = visit_of(request)
    found = own_project(visit, uid, event=events.SHOWN)

    def act(given: dict[str, Any]) -> object:
        photos = {when: (given[when].name, given[when].read()) for when in ("before", "after")}
        return commands.show(visit, uid, **photos, before_words=given["before_words"], after_words=given["after_words"])

    return form_page(
        request, forms.ShowForm(request.POST or None, request.FILES or None), act, title=_("Laat zien wat er kwam"),
        lead=found.title, submit=_("Maak openbaar"), done=_("De foto's zijn openbaar."),
        back=reverse("giveback_project", args=[uid]),
    )  # fmt: skip


@route("giveback_offer_new", shows=Shows.NOTHING)
@both
def offer_new(request: HttpRequest) -> HttpResponse:
    """An offer is planned."""
    visit = visit_of(request)
    check_leads(visit, event=events.OFFERED)
    return form_page(
        request, forms.OfferForm(request.POST or None, lists=_areas()),
        lambda given: commands.plan_intervention(visit, commands.Offered(**given)), title=_("Aanbod plannen"),
        submit=_("Plan"), done=_("Het aanbod staat op het bord."),
    )  # fmt: skip


@route("giveback_offer_move", shows=Shows.NOTHING)
@both
def offer_move(request: HttpRequest, uid: UUID) -> HttpResponse:
    """How far an offer is."""
    visit = visit_of(request)
    found = own_intervention(visit, uid, event=events.OFFER_MOVED)
    states = [(one, InterventionState(one).label) for one in INTERVENTION_STEPS[found.state]]
    return form_page(
        request, forms.OfferMoveForm(request.POST or None, lists={"state": states}),
        lambda given: commands.move_intervention(visit, uid, **given), title=_("Aanbod bijwerken"), lead=found.title,
        submit=_("Leg vast"), done=_("Het aanbod is bijgewerkt."),
    )  # fmt: skip


@route("giveback_seizure_new", shows=Shows.NOTHING)
@both
def seizure_new(request: HttpRequest) -> HttpResponse:
    """A seizure is reported."""
    visit = visit_of(request)
    check_enforces(visit, event=events.SEIZED)
    return form_page(
        request, forms.SeizureForm(request.POST or None, lists=_areas()),
        lambda given: commands.report_seizure(visit, commands.Reported(**given)), title=_("Beslag melden"),
        submit=_("Meld"),
        lead=_("Dit zien alleen politie, OM, burgemeester en Belastingdienst. Schrijf geen naam en geen huisnummer."),
        done=_("Het beslag staat in de lijst."), back=reverse("giveback_seizures"),
    )  # fmt: skip


@route("giveback_seizure_move", shows=Shows.NOTHING)
@both
def seizure_move(request: HttpRequest, uid: UUID) -> HttpResponse:
    """A seizure goes a step further."""
    visit = visit_of(request)
    found = next((one for one in queries.seizures(visit) if one.uid == uid), None)
    if found is None:
        raise NotFound(_("Dit beslag bestaat niet."), remedy=_("Kies een beslag uit de lijst."))
    to = SEIZURE_STEPS.get(found.state)
    books = to == SeizureState.BOOKED
    form = forms.BookForm(request.POST if request.method == "POST" else None)
    if not books:
        del form.fields["proceeds"]
    return form_page(
        request, form, lambda given: commands.move_seizure(visit, uid, proceeds=given.get("proceeds")),
        title=_("Opbrengst boeken") if books else _("Beslag: een stap verder"),
        lead=_("%(reference)s wordt: %(state)s.") % {
            "reference": found.case_reference, "state": SeizureState(to).label if to else found.get_state_display(),
        },
        submit=_("Leg vast"), done=_("Het beslag is bijgewerkt."), back=reverse("giveback_seizures"),
    )  # fmt: skip
