"""Pages of sign-in and of one's own account. The pages for administrators are in people_views.py."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from agreements.parties import commands, demo, hats, queries, signals, signin
from agreements.parties.forms import PreferencesForm
from agreements.parties.models import Theme
from agreements.parties.reader import Visit
from foundation.errors import Invalid
from foundation.routes import Shows, route

_A_YEAR = 365 * 24 * 3600
_THEME_COOKIE = "verbond_theme"


@route("sign_in", shows=Shows.NOTHING, public=True)
@never_cache
@require_GET
def sign_in(request: HttpRequest) -> HttpResponse:
    """The front door: one's own account, and in demo the personas."""
    shown = demo.personas() if demo.is_allowed(request) else ()
    return render(
        request,
        "agreements/parties/sign_in.html",
        {"personas": shown, "next": _next(request), "house": settings.VERBOND_NAME},
    )


@route("sign_in_demo", shows=Shows.NOTHING, public=True)
@require_POST
def sign_in_demo(request: HttpRequest) -> HttpResponse:
    """One click: signed in as a persona. 404 unless in demo and at this machine."""
    signin.sign_in_persona(request, key=request.POST.get("persona", ""))
    return redirect(_next(request) or settings.LOGIN_REDIRECT_URL)


@route("set_language", shows=Shows.NOTHING, public=True)
@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """Dutch or English, kept on this device and, when signed in, with the account."""
    language = request.POST.get("language", "")
    if language not in dict(settings.LANGUAGES):
        raise Invalid(_("Deze taal is er niet."), field="language")
    visit = _visit(request)
    if visit:
        commands.set_preferences(visit.professional_id, language=language)
    return _with_language(redirect(_next(request) or "/"), language)


@route("hat", shows=Shows.OWN_ACCOUNT)
@never_cache
@require_http_methods(["GET", "POST"])
def hat(request: HttpRequest) -> HttpResponse:
    """For which agency somebody acts this visit; also says so when there is none."""
    professional_id = int(request.user.pk or 0)
    if request.method == "POST":
        chosen = request.POST.get("membership", "")
        worn = hats.put_on(request, membership_id=int(chosen) if chosen.isdecimal() else 0)
        signals.hat_chosen(request, agency_code=worn.agency_code)
        return redirect(_next(request) or settings.LOGIN_REDIRECT_URL)
    return render(
        request,
        "agreements/parties/hat.html",
        {"hats": hats.hats_of(professional_id), "next": _next(request)},
    )


@route("account", shows=Shows.OWN_ACCOUNT)
@never_cache
@require_http_methods(["GET", "POST"])
def account(request: HttpRequest) -> HttpResponse:
    """One's own name, roles and preferences, and the way to second factor, passkeys and sessions."""
    visit = _visit(request)
    assert visit is not None  # noqa: S101 - VisitMiddleware lets nobody else through
    mine = queries.account_of(visit)
    sent = request.POST if request.method == "POST" else None
    form = PreferencesForm(sent, initial={"language": mine.language, "theme": mine.theme})
    if request.method == "POST" and form.is_valid():
        commands.set_preferences(visit.professional_id, **form.cleaned_data)
        response = _with_language(redirect("account"), form.cleaned_data["language"])
        return _with_theme(response, form.cleaned_data["theme"])
    status = 422 if form.errors else 200
    context: dict[str, Any] = {"account_of": mine, "form": form}
    return render(request, "agreements/parties/account.html", context, status=status)


def locked_out(request: HttpRequest, *_: Any) -> HttpResponse:
    """What axes shows after too many wrong passwords (AXES_LOCKOUT_CALLABLE)."""
    minutes = int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)
    page = render(request, "account/locked_out.html", {"minutes": minutes}, status=429)
    page["Retry-After"] = str(minutes * 60)
    return page


def _visit(request: HttpRequest) -> Visit | None:
    visit: Visit | None = getattr(request, "visit", None)
    return visit


def _next(request: HttpRequest) -> str:
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) and wanted.startswith("/")
    return wanted if safe and not wanted.startswith(reverse("sign_in")) else ""


def _with_language(response: HttpResponseRedirect, language: str) -> HttpResponseRedirect:
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=_A_YEAR,
        secure=bool(settings.SESSION_COOKIE_SECURE),
        httponly=True,
        samesite="Lax",
    )
    return response


def _with_theme(response: HttpResponseRedirect, theme: str) -> HttpResponseRedirect:
    # The switch in the top bar writes this cookie too (app.js); whichever came last counts.
    if theme == Theme.AUTO:
        response.delete_cookie(_THEME_COOKIE)
    else:
        response.set_cookie(
            _THEME_COOKIE, theme, max_age=_A_YEAR, secure=bool(settings.SESSION_COOKIE_SECURE), samesite="Lax"
        )
    return response
