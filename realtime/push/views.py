"""Turning waking on and off for the device at hand, as its scripts ask it."""

import json
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from cases.casework.views.frame import reading_of
from foundation.errors import Invalid
from foundation.routes import Shows, route
from realtime.push import commands
from realtime.push.endpoints import Device
from realtime.push.sending import public_key


@require_GET
@route("push_key", shows=Shows.NOTHING)
def push_key(request: HttpRequest) -> HttpResponse:
    """The installation's public key; empty when it wakes no phones."""
    return JsonResponse({"key": public_key()})


@require_POST
@route("push_on", shows=Shows.OWN_ACCOUNT)
def push_on(request: HttpRequest) -> HttpResponse:
    """Wake this device: a browser's PushSubscription as JSON (W3C Push API)."""
    body = _body(request)
    keys = body.get("keys")
    keys = keys if isinstance(keys, dict) else {}
    device = Device(
        endpoint=str(body.get("endpoint", "")), p256dh=str(keys.get("p256dh", "")), auth=str(keys.get("auth", ""))
    )
    reading = reading_of(request, route="push_on", event="push.on")
    commands.turn_on(reading, device, session=request.session.session_key or "")
    return HttpResponse(status=204)


@require_POST
@route("push_off", shows=Shows.OWN_ACCOUNT)
def push_off(request: HttpRequest) -> HttpResponse:
    """Do not wake this device: {endpoint}."""
    reading = reading_of(request, route="push_off", event="push.off")
    commands.turn_off(reading, endpoint=str(_body(request).get("endpoint", "")))
    return HttpResponse(status=204)


def _body(request: HttpRequest) -> dict[str, Any]:
    try:
        found = json.loads(request.body)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise Invalid(_("Dit verzoek is niet te lezen."), field="body", remedy=_("Stuur JSON."))
    return found
