"""What wraps every request here: a log line without personal data, the language, problems as pages."""

import logging
import re
import secrets
import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation import gettext as _

from agreements.covenants.pulse import pulse_at
from foundation import clock
from foundation.answers import as_json, as_page
from foundation.errors import Problem, Unavailable
from foundation.routes import REGISTER, Shows

log = logging.getLogger("verbond.request")
Handler = Callable[[HttpRequest], HttpResponse]


class RequestLog:
    """One structured line per request: route name, status, milliseconds. No path, no person, no query."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        began = time.perf_counter()
        request.trace_id = _trace_of(request)  # type: ignore[attr-defined]
        response = self.get_response(request)
        match = request.resolver_match
        log.info(
            "request",
            extra={
                "route": match.view_name if match else "none",
                "method": request.method,
                "status": response.status_code,
                "ms": round((time.perf_counter() - began) * 1000, 1),
            },
        )
        return response


def _trace_of(request: HttpRequest) -> str:
    """The caller's trace (W3C Trace Context), or a new one: 32 hex digits that tie journal entries together."""
    parts = request.headers.get("traceparent", "").split("-")
    if len(parts) == 4 and _TRACE.fullmatch(parts[1]) and set(parts[1]) != {"0"}:
        return parts[1]
    return secrets.token_hex(16)


_TRACE = re.compile(r"[0-9a-f]{32}")


class Language:
    """Dutch unless the person chose otherwise; the browser's own preference does not count."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        language = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", language)
            return response


_OF_A_CASE = frozenset({"case_purpose", "case_rules"})


class Pulse:
    """Notes under which rules a page with case data is made, before anything of it is read.

    The page carries that name, asks from time to time whether it still holds, and reads anew when not.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_: Any) -> None:
        """Only whole pages that show case data, or say why not: fragments live on such a page."""
        match = request.resolver_match
        name = match.view_name if match else ""
        known = REGISTER.get(name)
        concerned = name in _OF_A_CASE or (known is not None and known.shows is Shows.CASE_DATA)
        if concerned and request.headers.get("HX-Request") != "true" and getattr(request, "visit", None) is not None:
            request.pulse = pulse_at(clock.now())  # type: ignore[attr-defined]


class Problems:
    """Shows domain errors where the asker is: a page, or a problem document under /api/."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        # Case data never stay in a shared or forward cache (audit.md 4.2).
        if not request.path.startswith(settings.STATIC_URL):
            response.headers.setdefault("Cache-Control", "no-store")
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Only domain errors; anything else is a fault and becomes the 500 page."""
        if isinstance(error, OperationalError):
            # A locked or absent store at BEGIN or COMMIT: nothing was shown, nothing was kept.
            log.error("store unavailable", extra={"event": "store_unavailable"})
            error = Unavailable(
                _("Verbond kan nu niet bij zijn gegevens. Er is niets getoond en niets opgeslagen."),
                remedy=_("Probeer het over een minuut opnieuw. Wat u typte, staat nog op dit apparaat."),
            )
        if not isinstance(error, Problem):
            return None
        return as_json(error) if request.path.startswith("/api/") else as_page(request, error)
