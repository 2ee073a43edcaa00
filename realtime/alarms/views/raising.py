"""The second way of an alarm, beside the socket: a plain request of the phone's script."""

import json
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from pydantic import ValidationError

from cases.casework.views.frame import reading_of
from foundation.errors import Invalid
from foundation.routes import Shows, route
from realtime.alarms import commands
from realtime.alarms.commands import Here
from realtime.alarms.schemas import RaiseIn
from realtime.channels.queries import opened


@require_POST
@route("alarm_raise", shows=Shows.NOTHING)
def alarm_raise(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Call for help: {client, text}. By both ways with one `client` it is one alarm."""
    try:
        body = RaiseIn.model_validate(json.loads(request.body))
    except (ValueError, ValidationError, RecursionError) as wrong:
        raise Invalid(_("Dit alarm is niet te lezen."), field="client", remedy=_("Bel 112.")) from wrong
    reading = reading_of(request, route="alarm_raise", event="channel.said")
    found = opened(reading, uid, session=request.session)
    here = Here(reading=reading, channel=found.channel, member=found.member, hearer=found.hearer)
    event = commands.raise_alarm(here, client=body.client, text=body.text)
    return JsonResponse({"client": str(body.client), "event": str(event.uid)}, status=201)
