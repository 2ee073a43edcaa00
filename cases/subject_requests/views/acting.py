"""How every step on a request or a sheet goes: by a form or at once, by one command, and back to the page it is of."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from cases.casework.views.frame import reading_of
from cases.casework.views.outcome import attempt, status_of
from cases.disclosure.reading import Reading
from foundation.errors import Invalid

Do = Callable[..., Any]
"""A command: reading, uid of the request, what else the address names, and what was typed."""


def at_once(
    request: HttpRequest, uid: UUID, *more: UUID, route: str, event: str, do: Do, said: str, back: str,
    part: str = "", given: Mapping[str, Any] | None = None,
) -> HttpResponse:  # fmt: skip
    """Do it, say so, and go back to the page named `back`, at its `part`; what cannot be done is said there as well."""
    reading = reading_of(request, route=route, event=event)
    try:
        do(reading, uid, *more, **(given or {}))
        messages.success(request, said)
    except Invalid as problem:
        messages.error(request, f"{problem.sentence} {problem.remedy}".strip())
    return HttpResponseRedirect(reverse(back, args=[uid]) + part)


def by_form(
    request: HttpRequest, uid: UUID, *more: UUID, route: str, event: str, check: Callable[[Reading, UUID], Any],
    form: Callable[..., forms.Form], do: Do, said: str, back: str, title: str, intro: str, save: str,
    initial: Mapping[str, Any] | None = None,
) -> HttpResponse:  # fmt: skip
    """The page of a step with a form, for whom `check` lets in: shown, or done and left for the page named `back`."""
    reading = reading_of(request, route=route, event=event)
    check(reading, uid)
    then = reverse(back, args=[uid])
    return form_page(
        request, form(request.POST or None, initial=initial), lambda data: do(reading, uid, *more, **data),
        said=said, then=lambda _made: then, cancel=then, title=title, intro=intro, save=save,
    )  # fmt: skip


def form_page(
    request: HttpRequest, form: forms.Form, do: Callable[[dict[str, Any]], Any], *, said: str,
    then: Callable[[Any], str], cancel: str, title: str, intro: str, save: str,
) -> HttpResponse:  # fmt: skip
    """The page of one act with a form; what was typed stays when it cannot be done. then: where its result leads."""
    problem = None
    if request.method == "POST" and form.is_valid():
        made: list[Any] = []
        problem = attempt(form, lambda: made.append(do(form.cleaned_data)))
        if made:
            messages.success(request, said)
            return HttpResponseRedirect(then(made[0]))
    context = {
        "title": title, "intro": intro, "form": form, "problem": problem, "save_label": save, "cancel_url": cancel,
    }  # fmt: skip
    return render(request, "cases/casework/confirm.html", context, status=status_of(form, problem))
