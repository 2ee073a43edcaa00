"""Moments at which the plan is looked at again: planned by themselves, held with a note."""

from datetime import date
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from audit.journal.appender import append
from audit.journal.entry import Action as Act
from audit.journal.scope import write_scope
from cases.casework.commands.wording import checked_words, new_words, save_words
from cases.disclosure.reading import Reading
from cases.disclosure.refusals import case_for
from cases.plans.models import Outcome, Review, ReviewKind, ReviewNote
from cases.plans.rules import check_worker, months_on
from cases.records.models import Case
from foundation import clock
from foundation.errors import Invalid, NotFound


def months_of(kind: str) -> int:
    """How many months lie between two reviews of this kind (domain 3: settings)."""
    return settings.PLAN_REVIEW_MONTHS if kind == ReviewKind.PROGRESS else settings.NECESSITY_MONTHS


def plan_reviews(case: Case, reading: Reading) -> None:
    """See to it that each kind of review has a next one. In the caller's transaction and write scope."""
    waiting = set(Review.objects.filter(case=case, held_at=None).values_list("kind", flat=True))
    for kind in ReviewKind.values:
        if kind not in waiting:
            _plan(case, kind, clock.today(), reading)


def hold_review(reading: Reading, number: str, uid: UUID, *, outcome: str, note: str) -> Review:
    """The plan was looked at: what was found, and what it comes to. The next review is planned at once.

    The same again changes nothing. Raises NotYourCase, Refused, Invalid, NotFound for a review of another case.
    Source: WGS art. 2.31(6), domain 3.
    """
    case = case_for(reading, number).case
    check_worker(reading)
    note = note.strip()
    if outcome not in Outcome.values:
        raise Invalid(_("Deze uitkomst bestaat niet."), field="outcome", remedy=_("Kies uit de lijst."))
    checked_words(reading, {"case_note": note}, names={"case_note": "note"})
    with transaction.atomic(), write_scope():
        review = Review.objects.select_for_update().filter(case=case, uid=uid).first()
        if review is None:
            raise NotFound(_("Dit evaluatiemoment bestaat niet."), remedy=_("Ga terug naar het plan."))
        if review.held_at is not None:
            append([reading.entry(event="review.repeated", action=Act.UPDATE, case_ref=case.ref)])
            return review
        review.held_at, review.outcome = reading.at, outcome
        review.save(update_fields=["held_at", "outcome"])
        words = new_words(ReviewNote, reading, case, {"case_note": note}, review=review)
        save_words(reading, words, event="review.held", action=Act.CREATE, kind=review.kind, outcome=outcome)
        _plan(case, review.kind, clock.today(), reading)
    return review


def _plan(case: Case, kind: str, today: date, reading: Reading) -> None:
    on = months_on(today, months_of(kind))
    Review.objects.get_or_create(case=case, kind=kind, held_at=None, defaults={"on": on})
    append(
        [
            reading.entry(
                event="review.planned", action=Act.CREATE, case_ref=case.ref, detail={"kind": kind, "on": str(on)}
            )
        ]
    )
