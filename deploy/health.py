"""Is this installation fit to serve: database, cache and sealing of the journal, without saying more."""

from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest, JsonResponse

from audit.sealing.state import alarm
from foundation.routes import Shows, route


@route("healthz", shows=Shows.NOTHING, public=True)
def healthz(request: HttpRequest) -> JsonResponse:
    """200 with {"status": "ok"}, or 503 naming the part that is away.

    Where the journal is sealed, `seal` tells how far the sealer is behind: a late one is no reason to send people to
    another server, which shares it, so the status stays 200; `late` is for whoever watches.
    """
    parts = {"database": _database(), "cache": _cache()}
    away = [name for name, fit in parts.items() if not fit]
    body: dict[str, object] = {"status": "unavailable", "away": away} if away else {"status": "ok"}
    if settings.SEALING and not away:
        body["seal"] = alarm()
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
