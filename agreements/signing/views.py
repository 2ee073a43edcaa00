"""Pages of signatures: who signed, signing, not signing, the sealed PDF. Keys are in key_views.py."""

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agreements.covenants.badges import badges_of, term_words
from agreements.covenants.queries import covenant_line, covenant_page
from agreements.covenants.tabs import version_tabs
from agreements.parties.reader import Visit
from agreements.parties.signin import NotStrong, check_strong_and_fresh
from agreements.signing import commands, queries
from agreements.signing.commands import Signed
from agreements.signing.forms import DeclineForm, SignForm
from agreements.signing.keys import root_pem
from foundation import clock
from foundation.clock import AMSTERDAM
from foundation.errors import Invalid, NotFound
from foundation.routes import Shows, route


@route("signatures", shows=Shows.RULES)
@never_cache
@require_safe
def signatures(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Who signed a version, when and with which mandate and key; who did not yet; the sealed PDF."""
    page = queries.signatures_page(_visit(request), code, number)
    return render(request, "agreements/signing/signatures.html", _head(request, code, number) | {"page": page})


@route("sign", shows=Shows.RULES)
@never_cache
@require_http_methods(["GET", "POST"])
def sign(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """The text, its hash, and the form with which a signatory signs. Asks for a fresh strong sign-in first."""
    visit = _visit(request)
    page = queries.signatures_page(visit, code, number)
    if not page.may_sign and request.method != "POST":
        return redirect("signatures", code, number)
    try:
        check_strong_and_fresh(request)
    except NotStrong as needed:
        # On the way to the form, straight on; a form that stood open too long gets the page that explains.
        if request.method == "POST" or not needed.is_confirming:
            raise
        return HttpResponseRedirect(needed.way)
    if request.method != "POST":
        commands.note_read(visit, code, number)
        form = SignForm(initial={"sha256": page.sha256, "mandate": queries.last_mandate(visit)})
        return _sign_page(request, page, form)
    form = SignForm(request.POST)
    if not form.is_valid():
        return _sign_page(request, page, form, status=422)
    given = form.cleaned_data
    try:
        signed = commands.sign_version(
            visit, code, number, mandate=given["mandate"], confirm_sha256=given["sha256"], agrees=given["agrees"]
        )
    except Invalid as problem:
        return _sign_page(request, page, _with(form, problem), status=422)
    messages.success(request, _said(signed))
    return redirect("signatures", code, number)


@route("sign_decline", shows=Shows.RULES)
@never_cache
@require_http_methods(["GET", "POST"])
def decline(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Say that the visitor's agency does not sign this version, and why."""
    visit = _visit(request)
    page = queries.signatures_page(visit, code, number)
    form = DeclineForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            commands.decline_version(visit, code, number, reason=form.cleaned_data["reason"])
        except Invalid as problem:
            _with(form, problem)
        else:
            messages.success(request, _("Vastgelegd: uw organisatie tekent niet. Alle partijen zien uw reden."))
            return redirect("signatures", code, number)
    if not page.may_sign and request.method != "POST":
        return redirect("signatures", code, number)
    context = _head(request, code, number) | {"page": page, "form": form}
    return render(request, "agreements/signing/decline.html", context, status=422 if form.errors else 200)


@route("sign_seal", shows=Shows.RULES)
@require_POST
def seal(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Have the sealed PDF made of a version that everybody signed and that has none yet."""
    commands.ask_for_pdf(_visit(request), code, number)
    messages.success(request, _("De PDF wordt gemaakt. Ververs deze pagina over een paar tellen."))
    return redirect("signatures", code, number)


@route("covenant_pdf", shows=Shows.RULES)
@require_safe
def covenant_pdf(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """The sealed PDF of a version."""
    return pdf_response(queries.sealed_pdf(_visit(request), code, number), code, number)


@route("signing_root", shows=Shows.NOTHING, public=True)
@require_safe
def root(request: HttpRequest) -> HttpResponse:
    """The root certificate of this installation: what the offline check trusts. It holds no person."""
    pem = root_pem()
    if not pem:
        raise NotFound(
            _("Deze installatie heeft nog geen certificaat."), remedy=_("Het komt met de eerste handtekening.")
        )
    return HttpResponse(
        pem,
        content_type="application/x-pem-file",
        headers={"Content-Disposition": 'attachment; filename="root.pem"'},
    )


def pdf_response(data: bytes, code: str, number: int) -> HttpResponse:
    """A sealed covenant as a download."""
    name = f"{code.lower()}-v{number}.pdf"
    return HttpResponse(
        data, content_type="application/pdf", headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


def _sign_page(request: HttpRequest, page: queries.SignaturesPage, form: Form, *, status: int = 200) -> HttpResponse:
    visit = _visit(request)
    covenant = covenant_page(page.code, agency_id=visit.agency.id, number=page.number)
    context = _head(request, page.code, page.number) | {"page": page, "form": form, "covenant": covenant}
    return render(request, "agreements/signing/sign.html", context, status=status)


def _head(request: HttpRequest, code: str, number: int) -> dict[str, Any]:
    """The context of agreements/covenants/_heading.html."""
    line = covenant_line(code, agency_id=_visit(request).agency.id, number=number)
    return {
        "title": line.title,
        "here": code,
        "crumbs": [{"label": _("Convenanten"), "url": reverse("covenant_list")}],
        "badges": badges_of(line),
        "facts": [term_words(line.version), line.regime_label],
        "tabs": version_tabs(code, number, active="signatures", roles=_visit(request).roles),
        "tabs_label": _("Onderdelen van het convenant"),
    }


def _with(form: Form, problem: Invalid) -> Form:
    """The form with what the command had against it, beside its field."""
    form.add_error(
        problem.field if problem.field in form.fields else None, f"{problem.sentence} {problem.remedy}".strip()
    )
    return form


def _said(signed: Signed) -> str:
    if signed.starts is None:
        said = ngettext(
            "U heeft getekend. Er moet nog %(n)d partij tekenen.",
            "U heeft getekend. Er moeten nog %(n)d partijen tekenen.",
            signed.waiting,
        )
        return said % {"n": signed.waiting}
    if signed.starts <= clock.now():
        return _("U heeft als laatste getekend. De versie geldt vanaf nu.")
    day = date_format(signed.starts.astimezone(AMSTERDAM), "j F Y")
    return _("U heeft als laatste getekend. De versie geldt vanaf %(day)s.") % {"day": day}


def _visit(request: HttpRequest) -> Visit:
    visit: Visit = request.visit  # type: ignore[attr-defined]
    return visit
