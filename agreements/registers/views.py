"""Pages of the record of processing, for one's own agency, and of covenants in force, for everybody."""

import hashlib
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from agreements.covenants.badges import dpia_words, term_words, version_badge
from agreements.covenants.pulse import pulse_at
from agreements.parties.reader import Visit
from agreements.registers.printing import record_pdf
from agreements.registers.public import public_covenant, public_list
from agreements.registers.record import record_of
from foundation import clock
from foundation.errors import Invalid
from foundation.routes import Shows, route


@route("register", shows=Shows.RULES)
@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """The record of processing of one's own agency, today or as it was on a day."""
    record = record_of(_visit(request), day=day_of(request.GET.get("op", "")))
    context = {
        "record": record,
        "activities": [
            {
                "activity": item,
                "badge": version_badge(item.version),
                "term": term_words(item.version),
                "dpia_said": dpia_words(item.dpia) if item.dpia else "",
            }
            for item in record.activities
        ],
        "crumbs": [{"label": _("Convenanten"), "url": reverse("covenant_list")}],
        "today": clock.today(),
    }
    return render(request, "agreements/registers/record.html", context)


@route("register_pdf", shows=Shows.RULES)
@require_safe
def register_pdf(request: HttpRequest) -> HttpResponse:
    """The same as a tagged PDF."""
    record = record_of(_visit(request), day=day_of(request.GET.get("op", "")))
    answer = HttpResponse(record_pdf(record), content_type="application/pdf")
    name = f"verwerkingsregister-{record.agency.code}-{record.day.isoformat()}.pdf"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@route("public_covenants", shows=Shows.RULES, public=True)
@require_safe
def covenants(request: HttpRequest) -> HttpResponse:
    """The covenants in force, for anybody."""
    with translation.override(_language(request)):
        lines = [
            {"line": line, "term": term_words(line.version), "url": _public_url(request, line.code)}
            for line in public_list()
        ]
        return _public(request, "agreements/registers/public_list.html", {"covenants": lines})


@route("public_covenant", shows=Shows.RULES, public=True)
@require_safe
def covenant(request: HttpRequest, code: str) -> HttpResponse:
    """One covenant in force, for anybody: who shares what and why, and where to ask."""
    with translation.override(_language(request)):
        page = public_covenant(code)
        context = {
            "page": page,
            "term": term_words(page.version),
            "dpia_said": dpia_words(page.dpia) if page.dpia else "",
            "list_url": _public_url(request, ""),
        }
        return _public(request, "agreements/registers/public_covenant.html", context)


def day_of(text: str) -> date | None:
    """A day as typed; None for none. Raises Invalid."""
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise Invalid(
            _("Deze dag is niet te lezen."), remedy=_("Schrijf jjjj-mm-dd, of kies een dag."), field="op"
        ) from error


def _visit(request: HttpRequest) -> Visit:
    found: Visit = request.visit  # type: ignore[attr-defined]
    return found


def _language(request: HttpRequest) -> str:
    """?taal= goes before what the device once chose, so that an address alone says which page it is."""
    asked = request.GET.get("taal", "")
    return asked if asked in ("nl", "en") else (translation.get_language() or "nl")[:2]


def _public_url(request: HttpRequest, code: str) -> str:
    url = reverse("public_covenant", args=[code]) if code else reverse("public_covenants")
    asked = request.GET.get("taal", "")
    return f"{url}?taal={asked}" if asked in ("nl", "en") else url


def _public(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """A page that is the same for everybody: kept by whoever likes, but asked for again each time.

    A suspension or an end must reach every reader at once, so nothing may be shown unasked; that it is
    unchanged costs no making of a page.
    """
    language = (translation.get_language() or "nl")[:2]
    theme = request.COOKIES.get("verbond_theme", "")
    seen = f"{pulse_at(clock.now())} {clock.today()} {language} {theme} {request.path}"
    tag = f'"{hashlib.sha256(seen.encode()).hexdigest()[:32]}"'
    answer: HttpResponse
    if request.headers.get("If-None-Match", "") == tag:
        answer = HttpResponseNotModified()
    else:
        # Without a visit: what a signed-in reader gets must be what everybody gets.
        context |= {"visit": None, "nav": [], "language": language, "LANGUAGE_CODE": language}
        other = "nl" if language == "en" else "en"
        context |= {"other_language": other, "other_url": f"{request.path}?taal={other}"}
        answer = render(request, template, context)
    answer["ETag"] = tag
    answer["Cache-Control"] = "public, no-cache"
    answer["Content-Language"] = language
    patch_vary_headers(answer, ["Cookie"])
    return answer
