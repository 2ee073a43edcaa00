"""The pages of areas, for everybody: the map with its table, one area, and the numbers as open data."""

from typing import Any

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from foundation.routes import Shows, route
from programmes.areas import open_data
from programmes.areas.mapping import map_context
from programmes.areas.models import Area
from programmes.areas.plots import plots, shown
from programmes.areas.queries import area_named, edition, overview, series_of
from programmes.areas.ways import ways_for

KEEP_SECONDS = 24 * 3600


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
        "ways": ways_for(getattr(request, "visit", None)),
    }
    return render(request, "programmes/areas/list.html", context)


@route("area", shows=Shows.NOTHING, public=True)
@require_safe
def area(request: HttpRequest, code: str) -> HttpResponse:
    """One area with its numbers over the years."""
    found = area_named(code)
    ways = ways_for(getattr(request, "visit", None), of_one=True)
    return render(request, "programmes/areas/area.html", {"area": found, "plots": _plots_of(found), "ways": ways})


def _plots_of(area: Area) -> str:
    """The pictures of an area as HTML, kept until the next import: they are the same for everybody."""
    language = get_language() or "nl"
    key = f"area-plots:{area.pk}:{language}:{edition()}"
    kept: str | None = cache.get(key)
    if kept is None:
        drawn = plots(series_of(area), language=language)
        kept = render_to_string("programmes/areas/_plots.html", {"area": area, "plots": drawn})
        cache.set(key, kept, KEEP_SECONDS)
    return mark_safe(kept)  # noqa: S308 - rendered by our own template, which escapes


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
