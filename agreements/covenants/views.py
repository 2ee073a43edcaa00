"""Pages of covenants, for reading: the list, one version whole, and the way to one article."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from agreements.covenants import queries
from foundation.errors import Invalid
from foundation.routes import Shows, route

TONES = {"in_force": "ok", "suspended": "danger", "for_signature": "warn", "scheduled": "info"}
ICONS = {"in_force": "circle-check", "suspended": "ban", "for_signature": "signature", "scheduled": "clock"}


@route("covenant_list", shows=Shows.RULES)
@require_safe
def covenant_list(request: HttpRequest) -> HttpResponse:
    """The covenants of the visitor's agency."""
    lines = [
        {"line": line, "badge": _badge(line.version), "url": reverse("covenant", args=[line.code])}
        for line in queries.covenant_list(agency_id=_agency_id(request))
    ]
    return render(request, "agreements/covenants/list.html", {"covenants": lines})


@route("covenant", shows=Shows.RULES)
@require_safe
def covenant(request: HttpRequest, code: str) -> HttpResponse:
    """One version of a covenant: articles in text and in sentences, parties, signatures, term and hash."""
    page = queries.covenant_page(code, agency_id=_agency_id(request), number=_number(request))
    address = reverse("covenant", args=[code])
    context = {
        "page": page,
        "badge": _badge(page.version),
        "crumbs": [{"label": _("Convenanten"), "url": reverse("covenant_list")}],
        "versions": [
            {"line": line, "url": f"{address}?versie={line.number}", "active": line.number == page.version.number}
            for line in page.versions
        ],
    }
    return render(request, "agreements/covenants/covenant.html", context)


@route("covenant_article", shows=Shows.RULES)
@require_safe
def covenant_article(request: HttpRequest, code: str, article: str) -> HttpResponse:
    """To one article on the page of its covenant; ?versie= for another than the one that rules now."""
    number = _number(request)
    anchor = queries.article_place(code, article, agency_id=_agency_id(request), number=number)
    version = f"?versie={number}" if number else ""
    return HttpResponseRedirect(f"{reverse('covenant', args=[code])}{version}#{anchor}")


def _agency_id(request: HttpRequest) -> int:
    """The agency of the visit; the middleware has led away who has none."""
    agency_id: int = request.visit.agency.id  # type: ignore[attr-defined]
    return agency_id


def _number(request: HttpRequest) -> int | None:
    text = request.GET.get("versie", "")
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= 6):
        raise Invalid(_("Dit is geen versienummer."), remedy=_("Kies een versie uit de lijst."), field="versie")
    return int(text)


def _badge(version: queries.VersionLine) -> dict[str, Any]:
    words = _("Versie %(n)d: %(standing)s") % {"n": version.number, "standing": version.standing_label}
    return {"label": words, "tone": TONES.get(version.standing, ""), "icon": ICONS.get(version.standing, "history")}
