"""A hold stops destruction for a while: a legal claim, a statute, a request that is not answered yet."""

from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from audit.journal.appender import append
from audit.journal.entry import Action
from audit.journal.scope import write_scope
from cases.disclosure.reading import Reading
from cases.retention import events
from cases.retention.models import RetentionHold
from cases.retention.rights import PROPOSING, case_for_terms, check_reader
from foundation import clock
from foundation.errors import Invalid, Refused

LONGEST = timedelta(days=366)


def set_hold(reading: Reading, number: str, *, reason: str, review_on: date) -> RetentionHold:
    """Let destruction of a case wait, until it is lifted; looked at again within a year.

    Raises NotFound, Refused, Invalid. Source: WGS art. 1.8(7), AVG art. 17(3).
    """
    _check(reading)
    case = case_for_terms(reading, number)
    if reason not in RetentionHold.Reason.values:
        raise Invalid(_("Deze reden bestaat niet."), field="reason", remedy=_("Kies uit de lijst."))
    if not clock.today() < review_on <= clock.today() + LONGEST:
        raise Invalid(
            _("Een uitstel wordt binnen een jaar opnieuw bekeken."), field="review_on",
            remedy=_("Kies een dag tussen morgen en over een jaar."),
        )  # fmt: skip
    with transaction.atomic(), write_scope():
        made = RetentionHold.objects.create(
            case=case, reason=reason, review_on=review_on, starts=reading.at, by_id=reading.visit.professional_id
        )
        detail = {"reason": reason, "review_on": review_on.isoformat()}
        append([reading.entry(event=events.HOLD_SET, action=Action.CREATE, case_ref=case.ref, detail=detail)])
    return made


def lift_hold(reading: Reading, number: str) -> int:
    """Lift every hold on a case; returns how many. Raises NotFound, Refused, Invalid when there is none."""
    _check(reading)
    case = case_for_terms(reading, number)
    with transaction.atomic(), write_scope():
        lifted = RetentionHold.objects.filter(case=case, ends=None).update(ends=reading.at)
        if not lifted:
            raise Invalid(_("Er staat geen uitstel op."), field="hold", remedy=_("Ververs de pagina."))
        append([reading.entry(event=events.HOLD_LIFTED, action=Action.UPDATE, case_ref=case.ref)])
    return lifted


def _check(reading: Reading) -> None:
    check_reader(reading)
    if not reading.visit.roles & PROPOSING:
        raise Refused(_("Uw rol stelt vernietiging niet uit."), remedy=_("Vraag het de procesregisseur."))
