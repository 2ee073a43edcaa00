"""What must be gone when: computed from terms, closings and first processings each time it is asked."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import lru_cache
from uuid import UUID

from django.db.models import Min, QuerySet

from agreements.covenants.in_force import current_policy
from cases.attachments.models import Attachment
from cases.plans.models import Closing, Step
from cases.records.models import Case, CaseSubject, Contribution, PhaseChange
from cases.records.phases import State
from cases.retention.models import Destruction, DestructionState, Ground, Renewal, RetentionHold, Scope
from cases.retention.terms import Term, terms_of
from foundation import clock

AHEAD = timedelta(days=366)
"""How far the calendar looks: a warning comes at twelve, three and one months (domain 8)."""
WARN = (("one_month", 31), ("three_months", 92), ("twelve_months", 366))


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One thing that must go: which case, what of it, why, by which article, when.

    subject: uid of the person for Scope.PERSON. first: when the clock began. held: why it must wait, "" if not.
    running: the destruction that was begun for it. warning: "overdue", "one_month", "three_months", ….
    """

    case: Case
    scope: str
    ground: str
    article: str
    due_on: date
    first: date
    subject: UUID | None = None
    held: str = ""
    running: Destruction | None = None
    warning: str = ""


def calendar(cases: "QuerySet[Case]", *, at: datetime) -> tuple[Line, ...]:
    """What of these cases must go within the coming year or is overdue, soonest first."""
    today = at.astimezone(clock.AMSTERDAM).date()
    found = [*_settled(cases, at), *_persons(cases, at)]
    lines = [line for line in found if line.due_on <= today + AHEAD]
    return tuple(_with_state(sorted(lines, key=lambda line: (line.due_on, line.case.number)), today, at))


def line_for(case: Case, *, scope: str, subject: UUID | None, at: datetime) -> Line | None:
    """The line of the calendar that is about this; None when nothing of it must go within a year."""
    own = Case.objects.filter(pk=case.pk)
    return next((line for line in calendar(own, at=at) if (line.scope, line.subject) == (scope, subject)), None)


def _settled(cases: "QuerySet[Case]", at: datetime) -> Iterator[Line]:
    """Cases that were not admitted or were closed: the whole case goes."""
    for case in cases.filter(state__in=[State.REJECTED, State.CLOSED]).select_related("lead"):
        began = _settled_on(case)
        kind = "not_admitted" if case.state == State.REJECTED else "closed_case"
        term = _terms(case.covenants, at.astimezone(clock.AMSTERDAM).date())[kind]
        stated = _stated_day(case)
        due = min(stated, term.after(began)) if stated else term.after(began)
        ground = Ground.NOT_ADMITTED if kind == "not_admitted" else Ground.CLOSED
        yield Line(case=case, scope=Scope.CASE, ground=ground, article=term.article, due_on=due, first=began)


def _settled_on(case: Case) -> date:
    closed = Closing.objects.filter(case=case, step=Step.CLOSED, reopened_at=None).order_by("-decided_at").first()
    if closed:
        return closed.decided_at.astimezone(clock.AMSTERDAM).date()
    last = PhaseChange.objects.filter(case=case).order_by("-starts", "-id").values_list("starts", flat=True).first()
    return (last or case.opened_at).astimezone(clock.AMSTERDAM).date()


def _stated_day(case: Case) -> date | None:
    """The day that triage or the handling of a signal wrote down."""
    stated = [getattr(getattr(case, name, None), "destroy_on", None) for name in ("triage", "signal")]
    return min((day for day in stated if day), default=None)


def _persons(cases: "QuerySet[Case]", at: datetime) -> Iterator[Line]:
    """Persons whose data were first processed so long ago that the hard limit comes within a year.

    The clock runs per person, over all cases (WGS art. 1.8(7); domain 8).
    """
    today = at.astimezone(clock.AMSTERDAM).date()
    early = at - timedelta(days=300)
    places = CaseSubject.objects.filter(case__in=cases).exclude(case__state=State.ERASED)
    first_of: dict[int, datetime] = {}
    for table in (Contribution, Attachment):
        given = table._default_manager.filter(about__subject__case_subjects__in=places, given_at__lte=early)
        firsts = given.order_by().values("about__subject_id").annotate(first=Min("given_at"))
        for subject, first in firsts.values_list("about__subject_id", "first"):
            first_of[subject] = min(first, first_of.get(subject, first))
    standing = places.filter(subject_id__in=list(first_of)).select_related("case__lead", "subject")
    for place in standing:
        term = _terms(place.case.covenants, today)["max_from_first_processing"]
        began = first_of[place.subject_id].astimezone(clock.AMSTERDAM).date()
        due = _renewed_until(place) or term.after(began)
        yield Line(
            case=place.case, scope=Scope.PERSON, ground=Ground.FIRST_PROCESSING, article=term.article, due_on=due,
            first=began, subject=place.subject.uid,
        )  # fmt: skip


def _renewed_until(place: CaseSubject) -> date | None:
    renewed = Renewal.objects.filter(case=place.case, subject=place.subject.uid, decided_at__isnull=False)
    return renewed.order_by("-until").values_list("until", flat=True).first()


@lru_cache(maxsize=256)
def _known_terms(covenants: str, today: date, epoch: int) -> dict[str, Term]:
    return terms_of(covenants.split(), at=clock.now())


def _terms(covenants: str, today: date) -> dict[str, Term]:
    # The number of the rules is part of the key: a covenant that changed is read anew.
    return _known_terms(covenants, today, current_policy().epoch)


def _with_state(lines: Iterable[Line], today: date, at: datetime) -> Iterator[Line]:
    found = list(lines)
    ids = {line.case.pk for line in found}
    holds: dict[int, str] = {}
    for hold in RetentionHold.objects.filter(case_id__in=ids, starts__lte=at, ends=None):
        holds[hold.case_id] = str(RetentionHold.Reason(hold.reason).label)
    running = {
        (item.case_id, item.scope, item.subject): item
        for item in Destruction.objects.filter(
            case_id__in=ids, state__in=[DestructionState.PROPOSED, DestructionState.APPROVED]
        ).select_related("proposed_by", "approved_by")
    }
    for line in found:
        yield replace(
            line,
            held=holds.get(line.case.pk, ""),
            running=running.get((line.case.pk, line.scope, line.subject)),
            warning=_warning((line.due_on - today).days),
        )


def _warning(days: int) -> str:
    if days <= 0:
        return "overdue"
    return next((name for name, within in WARN if days <= within), "")
