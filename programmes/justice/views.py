"""The page of prosecution in a programme: public, with follow-ups for who agreed them; and the forms of who writes."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from agreements.models import Agency
from foundation.routes import Shows, route
from programmes.justice import commands, events, forms, queries
from programmes.justice.plots import plot_of
from programmes.justice.rights import FOLLOWING, follow_up_of, priority_of, prosecuted_by
from programmes.justice.words import PHASE_TONES, PHASES, follow_up_for_page
from programmes.plans.form_pages import form_page, visit_of, visitor

both = require_http_methods(["GET", "POST"])


@route("programme_justice", shows=Shows.RULES, public=True)
@require_safe
def justice(request: HttpRequest, code: str) -> HttpResponse:
    """Priorities and times; follow-ups for partners."""
    page = queries.justice_page(visitor(request), code)
    context = {
        "page": page, "programme": page.programme, "tab": "justice", "plots": [plot_of(one) for one in page.groups],
        "priorities": [
            {"line": one, "phase": PHASES[one.phase], "tone": PHASE_TONES[one.phase]} for one in page.priorities
        ],
        "follow_ups": [follow_up_for_page(one) for one in page.follow_ups],
    }  # fmt: skip
    return render(request, "programmes/justice/justice.html", context)


@route("programme_priority_add", shows=Shows.RULES)
@both
def priority_add(request: HttpRequest, code: str) -> HttpResponse:
    """A group of offences gets priority."""
    visit = visit_of(request)
    prosecuted_by(visit, code, event=events.PRIORITY)
    return form_page(
        request, forms.PriorityForm(request.POST or None), lambda given: commands.set_priority(visit, code, **given),
        title=_("Voorrang geven"), submit=_("Geef voorrang"), back=_back(code),
        lead=_("Iedereen leest wat voorrang krijgt, waarom en tot wanneer."),
        done=_("De voorrang is vastgelegd en openbaar."),
    )  # fmt: skip


@route("programme_priority_end", shows=Shows.RULES)
@both
def priority_end(request: HttpRequest, code: str, uid: UUID) -> HttpResponse:
    """A priority is ended."""
    visit = visit_of(request)
    found = priority_of(visit, uid, event=events.PRIORITY_ENDED)
    return form_page(
        request, forms.EndPriorityForm(request.POST or None), lambda given: commands.end_priority(visit, uid, **given),
        title=_("Voorrang beëindigen: %(label)s") % {"label": found.get_offences_display()}, submit=_("Beëindig"),
        back=_back(found.programme.code), done=_("De voorrang is beëindigd."),
    )  # fmt: skip


@route("programme_norm_agree", shows=Shows.RULES)
@both
def norm_agree(request: HttpRequest, code: str) -> HttpResponse:
    """The agreed norm of a group."""
    visit = visit_of(request)
    prosecuted_by(visit, code, event=events.NORM, lead_too=True)
    return form_page(
        request, forms.NormForm(request.POST or None), lambda given: commands.agree_norm(visit, code, **given),
        title=_("Norm vastleggen"), submit=_("Leg vast"), back=_back(code),
        lead=_("De norm staat als lijn in het plaatje van deze groep."), done=_("De norm is vastgelegd."),
    )  # fmt: skip


@route("programme_throughput_load", shows=Shows.RULES)
@both
def throughput_load(request: HttpRequest, code: str) -> HttpResponse:
    """Times are taken in."""
    visit = visit_of(request)
    prosecuted_by(visit, code, event=events.THROUGHPUT)
    return form_page(
        request, forms.ThroughputForm(request.POST or None),
        lambda given: commands.import_throughput(visit, code, **given),
        title=_("Doorlooptijden inlezen"), submit=_("Lees in"), back=_back(code),
        lead=_("Per halfjaar en groep. Wat over te weinig zaken gaat, wordt niet bewaard."),
        done=_("De doorlooptijden zijn ingelezen."),
    )  # fmt: skip


@route("programme_follow_up_add", shows=Shows.RULES)
@both
def follow_up_add(request: HttpRequest, code: str) -> HttpResponse:
    """An agreement with youth protection or probation."""
    visit = visit_of(request)
    prosecuted_by(visit, code, event=events.FOLLOW_UP, lead_too=True)
    language = get_language() or "nl"
    agencies = [(one.code, one.name_in(language)) for one in Agency.objects.filter(type__in=FOLLOWING)]
    return form_page(
        request, forms.FollowUpForm(request.POST or None, agencies=agencies),
        lambda given: commands.agree_follow_up(visit, code, **given),
        title=_("Vervolgafspraak vastleggen"), submit=_("Leg vast"), back=_back(code),
        lead=_("Wat er na een uitspraak gebeurt, en bij hoeveel mensen dat moet lukken."),
        done=_("De afspraak is vastgelegd."),
    )  # fmt: skip


@route("programme_follow_up_measure", shows=Shows.RULES)
@both
def follow_up_measure(request: HttpRequest, code: str, uid: UUID) -> HttpResponse:
    """How far a follow-up was kept."""
    visit = visit_of(request)
    found = follow_up_of(visit, uid, event=events.MEASURED)
    return form_page(
        request, forms.MeasureForm(request.POST or None), lambda given: commands.measure_follow_up(visit, uid, **given),
        title=_("Meten: %(title)s") % {"title": found.title}, submit=_("Leg vast"), back=_back(found.programme.code),
        done=_("De meting is vastgelegd."),
    )  # fmt: skip


def _back(code: str) -> str:
    return reverse("programme_justice", args=[code])
