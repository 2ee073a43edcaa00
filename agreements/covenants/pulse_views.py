"""The address that an open page asks whether the rules it was made under still apply."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from agreements.covenants.pulse import changes_between, pulse_at
from foundation import clock
from foundation.routes import Shows, route

_LONGEST = timedelta(hours=24)


@route("pulse", shows=Shows.NOTHING)
@require_safe
def pulse(request: HttpRequest) -> HttpResponse:
    """204 while `was` is still the name of the rules; else what changed since `sec` seconds ago, in words."""
    now = clock.now()
    if request.GET.get("was", "") == pulse_at(now):
        return HttpResponse(status=204)
    seconds = request.GET.get("sec", "")
    back = timedelta(seconds=int(seconds)) if seconds.isascii() and seconds.isdigit() and len(seconds) < 7 else _LONGEST
    agency_id: int = request.visit.agency.id  # type: ignore[attr-defined]
    # A second more: the page was made a moment before it began to count.
    said = changes_between(now - min(back, _LONGEST) - timedelta(seconds=1), now, agency_id=agency_id)
    again = _("De regels zijn veranderd. Deze pagina is opnieuw gelezen.")
    return JsonResponse({"said": " ".join((*said, again))})
