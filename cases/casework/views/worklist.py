"""The worklist of a professional, and what a third party finds instead."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agreements.covenants import labels
from cases.casework import pages, queries
from cases.casework.commands.extract import note_opened
from cases.casework.views.frame import bar_for, reading_of
from foundation import clock
from foundation.routes import Shows, route


@route("worklist", shows=Shows.CASE_DATA)
def worklist(request: HttpRequest) -> HttpResponse:
    """The reader's cases, most urgent first; a third party's extracts beside them."""
    reading = reading_of(request, route="worklist", event="case.list")
    page = queries.worklist(reading, request.session, after=request.GET.get("na", ""))
    cases = [pages.worklist_row(answer) for answer in page.answers]
    fresh = sum(answer.n_news for answer in page.answers)
    context = {
        "bar": {
            "purpose_label": _("uw eigen casussen, elk voor zijn doel"),
            "n_visible": sum(answer.n_visible for answer in page.answers),
        },
        "cases": cases,
        "counts": _counts(cases, fresh),
        "next_url": f"{reverse('worklist')}?na={page.cursor}" if page.cursor else "",
        "prev_url": reverse("worklist") if request.GET.get("na") else "",
        "extracts": _extracts(queries.partner_list(reading)),
        "empty": _empty(reading.visit.roles),
    }
    return render(request, "cases/casework/worklist.html", context)


def _counts(cases: list[dict[str, Any]], fresh: int) -> list[dict[str, str]]:
    overdue = sum(bool(case["next_step"] and case["next_step"]["overdue"]) for case in cases)
    found = []
    if fresh:
        found.append(ngettext("%(n)d gegeven nieuw voor u", "%(n)d gegevens nieuw voor u", fresh) % {"n": fresh})
    if overdue:
        found.append(ngettext("%(n)d stap over datum", "%(n)d stappen over datum", overdue) % {"n": overdue})
    return [{"label": text, "url": ""} for text in found]


def _extracts(found: tuple[queries.PartnerCase, ...]) -> list[dict[str, Any]]:
    return [
        {
            "title": case.number,
            "url": reverse("partner_case", args=[case.number]),
            "source": pages.partner(case.lead),
            "article": _("verstrekking op maat") if case.pushed else _("uw eigen meldingen"),
            "given_on": case.since,
        }
        for case in found
    ]


def _empty(roles: frozenset[str]) -> dict[str, str]:
    if "privacy_officer" in roles:
        return {
            "title": _("U leest geen casussen"),
            "text": _("Als privacy officer ziet u in het logboek wie wat inzag, en waarom dat mocht."),
            "url": reverse("journal"),
            "action": _("Open het logboek"),
        }
    if roles & {"signatory", "agency_admin"} and not roles & {"professional", "case_director"}:
        return {
            "title": _("U leest geen casussen"),
            "text": _("Uw rol gaat over afspraken en mensen, niet over casussen."),
            "url": reverse("covenant_list"),
            "action": _("Bekijk de convenanten"),
        }
    return {
        "title": _("U heeft nog geen casussen"),
        "text": _("Een casus verschijnt hier zodra u deelnemer bent."),
        "url": reverse("covenant_list"),
        "action": _("Bekijk wat u met wie mag delen"),
    }


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
