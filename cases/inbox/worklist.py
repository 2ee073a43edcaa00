"""The start page: the next meeting, the reader's cases, what waits for them; a third party's extracts beside it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cases.casework import pages, queries
from cases.casework.fact_rows import partner
from cases.casework.views.frame import reading_of
from cases.disclosure.answer import Answer
from cases.disclosure.reading import Reading
from cases.disclosure.visibility import CASE_ROLES
from cases.inbox.pages import waiting_line
from cases.inbox.waiting import waiting_for
from cases.meetings.pages import meeting
from cases.meetings.queries import next_meeting
from foundation.routes import Shows, route

FIRST = 6
"""Lines of what waits; the inbox has them all."""


@route("worklist", shows=Shows.CASE_DATA)
def worklist(request: HttpRequest) -> HttpResponse:
    """The reader's cases, most urgent first; a third party's extracts beside them."""
    reading = reading_of(request, route="worklist", event="case.list")
    page = queries.worklist(reading, request.session, after=request.GET.get("na", ""))
    cases = [pages.worklist_row(answer) for answer in page.answers]
    fresh = sum(answer.n_news for answer in page.answers)
    waiting = _waiting(reading, page.answers)
    context = {
        "bar": {
            "purpose_label": _("uw eigen casussen, elk voor zijn doel"),
            "n_visible": sum(answer.n_visible for answer in page.answers),
        },
        "cases": cases,
        "next": _next(reading),
        "waiting": waiting[:FIRST],
        "more_waiting": max(len(waiting) - FIRST, 0),
        "inbox_url": reverse("inbox"),
        "new_url": reverse("signal_new") if reading.visit.roles & CASE_ROLES else "",
        "counts": _counts(cases, fresh),
        "next_url": f"{reverse('worklist')}?na={page.cursor}" if page.cursor else "",
        "prev_url": reverse("worklist") if request.GET.get("na") else "",
        "extracts": _extracts(queries.partner_list(reading)),
        "empty": _empty(reading.visit.roles),
    }
    return render(request, "cases/inbox/worklist.html", context)


def _next(reading: Reading) -> dict[str, Any] | None:
    """The first meeting to come; without names of cases, as on the page of meetings."""
    if not reading.visit.roles & CASE_ROLES:
        return None
    coming = next_meeting(reading)
    return meeting(coming) if coming else None


def _waiting(reading: Reading, answers: tuple[Answer, ...]) -> list[dict[str, Any]]:
    """What waits in all rooms, the latest first; a case by the title it has on this page, else by its number."""
    titles = {answer.head.number: pages.case_title(answer) for answer in answers}
    return [waiting_line(line, titles) for line in waiting_for(reading)]


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
            "source": partner(case.lead),
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
