"""Reviews of break-glass: opening, judging and escalating one; each a transaction with its entry."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from audit.journal.apart import append_apart
from audit.journal.appender import append
from audit.journal.entry import Action, Entry, Outcome
from audit.journal.reading import BASIS, PURPOSE, Officer
from audit.journal.scope import write_scope
from audit.reviews.events import JUDGED, OPENED, OVERDUE, READ
from audit.reviews.models import Judgement, Review, Side, Verdict
from audit.reviews.rules import LEAST_WORDS, Judge, check_may_judge, is_involved
from foundation import clock
from foundation.errors import Invalid, NotFound, Refused


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """An act of break-glass as its floor reports it, in references. entry_uid: 32 hex digits of its journal entry."""

    act_ref: str
    entry_uid: str
    reader_ref: str
    agency_ref: str
    sources: tuple[str, ...]
    stands_in: tuple[Side, ...]
    case_ref: str
    article: str
    opened_at: datetime
    until: datetime
    deadline: datetime


def open_review(act: Act) -> UUID:
    """Begin the review of an act, inside the transaction and write scope of the act; returns its uuid."""
    sources = sorted(set(act.sources) - {act.agency_ref})
    made = Review.objects.create(
        act_ref=act.act_ref, entry_uid=UUID(act.entry_uid), reader_ref=act.reader_ref, agency_ref=act.agency_ref,
        sources=f" {' '.join(sources)} ", stands_in=" ".join(act.stands_in), case_ref=act.case_ref,
        article=act.article, opened_at=act.opened_at, until=act.until, deadline=act.deadline,
    )  # fmt: skip
    append(
        [
            Entry(
                event_type=OPENED, action=Action.CREATE, outcome=Outcome.OK, actor_ref=act.reader_ref,
                agency_ref=act.agency_ref, case_ref=act.case_ref, break_glass=True, articles=(act.article,),
                detail={"review": made.uid.hex, "sources": " ".join(sources), "deadline": act.deadline.isoformat()},
            )
        ]
    )  # fmt: skip
    return made.uid


def review_for(officer: Officer, uid: UUID) -> Review:
    """A review that this officer oversees. Raises NotFound: the same for what is not there and not theirs."""
    found = Review.objects.prefetch_related("judgements").filter(uid=uid).first()
    if found is None or (officer.scope is not None and not is_involved(found, officer.scope)):
        append_apart([look(officer, event=READ, outcome=Outcome.REFUSED)])
        raise NotFound(
            _("Deze beoordeling bestaat niet, of valt niet onder uw toezicht."),
            remedy=_("Ga terug naar de lijst van noodtoegang."),
        )
    return found


def judge_of(officer: Officer) -> Judge:
    """The officer as the rules know them."""
    visitor = officer.visitor
    return Judge(
        officer_ref=visitor.actor_ref, agency_ref=visitor.agency_ref, coordinating=officer.scope is None
    )  # fmt: skip


def judge(officer: Officer, uid: UUID, *, verdict: str, words: str) -> None:
    """Give this officer's judgement of an act, for good.

    Raises NotFound, Refused (who may not), Invalid (verdict, words, already judged), JournalUnavailable.
    Source: design, section 3 (four-eyes review).
    """
    review, words = review_for(officer, uid), words.strip()
    visitor = officer.visitor
    try:
        side = check_may_judge(review, list(review.judgements.all()), judge_of(officer))
    except Refused:
        append_apart([look(officer, event=JUDGED, outcome=Outcome.REFUSED, review=review, action=Action.CREATE)])
        raise
    _check(verdict, words)
    entry = look(
        officer, event=JUDGED, review=review, action=Action.CREATE, reason=words, verdict=verdict, side=str(side)
    )
    try:
        with transaction.atomic(), write_scope() as scope:
            append([entry])
            Judgement.objects.create(
                review=review, side=side, verdict=verdict, officer_ref=visitor.actor_ref,
                agency_ref=visitor.agency_ref, entry_uid=UUID(scope.uids[-1]), given_at=clock.now(),
            )  # fmt: skip
    except IntegrityError:
        raise Invalid(
            _("Voor uw organisatie is al beoordeeld."), field="verdict", remedy=_("Lees de beoordeling op deze pagina.")
        ) from None


def _check(verdict: str, words: str) -> None:
    if verdict not in Verdict.values:
        raise Invalid(_("Kies of de noodtoegang terecht was."), field="verdict", remedy=_("Terecht of niet terecht."))
    if len(words) < LEAST_WORDS:
        raise Invalid(_("Schrijf waarom u dit vindt."), field="words", remedy=_("Een korte zin is genoeg."))


@transaction.atomic
def escalate(review: Review, *, by: Entry) -> bool:
    """Note once that a review is past its deadline; False when that was done. by: an entry of who runs this."""
    with write_scope(reason="review.overdue"):
        # One statement: two runs at once tell it once.
        if not Review.objects.filter(pk=review.pk, escalated_at=None).update(escalated_at=clock.now()):
            return False
        append([by])
    return True


def overdue_entry(review: Review, *, actor_ref: str, agency_ref: str) -> Entry:
    """The entry that a review is late."""
    return Entry(
        event_type=OVERDUE, action=Action.EXECUTE, outcome=Outcome.OK, actor_ref=actor_ref, agency_ref=agency_ref,
        case_ref=review.case_ref, break_glass=True,
        detail={"review": review.uid.hex, "deadline": review.deadline.isoformat()},
    )  # fmt: skip


def look(
    officer: Officer, *, event: str, outcome: Outcome = Outcome.OK, review: Review | None = None,
    action: Action = Action.READ, reason: str = "", **detail: str | int,
) -> Entry:  # fmt: skip
    """An entry of an officer's work on reviews."""
    visitor = officer.visitor
    about = {"review": review.uid.hex} if review else {}
    return Entry(
        event_type=event, action=action, outcome=outcome, actor_ref=visitor.actor_ref, actor_name=visitor.name,
        agency_ref=visitor.agency_ref, case_ref=review.case_ref if review else "", purpose=PURPOSE, legal_basis=BASIS,
        roles=tuple(sorted(visitor.roles)), route=officer.route, trace_id=visitor.trace_id, reason=reason,
        detail={**about, **detail},
    )  # fmt: skip
