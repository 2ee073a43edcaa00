"""What the pages of plans share: run a command, put its refusal where it belongs, answer with the right status."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from foundation.errors import Problem


def attempt(form: Any, act: Callable[[], Any]) -> Problem | None:
    """Run a command; field errors go to the form, any other refusal comes back to be shown above it."""
    try:
        act()
    except Problem as problem:
        errors = getattr(problem, "errors", ())
        if errors:
            form.take(errors)
            return None
        if problem.field in form.fields:
            form.add_error(problem.field, f"{problem.sentence} {problem.remedy}")
            return None
        return problem
    return None


def status_of(form: Any, problem: Problem | None) -> int:
    """200, or that of the refusal."""
    if problem is not None:
        return problem.status
    return 422 if form.is_bound and not form.is_valid() else 200


def form_page(
    request: HttpRequest, form: Any, *, number: str, title: str, save_label: str, problem: Problem | None, **more: Any
) -> HttpResponse:
    """A page with one form of the plan of a case."""
    context = {
        "form": form, "title": title, "save_label": save_label, "problem": problem, "case": {"title": number},
        "cancel_url": reverse("case_plan", args=[number]), **more,
    }  # fmt: skip
    template = more.get("template", "cases/plans/form.html")
    return render(request, template, context, status=status_of(form, problem))
