"""The pages of areas, for everybody: the map with its table, one area, and the numbers as open data."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from foundation.routes import Shows, route
from programmes.areas import open_data
from programmes.areas.mapping import map_context
from programmes.areas.plots import plots, shown
from programmes.areas.queries import one_area, overview


@route("areas", shows=Shows.NOTHING, public=True)
@require_safe
def areas(request: HttpRequest) -> HttpResponse:
    """All areas, coloured by an indicator of a year."""
    found = overview(indicator=request.GET.get("indicator", ""), year=request.GET.get("jaar", ""))
    language = get_language() or "nl"
    context: dict[str, Any] = {
        "found": found,
        "map": map_context(found),
        "label": found.indicator.label(language) if found.indicator else "",
        "choices": [(one.code, one.label(language), one.get_pillar_display()) for one in found.indicators],
        "rows": [
            {"area": one, "value": shown(found.values.get(one.pk), found.indicator)}
            for one in found.areas
            if found.indicator
        ],
        "city": shown(found.city, found.indicator) if found.indicator else "",
    }
    return render(request, "programmes/areas/list.html", context)


@route("area", shows=Shows.NOTHING, public=True)
@require_safe
def area(request: HttpRequest, code: str) -> HttpResponse:
    """One area with its numbers over the years."""
    found, series = one_area(code)
    drawn = plots(series, language=get_language() or "nl")
    return render(request, "programmes/areas/area.html", {"area": found, "plots": drawn})


@route("area_open_csv", shows=Shows.NOTHING, public=True)
@require_safe
def area_open_csv(request: HttpRequest) -> HttpResponse:
    """All numbers as CSV."""
    answer = HttpResponse(open_data.as_csv(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="wijken.csv"'
    return answer


@route("area_open_json", shows=Shows.NOTHING, public=True)
@require_safe
def area_open_json(request: HttpRequest) -> HttpResponse:
    """All numbers as JSON-LD."""
    found = open_data.as_json_ld(request.build_absolute_uri("/"))
    return JsonResponse(found, content_type="application/ld+json")
