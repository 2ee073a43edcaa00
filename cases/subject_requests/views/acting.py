"""What the pages of this room share: a form page for one act, and an act that leads back to its page."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from foundation.errors import Invalid, Problem


def act(request: HttpRequest, do: Callable[[], Any], *, said: str, then: str) -> HttpResponse:
    """Do it, say so, and go to `then`; what cannot be done is said there as well."""
    try:
        do()
        messages.success(request, said)
    except Invalid as problem:
        messages.error(request, f"{problem.sentence} {problem.remedy}".strip())
    return HttpResponseRedirect(then)


def form_page(
    request: HttpRequest, form: forms.Form, do: Callable[[dict[str, Any]], Any], *, said: str,
    then: str | Callable[[Any], str], cancel: str, title: str, intro: str, save: str, warning: str = "",
) -> HttpResponse:  # fmt: skip
    """The page of one act with a form: shown, or done and left; what was typed stays when it cannot be done."""
    problem: Problem | None = None
    if request.method == "POST" and form.is_valid():
        try:
            made = do(form.cleaned_data)
            messages.success(request, said)
            return HttpResponseRedirect(then if isinstance(then, str) else then(made))
        except Invalid as found:
            if found.field in form.fields:
                form.add_error(found.field, f"{found.sentence} {found.remedy}".strip())
            else:
                problem = found
    status = 422 if form.is_bound and (problem or not form.is_valid()) else 200
    context = {
        "title": title, "intro": intro, "form": form, "problem": problem, "save_label": save, "cancel_url": cancel,
        "warning": warning,
    }  # fmt: skip
    return render(request, "cases/casework/confirm.html", context, status=status)
