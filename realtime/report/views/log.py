"""The log of a channel as a page, and taking entries of it over into the case."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from agreements.policy.catalogue import load_catalogue
from cases.casework.fact_rows import language
from cases.casework.queries import place_with_people
from cases.casework.views.frame import reading_of
from cases.disclosure.reading import Reading
from cases.records.phases import Kind
from foundation.errors import Invalid, Problem, Refused, Unavailable
from foundation.routes import Shows, route
from realtime.channels import queries
from realtime.channels.telling import Told
from realtime.channels.words import notice_of
from realtime.report import taking
from realtime.report.content import may_copy
from realtime.report.forms import PersonForm, SignalForm
from realtime.report.taking import AsSignal, Taken, Wanted


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sent:
    """What was sent and could not be: shown again as it was."""

    ticked: frozenset[str] = frozenset()
    errors: Mapping[str, str] = field(default_factory=dict)
    problem: Problem | None = None
    form: forms.Form | None = None


@route("channel_log", shows=Shows.CASE_DATA)
def channel_log(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The whole log, page by page, as far as it is the reader's."""
    reading = reading_of(request, route="channel_log", event="channel.read")
    return _page(request, reading, uid, _Sent(), status=200)


@require_POST
@route("street_take", shows=Shows.CASE_DATA)
def street_take(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Take the ticked entries over: into the case, or as a signal; what was ticked stays if it cannot."""
    reading = reading_of(request, route="street_take", event="channel.read")
    ticked = frozenset(request.POST.getlist("event"))
    here = queries.opened(reading, uid, session=request.session, afterwards=True)
    form = _form(request, reading, here)
    if form is not None and not form.is_valid():
        return _page(request, reading, uid, _Sent(ticked=ticked, form=form), status=422)
    try:
        wanted = Wanted(events=[UUID(text) for text in sorted(ticked)], **_more(form))
        taken = taking.take_over(reading, uid, wanted, request.session)
    except ValueError:
        return _page(request, reading, uid, _Sent(ticked=ticked, problem=_unreadable(), form=form), status=422)
    except (Invalid, Refused, Unavailable) as problem:
        if problem.is_recorded:
            raise
        sent = _Sent(ticked=ticked, errors=_errors(problem, form), problem=problem, form=form)
        return _page(request, reading, uid, sent, status=problem.status)
    messages.success(request, _said(taken))
    after = request.POST.get("na", "")
    query = f"?{urlencode({'na': after})}" if after else ""
    return HttpResponseRedirect(reverse("channel_log", args=[uid]) + query)


def _said(taken: Taken) -> str:
    n = len(taken.entries)
    if taken.signal:
        sentence = ngettext(
            "%(n)d bericht staat in signaal %(number)s.", "%(n)d berichten staan in signaal %(number)s.", n
        )
        return sentence % {"n": n, "number": taken.signal}
    sentence = ngettext(
        "%(n)d bericht staat als bijdrage in casus %(number)s.",
        "%(n)d berichten staan als bijdrage in casus %(number)s.", n,
    )  # fmt: skip
    return sentence % {"n": n, "number": taken.case}


def _unreadable() -> Invalid:
    return Invalid(_("Dit bericht is er niet meer."), field="events", remedy=_("Laad de pagina opnieuw."))


def _errors(problem: Problem, form: forms.Form | None) -> dict[str, str]:
    """Error by entry; those of the form go to its fields."""
    found: dict[str, str] = {}
    for place, sentence in getattr(problem, "errors", ()):
        if place.startswith("event:"):
            found[place.removeprefix("event:")] = str(sentence)
        elif form is not None:
            form.add_error(place if place in form.fields else None, sentence)
    return found


def _form(request: HttpRequest, reading: Reading, here: queries.Opened) -> SignalForm | PersonForm | None:
    """What is asked beside the ticks: of a signal what it needs, of a case with several persons about whom it is."""
    channel, data = here.channel, request.POST if request.method == "POST" else None
    if taking.becomes_signal(channel):
        return SignalForm(
            data, catalogue=reading.policy.catalogue, about_area=channel.case.kind == Kind.AREA,
            english=language() == "en", initial={"place": channel.case.label, "urgency": "normal"},
        )  # fmt: skip
    if channel.case.kind == Kind.AREA or channel.case.case_subjects.count() < 2:
        return None
    people = place_with_people(reading, channel.case.number, request.session).people
    return PersonForm(data, people=people)


def _more(form: forms.Form | None) -> dict[str, Any]:
    if isinstance(form, SignalForm):
        return {"signal": form.as_signal()}
    return {"person": UUID(form.cleaned_data["person"])} if form is not None else {"signal": AsSignal()}


def _page(request: HttpRequest, reading: Reading, uid: UUID, sent: _Sent, *, status: int) -> HttpResponse:
    here = queries.opened(reading, uid, session=request.session, afterwards=True)
    after = request.POST.get("na") or request.GET.get("na", "")
    page = queries.log_page(reading, here, after=_cursor(after))
    taken = taking.taken_before(reading, page.told)
    lines = [_line(reading, here, one, sent, taken.get(one.event.uid)) for one in page.told]
    may_take = any(line["takes"] for line in lines)
    url = reverse("channel_log", args=[uid])
    context: dict[str, Any] = {
        "channel": here.channel,
        "is_over": here.channel.has_ended(reading.at),
        "lines": lines,
        "after": after,
        "next_url": f"{url}?na={page.after}" if page.after else "",
        "report_url": reverse("street_report", args=[uid]) if may_copy(reading, here, page.told) else "",
        "may_take": may_take,
        "is_signal": taking.becomes_signal(here.channel),
        "form": (sent.form or _form(request, reading, here)) if may_take or sent.form else None,
        "problem": sent.problem,
        "error_lines": [line for line in lines if line["error"]],
    }
    return render(request, "realtime/report/log.html", context, status=status)


def _line(reading: Reading, here: queries.Opened, told: Told, sent: _Sent, taken: Any) -> dict[str, Any]:
    """One event for the page. takes: labels of what can be taken over of it, where it was not yet."""
    labels = {code: found.label(reading.visit.language) for code, found in load_catalogue().by_code.items()}
    event, uid = told.event, str(told.event.uid)
    takes = () if taken else taking.takes(reading, here.channel, told)
    return {
        "event": event,
        "name": event.author.professional.name if event.author else event.notice_by,
        "notice": notice_of(told),
        "pieces": [(labels[one.code], one) for one in told.pieces],
        "takes": ", ".join(dict.fromkeys(labels[one.code] for one in takes)),
        "ticked": uid in sent.ticked,
        "error": sent.errors.get(uid, ""),
        "taken": taken,
    }


def _cursor(text: str) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError as wrong:
        raise Invalid(_("Dit bericht is er niet meer."), field="na", remedy=_("Begin weer bij het begin.")) from wrong
