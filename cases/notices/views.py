"""The page of one notice: what became of a fact that the reader had, and that it was dealt with."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cases.casework.views.frame import reading_of
from cases.notices import commands, events, pages, queries
from foundation.routes import Shows, route


# That a source holds a field, to who read it; never a value. Journalled as announced.
@route("fact_notice", shows=Shows.CASE_DATA)
@require_http_methods(["GET", "HEAD", "POST"])
def notice(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Read a notice; or say that the own administration was brought in line with it."""
    reading = reading_of(request, route="fact_notice", event=events.READ)
    if request.method == "POST":
        commands.deal_with(reading, uid)
        messages.success(request, _("Afgehandeld."))
        return HttpResponseRedirect(reverse("inbox"))
    found = queries.one_notice(reading, uid)
    context = pages.of_notice(found, reading.policy.catalogue, language=reading.visit.language)
    return render(request, "cases/notices/notice.html", context)
