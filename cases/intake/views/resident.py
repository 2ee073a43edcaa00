"""The public pages: a resident reports without an account, and comes back with a code. Nothing of a case is here."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_http_methods

from agreements.covenants.in_force import catalogue
from cases.intake import limits, resident_pages
from cases.intake.commands import resident
from cases.intake.forms import CodeForm, MoreForm, ResidentForm
from cases.intake.screening import warnings
from cases.intake.views.reporting import attempt, status_of
from cases.intake.ways import municipality
from foundation.errors import NotFound, Problem
from foundation.routes import Shows, route


@route("resident_report", shows=Shows.NOTHING, public=True)
@require_http_methods(["GET", "POST"])
def report(request: HttpRequest) -> HttpResponse:
    """The form for residents; after sending, the code, once."""
    language = _language(request)
    with translation.override(language):
        sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
        form = ResidentForm(*sent, catalogue=catalogue(), english=language == "en")
        found: tuple[str, ...] = ()
        problem: Problem | None = None
        if request.method == "POST" and form.is_valid():
            if form.cleaned_data["website"]:
                # A program filled in what people do not see: it is told that all went well.
                return _public(request, language, "cases/intake/resident_done.html", {"receipt": None})
            found = () if form.data.get("reconsidered") else _doubts(form)
            if not found:
                done, problem = _send(request, form)
                if done is not None:
                    return _public(request, language, "cases/intake/resident_done.html", {"receipt": done})
        stale = problem is not None and problem.field == "token"
        context = {
            "form": form, "problem": problem, "warnings": found, "agency": municipality().name_in(language),
            "again": bool(request.FILES),
            "token": resident.new_token() if stale or not form.is_bound else form.data.get("token", ""),
        }  # fmt: skip
        status = 422 if found else status_of(form, problem)
        return _public(request, language, "cases/intake/resident_form.html", context, status=status)


@route("resident_follow", shows=Shows.NOTHING, public=True)
@require_http_methods(["GET", "POST"])
def follow(request: HttpRequest) -> HttpResponse:
    """Where a report stands, for who holds its code, and a place to add to it."""
    language = _language(request)
    with translation.override(language):
        data = request.POST if request.method == "POST" else None
        form = CodeForm(data)
        context: dict[str, Any] = {"form": form, "problem": None, "token": resident.new_token()}
        status = 200
        if data is not None:
            try:
                status = _followed(request, form, context)
            except Problem as problem:
                context["problem"], status = problem, problem.status
        return _public(request, language, "cases/intake/resident_follow.html", context, status=status)


def _send(request: HttpRequest, form: ResidentForm) -> tuple[resident.Receipt | None, Problem | None]:
    made: list[resident.Receipt] = []
    address = request.META.get("REMOTE_ADDR", "")

    def act() -> None:
        limits.REPORTING.check(address)
        made.append(
            resident.report_as_resident(
                form.cleaned_data["token"], form.reported(), contact=form.cleaned_data["contact"],
                trace_id=getattr(request, "trace_id", ""),
            )
        )  # fmt: skip
        limits.REPORTING.count(address)

    problem = attempt(form, act)
    return (made[0] if made else None), problem


def _followed(request: HttpRequest, form: CodeForm, context: dict[str, Any]) -> int:
    """Fill the context with where the report stands; returns the status. Raises Problem."""
    address, trace = request.META.get("REMOTE_ADDR", ""), getattr(request, "trace_id", "")
    limits.GUESSING.check(address)
    if not form.is_valid():
        return 422
    code = form.cleaned_data["code"]
    try:
        found = resident.follow(code, trace_id=trace)
    except NotFound:
        limits.GUESSING.count(address)
        raise
    more = MoreForm(request.POST if "seen" in request.POST else None, initial={"code": code})
    context |= {"found": resident_pages.found(found), "code": code, "more": more}
    if "seen" not in request.POST:
        return 200
    if not more.is_valid():
        return 422

    def act() -> None:
        limits.ADDING.check(address)
        resident.add_as_resident(code, seen=more.cleaned_data["seen"], token=more.cleaned_data["token"], trace_id=trace)
        limits.ADDING.count(address)

    context["problem"] = attempt(more, act)
    if context["problem"] is None and more.is_valid():
        context |= {"more": MoreForm(initial={"code": code}), "added": True}
        return 200
    return status_of(more, context["problem"])


def _doubts(form: ResidentForm) -> tuple[str, ...]:
    return warnings(form.cleaned_data["seen"], person=form.cleaned_data["person"])


def _language(request: HttpRequest) -> str:
    asked = request.GET.get("taal", "")
    return asked if asked in ("nl", "en") else (translation.get_language() or "nl")[:2]


def _public(
    request: HttpRequest, language: str, template: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    """A page without a visitor: who is signed in gets what everybody gets. Never kept by anybody."""
    other = "nl" if language == "en" else "en"
    context |= {
        "visit": None, "nav": [], "language": language, "LANGUAGE_CODE": language, "other_language": other,
        "other_url": f"{request.path}?taal={other}",
    }  # fmt: skip
    response = render(request, template, context, status=status)
    response["Cache-Control"] = "no-store"
    response["Content-Language"] = language
    return response
