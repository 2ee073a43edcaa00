"""Pages of a signatory's own keys: which there are, registering one, revoking one, a new one."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from agreements.parties.reader import Visit
from agreements.parties.rules import Role
from agreements.parties.signin import check_strong_and_fresh
from agreements.signing import key_commands, queries
from agreements.signing.forms import OwnKeyForm
from foundation.errors import Invalid, Refused
from foundation.routes import Shows, route

_TONES = {"valid": "ok", "revoked": "danger", "expired": "warn"}


@route("signing_keys", shows=Shows.OWN_ACCOUNT)
@never_cache
@require_http_methods(["GET", "POST"])
def signing_keys(request: HttpRequest) -> HttpResponse:
    """The keys with which this person signs for this agency; a POST registers the public half of an own one."""
    visit = _visit(request)
    _check_reader(visit)
    if request.method != "POST":
        return _page(request, OwnKeyForm())
    check_strong_and_fresh(request)
    form = OwnKeyForm(request.POST)
    if form.is_valid():
        try:
            key_commands.register_own_key(visit, form.cleaned_data["pem"])
        except Invalid as problem:
            form.add_error("pem", f"{problem.sentence} {problem.remedy}".strip())
        else:
            messages.success(request, _("De sleutel is geregistreerd. U kunt er over de API mee tekenen."))
            return redirect("signing_keys")
    return _page(request, form, status=422)


@route("signing_key_revoke", shows=Shows.OWN_ACCOUNT)
@require_POST
def revoke(request: HttpRequest, kid: str) -> HttpResponse:
    """Revoke a key. No strong sign-in is asked: who may have lost it should not be held up."""
    visit = _visit(request)
    _check_reader(visit)
    key_commands.revoke_key(visit, kid)
    messages.success(request, _("De sleutel is ingetrokken. Wat ermee getekend is, blijft gelden."))
    return redirect("signing_keys")


@route("signing_key_renew", shows=Shows.OWN_ACCOUNT)
@require_POST
def renew(request: HttpRequest) -> HttpResponse:
    """A new key in the place of the one that this installation kept."""
    visit = _visit(request)
    _check_reader(visit)
    check_strong_and_fresh(request)
    key_commands.renew_key(visit)
    messages.success(request, _("U heeft een nieuwe sleutel. De volgende keer tekent u daarmee."))
    return redirect("signing_keys")


def _page(request: HttpRequest, form: OwnKeyForm, *, status: int = 200) -> HttpResponse:
    lines = [{"line": line, "tone": _TONES[line.state]} for line in queries.keys_of(_visit(request))]
    is_signatory = Role.SIGNATORY in _visit(request).roles
    context = {"keys": lines, "form": form, "is_signatory": is_signatory}
    return render(request, "agreements/signing/keys.html", context, status=status)


def _check_reader(visit: Visit) -> None:
    if not visit.roles & {Role.SIGNATORY, Role.AGENCY_ADMIN}:
        raise Refused(
            _("Alleen een tekenbevoegde heeft sleutels om te tekenen."),
            remedy=_("Vraag de beheerder van uw organisatie om die rol."),
        )


def _visit(request: HttpRequest) -> Visit:
    visit: Visit = request.visit  # type: ignore[attr-defined]
    return visit
