"""A controller proposes to end a covenant before its term; it ends when every controller agreed."""

from datetime import date

from django.utils.translation import gettext as _

from agreements.covenants.commands import version_to_end
from agreements.covenants.commands.shared import Event, author_of, from_now, journal
from agreements.joining.commands.motions import give_consent, settle
from agreements.joining.commands.shared import begin, check, taken_by, words
from agreements.joining.models import Motion, MotionKind
from agreements.joining.notice import check_reach
from agreements.joining.steps import Step
from agreements.parties.reader import Visit
from audit.journal.entry import Action
from audit.journal.scope import write_scope
from foundation import clock


@taken_by
def propose_ending(visit: Visit, code: str, *, reason: str, last_day: date | None = None) -> Motion:
    """Propose that the covenant ends after `last_day` (default: with the last consent). Who proposes consents.

    The only controller ends it at once.

    Raises:
        NotFound: no such covenant for this visit.
        StepRefused: not a signatory of a controller, or it was proposed before.
        Invalid: no reason, a day in the past or after the term, or a signed version that begins later.
    """
    situation = begin(visit, code)
    check(Step.END, visit, situation)
    said = words(reason, field="reason", empty=_("Een beëindiging heeft een reden."))
    check_reach(last_day, field="last_day")
    moment = clock.end_of(last_day) if last_day else None
    version_to_end(situation.covenant, from_now(moment, field="last_day"))
    with write_scope(reason="motion.ending_asked"):
        motion = Motion.objects.create(
            covenant=situation.covenant,
            kind=MotionKind.ENDING,
            by_id=visit.agency.id,
            proposer_id=visit.professional_id,
            moment=moment,
            reason=said,
            proposed_at=clock.now(),
        )
        give_consent(visit, motion, agrees=True, reason="")
        detail = {"motion": str(motion.uid), "ends": moment.isoformat() if moment else ""}
        event = Event(type="motion.ending_asked", action=Action.CREATE, covenant=code, detail=detail, reason=said)
        journal(author_of(visit), [event])
    return settle(visit, motion, situation)
