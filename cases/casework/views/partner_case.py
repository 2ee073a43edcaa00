"""What a third party finds instead of a case. The worklist itself stands in cases.inbox, above all rooms."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from agreements.covenants import labels
from cases.casework import pages, queries
from cases.casework.commands.extract import note_opened
from cases.casework.views.frame import bar_for, reading_of
from foundation import clock
from foundation.routes import Shows, route


@route("partner_case", shows=Shows.CASE_DATA)
def partner_case(request: HttpRequest, number: str) -> HttpResponse:
    """What a third party finds of a case: the copies pushed to it, and its own reports."""
    reading = reading_of(request, route="partner_case", event="extract.opened")
    opened = queries.partner_case(reading, number)
    if opened.answer.n_visible:
        note_opened(reading, number)
    extract = pages.extract(opened, reading.policy.catalogue)
    extract["watermark"] = _("%(name)s, %(agency)s, %(when)s") % {
        "name": reading.visit.name,
        "agency": reading.visit.agency.name,
        "when": date_format(reading.at.astimezone(clock.AMSTERDAM), "DATETIME_FORMAT"),
    }
    context = {
        "extract": extract,
        "bar": bar_for(reading, opened.answer) | {"change_url": "", "phase_label": ""},
        "obligations": [labels.label("obligation", code) for code in opened.answer.obligations],
        "add_url": reverse("contribution_add", args=[number]),
        "worklist_url": reverse("worklist"),
        "needs_secrecy": opened.needs_secrecy,
        "case_number": number,
    }
    return render(request, "cases/casework/extract.html", context)
