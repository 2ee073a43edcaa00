"""Each read of reviews of break-glass: what the officer sees comes from the journal, and looking is recorded."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from audit import ports
from audit.journal import queries
from audit.journal.apart import keep
from audit.journal.fieldset import FieldLabel
from audit.journal.models import Entry
from audit.journal.reading import Officer
from audit.reviews.commands import judge_of, look, review_for
from audit.reviews.events import LISTED, READ
from audit.reviews.models import Judgement, Review
from audit.reviews.rules import Judge, may_judge, outcome
from foundation import clock

MOST = 100
MOST_READS = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewLine:
    """A review in the list. outcome: "" while a judgement is missing; mine: this officer's judgement is awaited."""

    uid: UUID
    reader_ref: str
    agency_ref: str
    case_ref: str
    article: str
    opened_at: datetime
    until: datetime
    deadline: datetime
    outcome: str
    n_judged: int
    late: bool
    mine: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadUnder:
    """One reading under the act: when, and the fields that left."""

    uid: str
    at: datetime
    fields: tuple[FieldLabel, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """One judgement with its words ("" once erased)."""

    side: str
    verdict: str
    officer_ref: str
    agency_ref: str
    given_at: datetime
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewShown:
    """A review opened: the reason in the reader's words, what was read, and what was judged."""

    line: ReviewLine
    sources: tuple[str, ...]
    reason: str
    reads: tuple[ReadUnder, ...]
    judged: tuple[Judged, ...]
    escalated_at: datetime | None


def reviews(officer: Officer) -> tuple[ReviewLine, ...]:
    """The reviews that this officer oversees: those that wait for them first, then by deadline. Recorded."""
    found = [_line(review, judge_of(officer)) for review in _within(officer.scope)[:MOST]]
    keep([look(officer, event=LISTED, lines=len(found))])
    return tuple(sorted(found, key=lambda line: (bool(line.outcome), not line.mine, line.deadline)))


def one_review(officer: Officer, uid: UUID) -> ReviewShown:
    """One review. Raises NotFound, JournalUnavailable. Looking is an entry on the case."""
    review = review_for(officer, uid)
    shown = ReviewShown(
        line=_line(review, judge_of(officer)),
        sources=review.source_refs,
        reason=_reason(review.entry_uid),
        reads=_reads(review),
        judged=tuple(_judged(judgement) for judgement in review.judgements.order_by("given_at")),
        escalated_at=review.escalated_at,
    )
    keep([look(officer, event=READ, review=review)])
    return shown


def waiting(visitor: ports.Visitor) -> tuple[ReviewLine, ...]:
    """The reviews that wait for this officer's own judgement. Not recorded: it names no facts and no reason."""
    scope = ports.scope_of(visitor)
    judge = Judge(officer_ref=visitor.actor_ref, agency_ref=visitor.agency_ref, coordinating=scope is None)
    lines = (_line(review, judge) for review in _within(scope)[:MOST])
    return tuple(line for line in lines if line.mine)


def outcome_of(act_ref: str) -> str:
    """What came of the review of this act: justified, unjustified, or "" while it is open or unknown."""
    review = Review.objects.prefetch_related("judgements").filter(act_ref=act_ref).first()
    return outcome(list(review.judgements.all())) if review else ""


def words_of(act_ref: str) -> tuple[Judged, ...]:
    """The judgements of an act with their words, for who acted; nothing before both are there."""
    review = Review.objects.prefetch_related("judgements").filter(act_ref=act_ref).first()
    if review is None or not outcome(list(review.judgements.all())):
        return ()
    return tuple(_judged(judgement) for judgement in review.judgements.order_by("given_at"))


def overdue() -> tuple[Review, ...]:
    """The reviews past their deadline without two judgements, of which nobody was told yet."""
    found = Review.objects.prefetch_related("judgements").filter(deadline__lt=clock.now(), escalated_at=None)
    return tuple(review for review in found.order_by("deadline") if not outcome(list(review.judgements.all())))


def _within(scope: str | None) -> QuerySet[Review]:
    found = Review.objects.prefetch_related("judgements").order_by("-opened_at")
    if scope is None:
        return found
    return found.filter(Q(agency_ref=scope) | Q(sources__contains=f" {scope} "))


def _line(review: Review, judge: Judge) -> ReviewLine:
    given = list(review.judgements.all())
    found = outcome(given)
    return ReviewLine(
        uid=review.uid, reader_ref=review.reader_ref, agency_ref=review.agency_ref, case_ref=review.case_ref,
        article=review.article, opened_at=review.opened_at, until=review.until, deadline=review.deadline,
        outcome=found, n_judged=len(given), late=not found and review.deadline < clock.now(),
        mine=may_judge(review, given, judge),
    )  # fmt: skip


def _reads(review: Review) -> tuple[ReadUnder, ...]:
    """What was read under the act: the entries that name it, of the reader, in its time."""
    rows = Entry.objects.filter(
        case_ref=review.case_ref, actor_ref=review.reader_ref, break_glass=True, action="R",
        recorded_at__gte=review.opened_at, recorded_at__lte=review.until,
    ).order_by("-uid")  # fmt: skip
    act = review.act_ref.partition(":")[2]
    found = []
    for uid in rows.values_list("uid", flat=True)[:MOST_READS]:
        opened = queries.opened(uid.hex, scope_agency_ref=None)
        if opened.fields and opened.body.get("matter", {}).get("detail", {}).get("act") == act:
            found.append(ReadUnder(uid=opened.line.uid, at=opened.line.recorded_at, fields=opened.fields))
    return tuple(found)


def _judged(given: Judgement) -> Judged:
    return Judged(
        side=given.side, verdict=given.verdict, officer_ref=given.officer_ref, agency_ref=given.agency_ref,
        given_at=given.given_at, words=_reason(given.entry_uid),
    )  # fmt: skip


def _reason(entry_uid: UUID) -> str:
    """The words that an entry commits to, or "" once they are erased."""
    parts = queries.opened(entry_uid.hex, scope_agency_ref=None).parts
    return next((part.text for part in parts if part.kind == "reason"), "")
