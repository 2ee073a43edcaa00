"""Sets request.visit, and leads who has none to the sign-in page. Not here: what a visit may see."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from agreements.parties import doors
from agreements.parties.reader import visit_of_session
from foundation.answers import as_json
from foundation.errors import SignInNeeded


class VisitMiddleware:
    """Every page knows who asks before its view runs; a page that is not entered as public is closed.

    The API signs in by token: there request.visit stays None until ninja's auth has set it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        by_token = request.path_info.startswith(settings.API_PREFIXES)
        visit = None if by_token else visit_of_session(request)
        request.visit = visit  # type: ignore[attr-defined]
        if visit is None or visit.language == get_language():
            return self.get_response(request)
        with override(visit.language):
            request.LANGUAGE_CODE = visit.language
            response = self.get_response(request)
            response.headers["Content-Language"] = visit.language
            return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Nothing when the visitor may go on; else the way to the sign-in page or the choice of a hat."""
        match = request.resolver_match
        name = match.view_name if match else ""
        if request.path_info.startswith(settings.API_PREFIXES) or doors.is_public(name):
            return None
        if request.visit is not None:  # type: ignore[attr-defined]
            return None
        if not request.user.is_authenticated:
            return _lead_to(request, reverse("sign_in"))
        return None if doors.needs_no_hat(name) else _lead_to(request, reverse("hat"))


def _lead_to(request: HttpRequest, page: str) -> HttpResponse:
    back = _way_back(request)
    target = f"{page}?{urlencode({'next': back})}" if back not in ("", "/") else page
    if request.headers.get("HX-Request") == "true":
        # htmx would swap the sign-in page into a fragment; this header moves the whole window.
        return HttpResponse(status=401, headers={"HX-Redirect": target})
    if request.headers.get("Accept", "").startswith("application/json"):
        # Not raised: what a middleware raises before the view is nobody's to answer, and becomes a 500.
        return as_json(SignInNeeded(_("U bent niet aangemeld."), remedy=_("Meld u aan en probeer het opnieuw.")))
    return HttpResponseRedirect(target)


def _way_back(request: HttpRequest) -> str:
    """A path of this site that can be opened again with GET."""
    htmx_page = request.headers.get("HX-Current-URL", "")
    if htmx_page:
        if not url_has_allowed_host_and_scheme(htmx_page, allowed_hosts={request.get_host()}):
            return ""
        parts = urlsplit(htmx_page)
        return f"{parts.path}?{parts.query}" if parts.query else parts.path
    return request.get_full_path() if request.method in ("GET", "HEAD") else ""
