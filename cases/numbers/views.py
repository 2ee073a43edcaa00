"""The page of numbers for who manages the work."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cases.casework.views.frame import reading_of
from cases.numbers import pages, queries
from cases.numbers.events import READ
from foundation.routes import Shows, route


# Counts and no facts: one's own exactly, all others in tens (decision 0008).
@route("numbers", shows=Shows.RULES)
@require_safe
def numbers(request: HttpRequest) -> HttpResponse:
    """Caseload, lead times, actions and goals."""
    reading = reading_of(request, route="numbers", event=READ)
    return render(request, "cases/numbers/numbers.html", pages.page_of(queries.numbers(reading)))
