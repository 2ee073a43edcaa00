"""A controller suspends a covenant as a whole; who did so, or the contact point, resumes it."""

from datetime import datetime

from django.utils.translation import gettext as _

from agreements.covenants import commands as lower
from agreements.covenants.commands.shared import author_of
from agreements.covenants.models import Suspension
from agreements.joining.commands.shared import begin, check, taken_by, words
from agreements.joining.notice import check_reach
from agreements.joining.steps import Step
from agreements.parties.reader import Visit

MOST = 240


@taken_by
def suspend(
    visit: Visit, code: str, *, reason: str, starts: datetime | None = None, ends: datetime | None = None
) -> Suspension:
    """From `starts` (default now) until `ends` (None: until resumed) the covenant grants nothing to anybody.

    Raises:
        NotFound: no such covenant for this visit.
        StepRefused: not a signatory of a controller, or suspended already.
        Invalid: no reason, a moment in the past, or an end before the start.
    """
    situation = begin(visit, code)
    check(Step.SUSPEND, visit, situation)
    said = words(reason, field="reason", empty=_("Een opschorting heeft een reden."), most=MOST)
    check_reach(starts, field="starts")
    check_reach(ends, field="ends")
    return lower.suspend_covenant(code, reason=said, by=author_of(visit), starts=starts, ends=ends)


@taken_by
def resume(visit: Visit, code: str, *, reason: str) -> Suspension:
    """The covenant grants again from now. A controller pulls the brake alone, but not everybody releases it:

    that is for the party that suspended, or for the contact point, where a breach is reported.

    Raises: NotFound, StepRefused, Invalid as `suspend`.
    """
    situation = begin(visit, code)
    check(Step.RESUME, visit, situation)
    said = words(reason, field="reason", empty=_("Schrijf waarom het weer kan."))
    return lower.resume_covenant(code, by=author_of(visit), reason=said)
