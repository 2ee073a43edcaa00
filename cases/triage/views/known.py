"""The pages on which an agency that was asked compares and answers. What is typed leaves no trace."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from cases.casework.views.frame import reading_of
from cases.disclosure.reading import Reading
from cases.triage import commands, events, forms, pages, queries_known
from cases.triage.codes import Known
from cases.triage.commands import Typed
from cases.triage.views.shared import attempt, status_of
from foundation.errors import Problem
from foundation.routes import Shows, route


@route("known_checks", shows=Shows.NOTHING)
@never_cache
@require_safe
def known_checks(request: HttpRequest) -> HttpResponse:
    """What waits for the reader's agency, by code and term; and what it answered."""
    reading = reading_of(request, route="known_checks", event=events.CHECK_LIST)
    lines = queries_known.known_list(reading)
    queries_known.journal_list(reading)
    context = {"lines": [_line(line) for line in lines]}
    return render(request, "cases/triage/known_checks.html", context)


@route("known_check", shows=Shows.CASE_DATA)
@never_cache
@require_http_methods(["GET", "POST"])
def known_check(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One check: say whom it is about, compare, or answer."""
    reading = reading_of(request, route="known_check", event=events.CHECK_READ)
    act = request.POST.get("doe", "") if request.method == "POST" else ""
    if act == "vergelijk":
        return _compare(request, reading, uid)
    if act == "antwoord":
        return _answer(request, reading, uid)
    if act == "wie":
        return _identify(request, reading, uid)
    return _page(request, reading, uid)


def _identify(request: HttpRequest, reading: Reading, uid: UUID) -> HttpResponse:
    form = forms.IdentityForm(request.POST)
    problem = attempt(form, lambda: commands.identify(reading, uid, typed_in(form))) if form.is_valid() else None
    if problem or form.errors:
        return _page(request, reading, uid, identity=form, problem=problem)
    messages.success(request, _("De vraag loopt. U hoeft niets meer te doen."))
    return HttpResponseRedirect(reverse("known_checks"))


def _compare(request: HttpRequest, reading: Reading, uid: UUID) -> HttpResponse:
    """The result is shown once and stands in no message: that would be kept in the session."""
    form, matched = forms.IdentityForm(request.POST), []
    problem = None
    if form.is_valid():
        problem = attempt(form, lambda: matched.append(commands.compare(reading, uid, typed_in(form))))
    if problem or form.errors:
        return _page(request, reading, uid, identity=form, problem=problem)
    return _page(request, reading, uid, matched=matched[0])


def _answer(request: HttpRequest, reading: Reading, uid: UUID) -> HttpResponse:
    page = queries_known.known_page(reading, uid)
    form = forms.AnswerForm(request.POST, colleagues=page.colleagues, initial={})
    problem = None
    if form.is_valid():
        given = form.cleaned_data
        problem = attempt(form, lambda: commands.answer(reading, uid, answer=given["answer"], contact=given["contact"]))
    if problem or form.errors:
        return _page(request, reading, uid, answer=form, problem=problem)
    messages.success(request, _("Uw antwoord is vastgelegd. Anderen zien het pas als iedereen antwoordde."))
    return HttpResponseRedirect(reverse("known_checks"))


def _page(
    request: HttpRequest,
    reading: Reading,
    uid: UUID,
    *,
    identity: forms.IdentityForm | None = None,
    answer: forms.AnswerForm | None = None,
    matched: bool | None = None,
    problem: Problem | None = None,
) -> HttpResponse:
    page = queries_known.known_page(reading, uid)
    initial = queries_known.own_identity(page.own) if page.own else {}
    context = {
        "line": _line(page.line),
        "identity_form": identity or forms.IdentityForm(initial=initial),
        "reported": initial.get("reported", ""),
        "answer_form": answer
        or forms.AnswerForm(
            colleagues=page.colleagues,
            initial={"answer": page.line.answer, "contact": reading.visit.professional_uuid},
        ),
        "matched": matched,
        "problem": problem,
        "faulty_form": identity or answer,
    }
    return render(request, "cases/triage/known_check.html", context, status=status_of(identity or answer, problem))


def typed_in(form: forms.IdentityForm) -> Typed:
    """What was typed, for the command."""
    given = form.cleaned_data
    return Typed(bsn=given["bsn"], name=given["name"], born_on=given["born_on"])


def _line(line: queries_known.KnownLine) -> dict[str, Any]:
    return {
        "uid": line.uid, "code": line.code, "todo": line.todo, "asked_by": line.asked_by.name,
        "asked_at": line.asked_at, "last_day": pages.last_day(line.deadline), "tries_left": line.tries_left,
        "place": line.place, "answer": str(Known(line.answer).label) if line.answer else "",
        "url": reverse("known_check", args=[line.uid]),
    }  # fmt: skip
