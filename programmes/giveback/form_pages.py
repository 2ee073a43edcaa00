"""A page with one form of the board: shows it, runs the command, goes on or says what is wrong."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from agreements.parties.reader import Visit
from cases.casework.views.outcome import attempt, status_of


def visit_of(request: HttpRequest) -> Visit:
    """The visit of a page that asks for sign-in."""
    found: Visit = request.visit  # type: ignore[attr-defined]
    return found


def form_page(
    request: HttpRequest, form: forms.Form, act: Callable[[dict[str, Any]], Any], *, title: str, submit: str, done: str,
    lead: str = "", back: str = "",
) -> HttpResponse:  # fmt: skip
    """The page of a form. act: the command, with what was filled in. back: where it goes on, the board by default."""
    problem, back = None, back or reverse("giveback")
    if request.method == "POST" and form.is_valid():
        problem = attempt(form, lambda: act(form.cleaned_data))
        if problem is None and form.is_valid():
            messages.success(request, done)
            return HttpResponseRedirect(back)
    context = {"form": form, "problem": problem, "title": title, "lead": lead, "submit": submit, "back_url": back}
    return render(request, "programmes/giveback/form.html", context, status=status_of(form, problem))
