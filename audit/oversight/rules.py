"""What may happen to a finding, and by whom. Pure: what stands in the store is given."""

from django.utils.translation import gettext as _

from audit.journal.reading import Officer
from audit.oversight.models import FindingState, Verdict
from foundation.errors import Invalid, Refused

NEXT = {
    FindingState.OPEN: frozenset({FindingState.EXPLAINED, FindingState.ESCALATED, FindingState.CLOSED}),
    FindingState.EXPLAINED: frozenset({FindingState.ESCALATED, FindingState.CLOSED}),
    FindingState.ESCALATED: frozenset({FindingState.EXPLAINED, FindingState.CLOSED}),
    FindingState.CLOSED: frozenset(),
}
"""Which step may follow which. A closed finding stays closed: new reads come in a new one."""

LONGEST_REASON = 2_000


class OwnReads(Refused):
    """Somebody would judge their own look-ups."""

    code = "own_reads"


class StepNotPossible(Invalid):
    """This step does not follow the present state."""

    code = "step_not_possible"


def check_may_judge(officer: Officer, *, actor_ref: str) -> None:
    """Raises OwnReads when the reader is the officer. Which agencies they oversee, the look-up has checked."""
    if officer.visitor.actor_ref == actor_ref:
        raise OwnReads(
            _("Dit zijn uw eigen inzages. Een ander beoordeelt ze."),
            remedy=_("Vraag een andere privacy officer om deze inzages te beoordelen."),
            article="AVG art. 38(6)",
        )


def check_step(now: FindingState, then: FindingState, *, verdict: Verdict, reason: str) -> None:
    """Raises StepNotPossible when `then` does not follow `now`; Invalid without a reason, or with a verdict amiss."""
    if then not in NEXT[now]:
        raise StepNotPossible(
            _("Deze stap past niet bij de stand van de bevinding."), field="state",
            remedy=_("Open de bevinding opnieuw: misschien was een collega u voor."),
        )  # fmt: skip
    if not reason.strip():
        raise Invalid(_("Zonder reden is er geen stap."), field="reason", remedy=_("Schrijf in een zin waarom."))
    if len(reason) > LONGEST_REASON or "\0" in reason:
        raise Invalid(_("Deze reden is te lang of onleesbaar."), field="reason", remedy=_("Kort de reden in."))
    if (then is FindingState.CLOSED) is not bool(verdict):
        raise Invalid(
            _("Bij afsluiten hoort een oordeel, en alleen dan."), field="verdict",
            remedy=_("Kies of de inzage terecht was."),
        )  # fmt: skip
