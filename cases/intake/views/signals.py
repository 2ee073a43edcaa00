"""Signals for professionals: the list, one signal, and those of a case."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from cases.attachments.views import as_bytes
from cases.casework.fact_rows import language
from cases.casework.views.frame import case_context, purpose_redirect, reading_of
from cases.intake import pages, photos, queries
from cases.intake.access import reports
from cases.intake.forms import choices_of
from foundation.routes import Shows, route


@route("signal_list", shows=Shows.CASE_DATA)
@require_safe
def signal_list(request: HttpRequest) -> HttpResponse:
    """The signals that exist for the reader, newest first, without a word of them."""
    reading = reading_of(request, route="signal_list", event="signal.list")
    show, kind = request.GET.get("toon", "open"), request.GET.get("soort", "")
    show = show if show in queries.SHOWN else "open"
    page = queries.signal_list(reading, show=show, kind=kind, after=request.GET.get("na", ""))
    catalogue = reading.policy.catalogue
    kinds = choices_of(catalogue, "signal_domain", english=language() == "en")
    context: dict[str, Any] = {
        "signals": [pages.line_context(line, catalogue) for line in page.lines],
        "tabs": [
            {"label": label, "url": _url(toon=code, soort=kind), "active": code == show} for code, label in pages.TABS
        ],
        "kinds": [{"value": code, "label": label, "selected": code == kind} for code, label in kinds],
        "show": show,
        "filtered": bool(kind),
        "next_url": _url(toon=show, soort=kind, na=page.cursor) if page.cursor else "",
        "new_url": reverse("signal_new") if reports(reading) else "",
    }
    return render(request, "cases/intake/list.html", context)


@route("signal", shows=Shows.CASE_DATA)
@require_safe
def signal(request: HttpRequest, number: str) -> HttpResponse:
    """One signal: what was reported, with its sources, what was done with it, and what can be done."""
    reading = reading_of(request, route="signal", event="signal.read")
    opened = queries.open_signal(reading, number, request.session)
    return render(request, "cases/intake/signal.html", pages.signal_context(reading, opened))


@route("signal_contact", shows=Shows.CASE_DATA)
@require_safe
def contact(request: HttpRequest, number: str) -> HttpResponse:
    """How to reach the resident who reported; for who took the report over, and nowhere else."""
    reading = reading_of(request, route="signal_contact", event="signal.contact")
    answer = queries.contact_of(reading, number)
    contact_text = next((person.first("reporter_contact") for person in answer.disclosures), "")
    context = {"number": number, "contact": contact_text, "bar": pages.bar(reading, answer)}
    return render(request, "cases/intake/contact.html", context)


@route("signal_photo", shows=Shows.CASE_DATA)
@require_safe
def photo(request: HttpRequest, number: str, uid: UUID) -> HttpResponse:
    """A photo on the page of a signal."""
    reading = reading_of(request, route="signal_photo", event="signal.photo")
    return as_bytes(photos.photo_of_signal(reading, number, uid, request.session))


@route("case_signal_photo", shows=Shows.CASE_DATA)
@require_safe
def case_photo(request: HttpRequest, number: str, uid: UUID) -> HttpResponse:
    """A photo of a signal on the page of the case that it belongs to."""
    reading = reading_of(request, route="case_signal_photo", event="signal.photo")
    return as_bytes(photos.photo_of_case(reading, number, uid, request.session))


@route("case_signals", shows=Shows.CASE_DATA)
@require_safe
def case_signals(request: HttpRequest, number: str) -> HttpResponse:
    """The signals that belong to a case, as far as the covenants of that case give them to the reader."""
    reading = reading_of(request, route="case_signals", event="signal.of_case")
    found = queries.case_signals(reading, number, request.session)
    if not found.opened.answer.purpose:
        return purpose_redirect(number)
    context = case_context(reading, found.opened, active="case_signals")
    context["signals"] = pages.case_context(found, reading.policy.catalogue)
    return render(request, "cases/intake/case_signals.html", context)


def _url(**query: str) -> str:
    asked = {name: value for name, value in query.items() if value}
    return f"{reverse('signal_list')}?{urlencode(asked)}"
