"""The page of what a draft or version would change, and the button that has it counted."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from agreements.insight.frame import head_of
from cases.impact import pages, queries
from cases.impact.commands import start_run
from foundation.errors import Invalid
from foundation.routes import Shows, route


# Counts and the numbers of one's own cases, no facts: see decision 0008.
@route("impact", shows=Shows.RULES)
@require_safe
def impact(request: HttpRequest, key: str) -> HttpResponse:
    """The consequences as far as they were counted; while there is counting, how far it is."""
    visit = request.visit  # type: ignore[attr-defined]
    asks_again = bool(request.htmx)  # type: ignore[attr-defined]
    start = _start(request)
    found = queries.impact(visit, key, route="impact", start=start, with_own=not asks_again)
    context = pages.counts_context(found)
    if asks_again:
        return render(request, "cases/impact/_counts.html", context)
    context |= head_of(visit, found.subject, active="impact")
    context |= pages.own_context(found.own, url=context["url"], start=start)
    return render(request, "cases/impact/impact.html", context)


@route("impact_start", shows=Shows.NOTHING)
@require_POST
def impact_start(request: HttpRequest, key: str) -> HttpResponse:
    """Have it counted, and go and look."""
    start_run(request.visit, key, route="impact_start")  # type: ignore[attr-defined]
    return HttpResponseRedirect(reverse("impact", args=[key]))


def _start(request: HttpRequest) -> int:
    text = request.GET.get("vanaf", "0")
    if not (text.isascii() and text.isdigit() and len(text) <= 6):
        raise Invalid(_("Dit is geen plaats in de lijst."), remedy=_("Begin vooraan."), field="vanaf")
    return int(text)
