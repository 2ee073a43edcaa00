"""HTML faces of this room: parse, one command or query, answer. What was typed is kept whatever goes wrong."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cases.casework.forms import new_submission
from cases.casework.views.frame import bar_for, case_context, purpose_redirect, reading_of
from cases.casework.views.outcome import as_uuid, attempt, status_of
from cases.requests import commands, events, pages, queries
from cases.requests.forms import AskForm, NoteForm, SettleForm
from foundation.errors import Problem
from foundation.routes import Shows, route


@route("case_requests", shows=Shows.CASE_DATA)
@require_safe
def case_requests(request: HttpRequest, number: str) -> HttpResponse:
    """The questions and notes of a case, as far as this reader may know them."""
    return _page(request, number, NoteForm(), None, submission=new_submission())


def _page(request: HttpRequest, number: str, form: NoteForm, problem: Problem | None, *, submission: str) -> Any:
    reading = reading_of(request, route="case_requests", event=events.READ)
    shown = queries.case_requests(reading, number, request.session)
    if not shown.opened.answer.purpose:
        return purpose_redirect(number)
    catalogue = reading.policy.catalogue
    context = case_context(reading, shown.opened, active="case_requests") | {
        "requests": [pages.request_line(found, catalogue, number=number) for found in shown.requests],
        "counts": pages.counts(shown.requests),
        "notes": [pages.note_line(found, number=number) for found in shown.notes],
        "who_reads": pages.readers(shown.who_reads),
        "ask_url": reverse("request_add", args=[number]),
        "note_url": reverse("note_add", args=[number]),
        "requests_url": reverse("case_requests", args=[number]),
        "form": form,
        "problem": problem,
        "submission": submission,
        "draft_minutes": settings.DRAFT_MINUTES,
    }
    return render(request, "cases/requests/requests.html", context, status=status_of(form, problem))


@route("note_add", shows=Shows.NOTHING)
@require_POST
def note_add(request: HttpRequest, number: str) -> HttpResponse:
    """Write a note."""
    reading = reading_of(request, route="note_add", event=events.NOTE_ADDED)
    form, problem = NoteForm(request.POST), None
    submission = request.POST.get("submission", "")
    if form.is_valid():
        given = form.cleaned_data
        problem = attempt(
            form,
            lambda: commands.add_note(
                reading, number, words=given["words"], own_only=given["own_only"], submission=as_uuid(submission)
            ),
        )
        if problem is None and form.is_valid():
            messages.success(request, _("Uw notitie is opgeslagen."))
            return HttpResponseRedirect(f"{reverse('case_requests', args=[number])}#notities")
    return _page(request, number, form, problem, submission=submission)


@route("note_withdraw", shows=Shows.NOTHING)
@require_POST
def note_withdraw(request: HttpRequest, number: str, uid: UUID) -> HttpResponse:
    """Take a note of the own agency back."""
    commands.withdraw_note(reading_of(request, route="note_withdraw", event=events.NOTE_WITHDRAWN), number, uid)
    messages.success(request, _("De notitie is ingetrokken. Niemand leest haar vanaf nu."))
    return HttpResponseRedirect(f"{reverse('case_requests', args=[number])}#notities")


@route("request_add", shows=Shows.CASE_DATA)
@require_http_methods(["GET", "POST"])
def request_add(request: HttpRequest, number: str) -> HttpResponse:
    """Ask a partner: whom, which fields, why, until when; the page says beforehand who will read the answer."""
    reading = reading_of(request, route="request_add", event=events.FORM)
    sent = request.POST if request.method == "POST" else None
    agency = (sent or request.GET).get("agency" if sent else "aan", "")
    person = as_uuid((sent or request.GET).get("person" if sent else "over", ""))
    found = queries.whom_to_ask(reading, number, request.session, agency=agency, person=person)
    if not found.purpose:
        return purpose_redirect(number)
    options = [(item.field.code, item.field.label("nl")) for item in found.fields]
    form = AskForm(sent, options=options, initial={"agency": agency, "person": person})
    submission = request.POST.get("submission") or new_submission()
    problem = None
    if sent is not None and form.is_valid():
        problem = attempt(form, lambda: commands.ask(reading, number, _asking(form, submission)), names=_FIELDS)
        if problem is None and form.is_valid():
            messages.success(request, _("Uw vraag staat in de inbox van wie u vroeg."))
            return HttpResponseRedirect(reverse("case_requests", args=[number]))
    about = str(person or "")
    context = {
        "case": {"title": number, "number": number},
        "back_url": reverse("case_requests", args=[number]),
        "agencies": pages.agency_choices(found, number=number, person=about),
        "people": pages.person_choices(found, number=number, person=about),
        "chosen": found.chosen,
        "groups": pages.ask_groups(found, reading.policy.catalogue, chosen=form.chosen()),
        "why_note": pages.why_note(found),
        "form": form,
        "problem": problem,
        "submission": submission,
        "draft_minutes": settings.DRAFT_MINUTES,
    }
    return render(request, "cases/requests/ask.html", context, status=status_of(form, problem))


@route("request_answer", shows=Shows.CASE_DATA)
@require_http_methods(["GET", "POST"])
def request_answer(request: HttpRequest, number: str, uid: UUID) -> HttpResponse:
    """One question: who is asked adds what it knows and rounds it off; who asked sees where it stands."""
    reading = reading_of(request, route="request_answer", event=events.ANSWER_FORM)
    found = queries.one_request(reading, number, uid, request.session)
    asked = pages.answer_page(found, reading.policy.catalogue)
    form = SettleForm(request.POST or None, complete=asked["complete"], nothing=asked["nothing"])
    back = reverse("worklist" if found.partner else "case_requests", args=[] if found.partner else [number])
    problem = None
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        problem = attempt(
            form,
            lambda: commands.settle(reading, number, uid, ground=given.get("ground", ""), words=given["words"]),
        )
        if problem is None and form.is_valid():
            messages.success(request, _("De vraag is afgerond. Wie vroeg, krijgt dit te zien."))
            return HttpResponseRedirect(back)
    context = {
        "asked": asked,
        "number": number,
        "form": form,
        "problem": problem,
        "back_url": back,
        "bar": bar_for(reading, found.answer) | {"n_visible": None} | (_NO_PHASE if found.partner else {}),
    }
    return render(request, "cases/requests/answer.html", context, status=status_of(form, problem))


@route("request_withdraw", shows=Shows.NOTHING)
@require_POST
def request_withdraw(request: HttpRequest, number: str, uid: UUID) -> HttpResponse:
    """Take an own question back."""
    commands.withdraw(reading_of(request, route="request_withdraw", event=events.WITHDRAWN), number, uid)
    messages.success(request, _("Uw vraag is ingetrokken."))
    return HttpResponseRedirect(reverse("case_requests", args=[number]))


def _asking(form: AskForm, submission: str) -> commands.Asking:
    given = form.cleaned_data
    return commands.Asking(
        agency=given["agency"], fields=tuple(given["fields_"]), why=given["why"], due_on=given["due_on"],
        person=given["person"], submission=as_uuid(submission),
    )  # fmt: skip


_NO_PHASE = {"change_url": "", "phase_label": ""}
"""A third party reads no phase and chooses no purpose."""
_FIELDS = {"fields": "fields_"}
"""Names of a command's fields that a form cannot bear."""
