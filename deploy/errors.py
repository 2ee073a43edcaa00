"""The pages for what Django itself refuses or what broke: 400, 403, 404, 500, and a stale form."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from foundation.answers import as_json, as_page
from foundation.errors import NotFound, Problem, Refused


class StaleForm(Problem):
    """The form's secret no longer fits the session."""

    code = "stale_form"
    status = 403


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400."""
    return as_page(request, Problem(_("Dit verzoek is niet te lezen."), remedy=_("Ga terug en probeer het opnieuw.")))


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403 by Django itself."""
    return as_page(request, Refused(_("U mag dit niet openen."), remedy=_("Ga terug naar uw werkvoorraad.")))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: the address leads nowhere."""
    problem = NotFound(
        _("Deze pagina bestaat niet, of niet voor u."),
        remedy=_("Ga terug naar uw werkvoorraad of zoek opnieuw."),
    )
    return as_json(problem) if request.path.startswith("/api/") else as_page(request, problem)


def broken(request: HttpRequest) -> HttpResponse:
    """500: no context processors, so that a broken database still gives a page."""
    return render(request, "errors/500.html", status=500, using=None)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was opened too long ago or in another session; what was typed is kept as a draft."""
    return as_page(
        request,
        StaleForm(
            _("Deze pagina stond te lang open."),
            remedy=_("Open het formulier opnieuw. Wat u typte staat als concept klaar op dit apparaat."),
        ),
    )
