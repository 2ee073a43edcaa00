"""The log of a channel as a page."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from agreements.policy.catalogue import load_catalogue
from cases.casework.views.frame import reading_of
from foundation.errors import Invalid
from foundation.routes import Shows, route
from realtime.channels import queries
from realtime.channels.telling import Told
from realtime.channels.words import notice_of
from realtime.report.content import may_copy


@route("channel_log", shows=Shows.CASE_DATA)
def channel_log(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The whole log, page by page, as far as it is the reader's."""
    reading = reading_of(request, route="channel_log", event="channel.read")
    here = queries.opened(reading, uid, session=request.session)
    page = queries.log_page(reading, here, after=_cursor(request))
    url = reverse("channel_log", args=[uid])
    context: dict[str, Any] = {
        "channel": here.channel,
        "lines": [line(one, reading.visit.language) for one in page.told],
        "next_url": f"{url}?na={page.after}" if page.after else "",
        "report_url": reverse("street_report", args=[uid]) if may_copy(reading, here, page.told) else "",
    }
    return render(request, "realtime/report/log.html", context)


def line(told: Told, language: str) -> dict[str, Any]:
    """One event for the page."""
    catalogue = load_catalogue()
    event = told.event
    return {
        "event": event,
        "name": event.author.professional.name if event.author else event.notice_by,
        "notice": notice_of(told),
        "pieces": [(catalogue.by_code[one.code].label(language), one) for one in told.pieces],
    }


def _cursor(request: HttpRequest) -> UUID | None:
    text = request.GET.get("na", "")
    try:
        return UUID(text) if text else None
    except ValueError as wrong:
        raise Invalid(_("Dit bericht is er niet meer."), field="na", remedy=_("Begin weer bij het begin.")) from wrong
