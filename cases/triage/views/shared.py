"""What the pages of this room share: trying a command without losing what was typed."""

from collections.abc import Callable, Mapping
from typing import Any

from django.forms import Form

from foundation.errors import Problem


def attempt(form: Form | None, act: Callable[[], Any], *, names: Mapping[str, str] | None = None) -> Problem | None:
    """Run a command; errors at a field go to the form, any other refusal comes back to be shown above it.

    names: field of the error → field of the form.
    """
    try:
        act()
    except Problem as problem:
        return None if form is not None and form.is_bound and _placed(form, problem, names or {}) else problem
    return None


def _placed(form: Form, problem: Problem, names: Mapping[str, str]) -> bool:
    """Whether the errors could be given to the form; one about no field of it stands above the form."""
    errors = list(getattr(problem, "errors", ()))
    if not errors:
        field = names.get(problem.field, problem.field)
        if field not in form.fields:
            return False
        errors = [(problem.field, f"{problem.sentence} {problem.remedy}")]
    for place, sentence in errors:
        field = names.get(place, place)
        form.add_error(field if field in form.fields else None, sentence)
    return True


def status_of(form: Form | None, problem: Problem | None) -> int:
    """The HTTP status of a page that is shown again."""
    if problem is not None:
        return problem.status
    return 422 if form is not None and form.is_bound and not form.is_valid() else 200
