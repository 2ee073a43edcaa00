"""The meetings of a reader: what is to come, the next one first, and what was."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from cases.casework.views.frame import reading_of
from cases.meetings import pages, queries, rights
from foundation.errors import Invalid
from foundation.routes import Shows, route


@route("meeting_list", shows=Shows.NOTHING)
def meeting_list(request: HttpRequest) -> HttpResponse:
    """My meetings: no titles of cases here, only how many are mine to discuss."""
    reading = reading_of(request, route="meeting_list", event="meeting.read")
    number = _page_of(request)
    found = queries.meeting_list(reading, page=number)
    coming = [pages.meeting(line) for line in found.coming]
    url = reverse("meeting_list")
    context: dict[str, Any] = {
        "next": coming[0] if coming else None,
        "coming": coming[1:],
        "past": [pages.meeting(line) for line in found.past],
        "plan_url": reverse("meeting_plan") if rights.may_plan(reading) else "",
        "next_url": f"{url}?bladzijde={found.older}" if found.older else "",
        "prev_url": f"{url}?bladzijde={number - 1}" if number > 1 else "",
    }
    return render(request, "cases/meetings/list.html", context)


def _page_of(request: HttpRequest) -> int:
    text = request.GET.get("bladzijde", "1")
    if not (text.isascii() and text.isdigit() and int(text[:6]) > 0 and len(text) < 6):
        raise Invalid(
            _("Deze bladzijde bestaat niet."), field="bladzijde", remedy=_("Begin weer bij de eerste bladzijde.")
        )
    return int(text)
