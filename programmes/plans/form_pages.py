"""A page with one form: shows it, runs the command, goes on or says what is wrong. Also for the rooms above."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.functional import Promise

from agreements.parties.reader import Visit
from cases.casework.views.outcome import attempt, status_of
from foundation.errors import Problem


def visit_of(request: HttpRequest) -> Visit:
    """The visit of a page that asks for sign-in."""
    found: Visit = request.visit  # type: ignore[attr-defined]
    return found


def visitor(request: HttpRequest) -> Visit | None:
    """The visit of a page for everybody."""
    return getattr(request, "visit", None)


def form_page(
    request: HttpRequest, form: forms.Form, act: Callable[[dict[str, Any]], Any], *, title: str | Promise,
    lead: str = "", submit: str | Promise, back: str, done: str | Promise,
) -> HttpResponse:  # fmt: skip
    """The page of a form. act: the command, with what was filled in. back: where it goes on; done: what it says."""
    problem = None
    if request.method == "POST" and form.is_valid():
        problem = attempt(form, lambda: act(form.cleaned_data))
        if problem is None and form.is_valid():
            messages.success(request, str(done))
            return HttpResponseRedirect(back)
    context = {"form": form, "problem": problem, "title": title, "lead": lead, "submit": submit, "back_url": back}
    return render(request, "programmes/form.html", context, status=status_of(form, problem))


def act_and_return(request: HttpRequest, act: Callable[[], Any], *, back: str, done: str | Promise) -> HttpResponse:
    """A button: run the command and go back. A refusal by rule gets its own page; what cannot be is said on the way."""
    try:
        act()
    except Problem as problem:
        if problem.status != 422:
            raise
        messages.error(request, f"{problem.sentence} {problem.remedy}")
    else:
        messages.success(request, str(done))
    return HttpResponseRedirect(back)
