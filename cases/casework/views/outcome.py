"""What comes of a form that was sent: the refusal where it belongs, and the status of the page that is shown again."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from foundation.errors import Problem


def attempt(form: Any, act: Callable[[], Any], *, names: Mapping[str, str] | None = None) -> Problem | None:
    """Run a command; field errors go to the form, any other refusal comes back to be shown above it.

    names: field of the error → field of the form, where they differ.
    """
    try:
        act()
    except Problem as problem:
        errors = getattr(problem, "errors", ()) or ((problem.field, f"{problem.sentence} {problem.remedy}"),)
        places = [((names or {}).get(place, place), sentence) for place, sentence in errors]
        if not any(place in form.fields for place, _sentence in places):
            return problem
        for place, sentence in places:
            form.add_error(place if place in form.fields else None, sentence)
    return None


def status_of(form: Any, problem: Problem | None) -> int:
    """The HTTP status of a page with a form: that of the refusal, 422 for a form with faults, else 200."""
    if problem is not None:
        return problem.status
    return 422 if form.is_bound and not form.is_valid() else 200


def as_uuid(text: str) -> UUID | None:
    """The UUID that a hidden field holds; None for anything else."""
    try:
        return UUID(text)
    except ValueError:
        return None
