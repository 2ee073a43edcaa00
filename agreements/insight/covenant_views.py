"""Pages of covenants, for reading: the list, one version whole, and the way to one article."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from agreements.covenants import queries
from agreements.covenants.badges import badges_of, dpia_words, version_badge
from agreements.covenants.rules import REGISTER_READERS
from agreements.drafting.rights import READERS
from agreements.insight.frame import version_head
from agreements.joining.upcoming import joinable, upcoming
from agreements.parties.reader import Visit
from foundation.errors import Invalid
from foundation.routes import Shows, route


@route("covenant_list", shows=Shows.RULES)
@require_safe
def covenant_list(request: HttpRequest) -> HttpResponse:
    """The covenants of the visitor's agency, with what asks for attention."""
    visit = _visit(request)
    lines = [
        {"line": line, "badges": badges_of(line), "url": reverse("covenant", args=[line.code])}
        for line in queries.covenant_list(agency_id=visit.agency.id)
    ]
    return render(
        request,
        "agreements/covenants/list.html",
        {
            "covenants": lines,
            "works_on_drafts": bool(visit.roles & READERS),
            "reads_register": bool(visit.roles & REGISTER_READERS),
            "upcoming": upcoming(visit),
            "joinable": joinable(visit),
        },
    )


@route("covenant", shows=Shows.RULES)
@require_safe
def covenant(request: HttpRequest, code: str) -> HttpResponse:
    """One version of a covenant: articles in text and in sentences, parties, signatures, term and hash."""
    visit = _visit(request)
    page = queries.covenant_page(code, agency_id=visit.agency.id, number=_number(request))
    address = reverse("covenant", args=[code])
    context: dict[str, Any] = version_head(visit, code, page.version.number, "articles")
    context |= {
        "page": page,
        "title": page.title,
        "badges": badges_of(page),
        "versions": [
            {
                "line": line,
                "badge": version_badge(line),
                "url": f"{address}?versie={line.number}",
                "active": line.number == page.version.number,
            }
            for line in page.versions
        ],
        "dpia_said": dpia_words(page.dpia_line) if page.dpia_line else "",
    }
    return render(request, "agreements/covenants/covenant.html", context)


@route("covenant_article", shows=Shows.RULES)
@require_safe
def covenant_article(request: HttpRequest, code: str, article: str) -> HttpResponse:
    """To one article on the page of its covenant; ?versie= for another than the one that rules now."""
    number = _number(request)
    anchor = queries.article_place(code, article, agency_id=_visit(request).agency.id, number=number)
    version = f"?versie={number}" if number else ""
    return HttpResponseRedirect(f"{reverse('covenant', args=[code])}{version}#{anchor}")


def _visit(request: HttpRequest) -> Visit:
    """The middleware has led away who has none."""
    found: Visit = request.visit  # type: ignore[attr-defined]
    return found


def _number(request: HttpRequest) -> int | None:
    text = request.GET.get("versie", "")
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= 6):
        raise Invalid(_("Dit is geen versienummer."), remedy=_("Kies een versie uit de lijst."), field="versie")
    return int(text)
