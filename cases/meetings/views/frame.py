"""What the pages of a meeting before it starts share: the bar, commands that were refused, the parts for htmx."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from foundation.errors import NotFound, Problem


def bar(page_answers: list[Any]) -> dict[str, Any] | None:
    """The purpose bar of a page with several cases, each read for its own purpose; None when nothing is read."""
    if not page_answers:
        return None
    return {
        "purpose_label": _("overleg over uw eigen casussen, elk voor zijn doel"),
        "n_visible": sum(answer.n_visible for answer in page_answers),
    }


def attempt(form: Form | None, act: Callable[[], Any]) -> Problem | None:
    """Run a command. A fault in a field goes to the form; any other refusal comes back, to be shown above it.

    That a meeting does not exist for the reader is no matter of the form: that goes on.
    """
    try:
        act()
    except NotFound as gone:
        if gone.is_recorded:
            raise
        return gone
    except Problem as problem:
        if form is not None and problem.field in form.fields:
            form.add_error(problem.field, f"{problem.sentence} {problem.remedy}")
            return None
        return problem
    return None


def status_of(problem: Problem | None, *forms: Form) -> int:
    """The status of a page with forms on it."""
    if problem is not None:
        return problem.status
    return 422 if any(form.is_bound and not form.is_valid() for form in forms) else 200


def back_to(name: str, uid: UUID) -> HttpResponse:
    """To another page of the meeting."""
    return HttpResponseRedirect(reverse(name, args=[uid]))


def is_part(request: HttpRequest) -> bool:
    """Whether only the changed part of the page is asked for."""
    return bool(request.htmx)  # type: ignore[attr-defined]
