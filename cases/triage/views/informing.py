"""The page on informing the persons of a case: done, planned, or postponed by a source."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from cases.casework.views.frame import case_context, purpose_redirect, reading_of
from cases.disclosure.reading import Reading
from cases.triage import commands, events, forms, pages, queries_informing
from cases.triage.commands import Wait
from cases.triage.views.shared import attempt, status_of
from foundation import clock
from foundation.errors import NotFound, Problem
from foundation.routes import Shows, route


@route("case_informing", shows=Shows.CASE_DATA)
@never_cache
@require_http_methods(["GET", "POST"])
def informing(request: HttpRequest, number: str) -> HttpResponse:
    """Who was told and who was not yet; a form that was sent is done first, and comes back with its errors."""
    reading = reading_of(request, route="case_informing", event=events.INFORMING_READ)
    sent: tuple[str, Form | None, Problem | None] = ("", None, None)
    if request.method == "POST":
        form, problem = _act(request, reading, number)
        if problem is None and (form is None or not form.errors):
            messages.success(request, _("Vastgelegd."))
            return HttpResponseRedirect(reverse("case_informing", args=[number]))
        sent = (request.POST.get("wie", ""), form, problem)
    page = queries_informing.informing_page(reading, number, request.session)
    if not page.opened.answer.purpose:
        return purpose_redirect(number)
    context = case_context(reading, page.opened, active="case_informing") | {
        "lines": [_line(page, line, sent) for line in page.lines],
        "may_inform": page.may_inform,
        "may_wait": page.may_wait,
        "problem": sent[2],
        "faulty_form": sent[1],
    }
    return render(request, "cases/triage/informing.html", context, status=status_of(sent[1], sent[2]))


def _act(request: HttpRequest, reading: Reading, number: str) -> tuple[Form | None, Problem | None]:
    acts: dict[str, Callable[[Any, Reading, str, UUID], tuple[Form | None, Problem | None]]] = {
        "gedaan": _informed, "uitstel": _postpone, "opheffen": _lift,
    }  # fmt: skip
    act = acts.get(request.POST.get("doe", ""))
    if act is None:
        raise NotFound(_("Deze stap bestaat niet."), remedy=_("Laad de pagina opnieuw."))
    try:
        uid = UUID(request.POST.get("wie", ""))
    except ValueError:
        raise NotFound(_("Dit bestaat niet in deze casus."), remedy=_("Laad de pagina opnieuw.")) from None
    return act(request.POST, reading, number, uid)


def _informed(data: Any, reading: Reading, number: str, uid: UUID) -> tuple[Form | None, Problem | None]:
    form = forms.InformedForm(data, auto_id=f"gedaan_{uid}_%s")
    if not form.is_valid():
        return form, None
    on = form.cleaned_data["on"]
    return form, attempt(form, lambda: commands.mark_informed(reading, number, uid, on=on))


def _postpone(data: Any, reading: Reading, number: str, uid: UUID) -> tuple[Form | None, Problem | None]:
    form = forms.PostponeForm(data, auto_id=f"uitstel_{uid}_%s")
    if not form.is_valid():
        return form, None
    given = form.cleaned_data
    wait = Wait(
        ground=given["ground"], review_on=given["review_on"], reason=given["reason"], withhold=given["withhold"]
    )
    return form, attempt(form, lambda: commands.postpone(reading, number, uid, wait))


def _lift(data: Any, reading: Reading, number: str, uid: UUID) -> tuple[Form | None, Problem | None]:
    return None, attempt(None, lambda: commands.lift(reading, number, uid))


def _line(
    page: queries_informing.InformingPage,
    line: queries_informing.InformLine,
    sent: tuple[str, Form | None, Problem | None],
) -> dict[str, Any]:
    """A person, with the forms for what this reader can do about it; the one that was sent as it was."""
    found = pages.inform_line(line, page.opened.answer)
    informed: Form = forms.InformedForm(initial={"on": clock.today()}, auto_id=f"gedaan_{line.uid}_%s")
    postpone: Form = forms.PostponeForm(initial=_waits(line), auto_id=f"uitstel_{line.uid}_%s")
    if sent[0] == str(line.uid) and isinstance(sent[1], forms.InformedForm):
        informed = sent[1]
    if sent[0] == str(line.uid) and isinstance(sent[1], forms.PostponeForm):
        postpone = sent[1]
    return found | {"informed_form": informed, "postpone_form": postpone}


def _waits(line: queries_informing.InformLine) -> dict[str, Any]:
    own = next((item for item in line.embargoes if item.is_own), None)
    last = clock.today() + timedelta(days=settings.EMBARGO_REVIEW_DAYS)
    if own is None:
        return {"review_on": last}
    return {"ground": own.ground, "review_on": last, "reason": own.reason, "withhold": own.withholds}
