"""An officer asks a reader why; the reader answers. The answer decides nothing: only an officer moves a finding.

The reader learns nothing but what they read themselves: their own reads of this finding, and the words of the officer.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from audit import ports
from audit.journal import queries as journal
from audit.journal.apart import append_apart, keep
from audit.journal.appender import append
from audit.journal.entry import Action, Outcome
from audit.journal.reading import Officer, look
from audit.oversight import events, queries
from audit.oversight.models import Answer, Finding, FindingState, FindingStep, Question
from audit.oversight.rules import LONGEST_REASON, StepNotPossible, check_may_judge
from foundation import clock
from foundation.errors import Invalid, NotFound, SignInNeeded


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question with its answer, if any. question, answer: the words; None once erased, or before there are any."""

    uid: UUID
    by_ref: str
    asked_at: datetime
    answer_by: date
    question: str | None
    answered_at: datetime | None
    answer: str | None

    @property
    def late(self) -> bool:
        """Whether its day passed without an answer."""
        return self.answered_at is None and self.answer_by < clock.today()


@dataclass(frozen=True, slots=True, kw_only=True)
class ToExplain:
    """A question as its reader gets it: with their own reads that it is about. closed: no answer is awaited."""

    asked: Asked
    reads: tuple[queries.Read, ...]
    closed: bool


def ask(officer: Officer, uid: UUID, *, text: str) -> UUID:
    """Ask the reader of a finding to explain; returns the uid of the question.

    Raises NotFound, OwnReads, StepNotPossible (closed, or a question is still open), Invalid, JournalUnavailable.
    """
    row = queries.finding_row(uid, scope=officer.scope)
    check_may_judge(officer, actor_ref=row.actor_ref)
    words = _words(text)
    if queries.state_of(row) is FindingState.CLOSED:
        raise StepNotPossible(_("Deze bevinding is afgesloten."), field="text", remedy=_("Nieuwe inzages komen apart."))
    if row.questions.filter(answer__isnull=True).exists():
        raise StepNotPossible(
            _("Er staat al een vraag open bij deze lezer."), field="text", remedy=_("Wacht het antwoord af.")
        )
    asked = Question(
        finding=row, number=row.questions.count() + 1, by_ref=officer.visitor.actor_ref, asked_at=clock.now(),
        answer_by=clock.today() + timedelta(days=settings.OVERSIGHT_ANSWER_DAYS),
    )  # fmt: skip
    detail = {"finding": str(row.uid), "question": str(asked.uid)}
    try:
        with transaction.atomic():
            entry = replace(look(officer, detail, event=events.ASKED), action=Action.CREATE, reason=words)
            (asked.entry_uid,) = map(UUID, append([entry]))
            asked.save()
    except IntegrityError as error:
        raise StepNotPossible(
            _("Een collega was u voor."), field="text", remedy=_("Open de bevinding opnieuw en kijk hoe zij staat.")
        ) from error
    return asked.uid


def answer(visitor: ports.Visitor | None, uid: str, *, text: str, route: str) -> None:
    """Give the reader's answer, for good.

    Raises SignInNeeded; NotFound: no such question to this reader; StepNotPossible: answered, or closed; Invalid.
    """
    self = _self(visitor, route)
    row = _question_for(self, uid)
    words = _words(text)
    if hasattr(row, "answer") or _is_closed(row.finding):
        raise StepNotPossible(
            _("Op deze vraag wordt geen antwoord meer verwacht."), field="text",
            remedy=_("Wilt u nog iets zeggen? Bel of mail de privacy officer."),
        )  # fmt: skip
    try:
        with transaction.atomic():
            told = look(self, {"question": str(row.uid)}, event=events.ANSWERED)
            (entry,) = append([replace(told, action=Action.CREATE, reason=words)])
            Answer.objects.create(question=row, given_at=clock.now(), entry_uid=UUID(entry))
    except IntegrityError as error:
        raise StepNotPossible(
            _("U heeft al geantwoord."), field="text", remedy=_("Open de vraag opnieuw om uw antwoord te lezen.")
        ) from error


def to_explain(visitor: ports.Visitor | None, uid: str, *, route: str) -> ToExplain:
    """A question to this reader, recorded as one look. Raises SignInNeeded, NotFound, JournalUnavailable."""
    self = _self(visitor, route)
    row = _question_for(self, uid)
    reads = queries.read_lines(row.finding.reads.values_list("entry_uid", flat=True))
    found = ToExplain(asked=_asked(row), reads=reads, closed=_is_closed(row.finding))
    keep([look(self, {"question": str(row.uid)}, event=events.QUESTION_READ)])
    return found


def waiting_for(visitor: ports.Visitor) -> tuple[Asked, ...]:
    """The questions that wait for this reader, oldest first, without their words: so not recorded."""
    done = FindingStep.objects.filter(finding=OuterRef("finding"), state=FindingState.CLOSED)
    rows = _to(visitor).filter(~Exists(done), answer__isnull=True).order_by("asked_at")
    return tuple(
        Asked(
            uid=row.uid, by_ref=row.by_ref, asked_at=row.asked_at, answer_by=row.answer_by, question=None,
            answered_at=None, answer=None,
        )
        for row in rows
    )  # fmt: skip


def asked_about(uid: UUID) -> tuple[Asked, ...]:
    """The questions of a finding with their words, oldest first. Whether the officer may, the caller has checked."""
    return tuple(_asked(row) for row in Question.objects.filter(finding__uid=uid).select_related("answer"))


def _to(visitor: ports.Visitor) -> "QuerySet[Question]":
    """Questions to this person as they are here now: under another hat they answer for another agency."""
    return Question.objects.filter(finding__actor_ref=visitor.actor_ref, finding__agency_ref=visitor.agency_ref)


def _question_for(self: Officer, uid: str) -> Question:
    try:
        row = _to(self.visitor).filter(uid=UUID(uid)).select_related("finding").first()
    except ValueError:
        row = None
    if row is None:
        append_apart([look(self, {}, event=events.QUESTION_READ, outcome=Outcome.REFUSED)])
        raise NotFound(
            _("Deze vraag bestaat niet, of is niet aan u gesteld."), remedy=_("Ga terug naar uw eigen inzages.")
        )
    return row


def _self(visitor: ports.Visitor | None, route: str) -> Officer:
    if visitor is None:
        raise SignInNeeded(_("U bent niet aangemeld."), remedy=_("Meld u aan en open de vraag opnieuw."))
    return Officer(visitor=visitor, scope=visitor.agency_ref, route=route)


def _is_closed(row: Finding) -> bool:
    return queries.state_of(row) is FindingState.CLOSED


def _words(text: str) -> str:
    words = text.strip()
    if not words:
        raise Invalid(_("Er staat nog niets."), field="text", remedy=_("Schrijf een zin."))
    if len(words) > LONGEST_REASON or "\0" in words:
        raise Invalid(_("Deze tekst is te lang of onleesbaar."), field="text", remedy=_("Kort de tekst in."))
    return words


def _asked(row: Question) -> Asked:
    given = getattr(row, "answer", None)
    return Asked(
        uid=row.uid, by_ref=row.by_ref, asked_at=row.asked_at, answer_by=row.answer_by,
        question=_said(row.entry_uid), answered_at=given.given_at if given else None,
        answer=_said(given.entry_uid) if given else None,
    )  # fmt: skip


def _said(entry_uid: UUID) -> str | None:
    parts = journal.opened(entry_uid.hex, scope_agency_ref=None).parts
    return next((part.text for part in parts if part.kind == "reason" and part.state == "bound"), None)
