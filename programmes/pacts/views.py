"""The pages of a pact: for everybody what was released, for parties all of it, and forms for who pledges."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from foundation.routes import Shows, route
from programmes.pacts import choices, commands, events, forms, queries
from programmes.pacts.commands.pledges import Pledged
from programmes.pacts.rights import pledge_of, pledging_in
from programmes.pacts.words import STANDINGS, TONES, for_page
from programmes.plans.form_pages import form_page, visit_of, visitor
from programmes.plans.rights import led_by

both = require_http_methods(["GET", "POST"])


@route("programme_pact", shows=Shows.RULES, public=True)
@require_safe
def pact(request: HttpRequest, code: str) -> HttpResponse:
    """The pact with its pledges."""
    page = queries.pact_page(visitor(request), code)
    language = get_language() or "nl"
    context = {
        "page": page, "programme": page.programme, "tab": "pact",
        "pledges": [for_page(one) for one in page.pledges], "late": [for_page(one) for one in page.late],
        "parties": [
            {"code": one.agency.code, "name": one.agency.name_in(language)}
            for one in (page.pact.parties if page.pact else ())
        ],
        "counts": [
            {"label": STANDINGS[one], "tone": TONES[one], "n": n} for one, n in page.counts.items()
        ] if any(page.counts.values()) else [],
    }  # fmt: skip
    return render(request, "programmes/pacts/pact.html", context)


@route("programme_pact_party", shows=Shows.RULES)
@require_safe
def party(request: HttpRequest, code: str, agency: str) -> HttpResponse:
    """What one party pledged."""
    page = queries.party_page(visit_of(request), code, agency)
    context = {"page": page, "programme": page.programme, "pledges": [for_page(one) for one in page.pledges]}
    return render(request, "programmes/pacts/party.html", context)


@route("programme_pact_link", shows=Shows.RULES)
@both
def link(request: HttpRequest, code: str) -> HttpResponse:
    """Choose the covenant that is the pact."""
    visit = visit_of(request)
    programme = led_by(visit, code, event=events.LINKED)
    form = forms.PactForm(request.POST or None, covenants=choices.covenants(programme))
    return form_page(
        request, form, lambda given: commands.link_pact(visit, code, **given), title=_("Pact kiezen"),
        lead=_("Een pact is een convenant: u schrijft, tekent en vernieuwt het daar. Het model “Wijkpact” helpt."),
        submit=_("Verbind"), back=reverse("programme_pact", args=[code]),
        done=_("Het pact hoort nu bij dit programma."),
    )  # fmt: skip


@route("programme_pledge_add", shows=Shows.RULES)
@both
def pledge_add(request: HttpRequest, code: str) -> HttpResponse:
    """A pledge of one's own agency, or of any party for who leads."""
    visit = visit_of(request)
    programme, found, _agency = pledging_in(visit, code, visit.agency.code)
    form = forms.PledgeForm(
        request.POST or None, agencies=choices.parties(visit, programme, found), articles=choices.articles(found),
        goals=choices.goals(programme),
    )  # fmt: skip
    return form_page(
        request, form, lambda given: commands.make_pledge(visit, code, _pledged(given)),
        title=_("Toezegging vastleggen"), submit=_("Leg vast"), back=reverse("programme_pact", args=[code]),
        lead=_("Een toezegging staat in de getekende tekst van het pact. Hier legt u vast hoeveel, wanneer en wie."),
        done=_("De toezegging is vastgelegd."),
    )  # fmt: skip


def _pledged(given: dict[str, Any]) -> Pledged:
    return Pledged(**(given | {"goal": UUID(given["goal"]) if given["goal"] else None}))


@route("programme_pledge_progress", shows=Shows.RULES)
@both
def progress(request: HttpRequest, code: str, uid: UUID) -> HttpResponse:
    """How far a pledge is."""
    visit = visit_of(request)
    pledge = pledge_of(visit, uid, event=events.REPORTED)
    return form_page(
        request, forms.ProgressForm(request.POST or None), lambda given: commands.report_progress(visit, uid, **given),
        title=_("Voortgang melden"), lead=pledge.promise, submit=_("Meld"),
        back=reverse("programme_pact_party", args=[pledge.programme.code, pledge.agency.code]),
        done=_("De voortgang is gemeld."),
    )  # fmt: skip


@route("programme_pledge_settle", shows=Shows.RULES)
@both
def settle(request: HttpRequest, code: str, uid: UUID) -> HttpResponse:
    """A pledge is kept or broken."""
    visit = visit_of(request)
    pledge = pledge_of(visit, uid, event=events.SETTLED)
    return form_page(
        request, forms.SettleForm(request.POST or None), lambda given: commands.settle(visit, uid, **given),
        title=_("Toezegging afsluiten"), lead=pledge.promise, submit=_("Sluit af"),
        back=reverse("programme_pact_party", args=[pledge.programme.code, pledge.agency.code]),
        done=_("De toezegging is afgesloten."),
    )  # fmt: skip


@route("programme_pact_release", shows=Shows.RULES)
@both
def release(request: HttpRequest, code: str) -> HttpResponse:
    """Everybody may know how the pledges stand."""
    visit = visit_of(request)
    led_by(visit, code, event=events.RELEASED)
    return form_page(
        request, forms.ReleaseForm(request.POST or None), lambda given: commands.release(visit, code, **given),
        title=_("Stand vrijgeven"), submit=_("Geef vrij"), back=reverse("programme_pact", args=[code]),
        lead=_("Iedereen ziet dan hoe elke toezegging vandaag staat. Wie ervoor staat, lezen alleen partijen."),
        done=_("De stand van vandaag is openbaar."),
    )  # fmt: skip
