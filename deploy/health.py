"""Is this installation fit to serve: database, cache and journal key, without saying more."""

from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest, JsonResponse

from foundation.routes import Shows, route


@route("healthz", shows=Shows.NOTHING, public=True)
def healthz(request: HttpRequest) -> JsonResponse:
    """200 with {"status": "ok"}, or 503 naming the part that is away."""
    parts = {"database": _database(), "cache": _cache()}
    away = [name for name, fit in parts.items() if not fit]
    body = {"status": "ok"} if not away else {"status": "unavailable", "away": away}
    return JsonResponse(body, status=503 if away else 200)


def _database() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Exception:
        return False
    return True


def _cache() -> bool:
    try:
        cache.set("healthz", "1", 5)
        return bool(cache.get("healthz") == "1")
    except Exception:
        return False
