"""What must be gone when: computed from terms, closings and first processings each time it is asked."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from uuid import UUID

from django.db.models import Exists, F, Max, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

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
SETTLED = (
    (State.REJECTED, "not_admitted", Ground.NOT_ADMITTED),
    (State.CLOSED, "closed_case", Ground.CLOSED),
)
"""States of which the whole case goes: by which term, on which ground."""
Terms = Mapping[str, Mapping[str, Term]]
"""Per set of covenants (the codes of a case, in a row) the terms, by kind."""


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


def calendar(cases: "QuerySet[Case]", *, at: datetime, ahead: timedelta = AHEAD) -> tuple[Line, ...]:
    """What of these cases must go before `at` plus `ahead` or is overdue, soonest first.

    Asks as many questions whatever the number of cases, and loads only those that are near their term.
    """
    today = at.astimezone(clock.AMSTERDAM).date()
    until = today + ahead
    under = cases.exclude(state=State.ERASED).order_by().values_list("covenants", flat=True).distinct()
    terms = {covenants: _terms(covenants, today) for covenants in under}
    if not terms:
        return ()
    lines = [line for line in (*_settled(cases, terms, until), *_persons(cases, terms, until)) if line.due_on <= until]
    return tuple(_with_state(sorted(lines, key=lambda line: (line.due_on, line.case.number)), today, at))


def line_for(case: Case, *, scope: str, subject: UUID | None, at: datetime) -> Line | None:
    """The line of the calendar that is about this; None when nothing of it must go within a year."""
    own = Case.objects.filter(pk=case.pk)
    return next((line for line in calendar(own, at=at) if (line.scope, line.subject) == (scope, subject)), None)


def _newest(terms: Terms, kind: str, until: date) -> datetime:
    """What began after this is due after `until`, whichever of these terms it has."""
    length = min(found[kind].after(until) - until for found in terms.values())
    # Years and months differ in length: the due day itself is reckoned for each line.
    return datetime.combine(until - length + timedelta(days=5), time(), clock.AMSTERDAM)


def _settled(cases: "QuerySet[Case]", terms: Terms, until: date) -> Iterator[Line]:
    """Cases that were not admitted or were closed: the whole case goes."""
    closings = Closing.objects.filter(case=OuterRef("pk"), step=Step.CLOSED, reopened_at=None).order_by("-decided_at")
    phases = PhaseChange.objects.filter(case=OuterRef("pk")).order_by("-starts", "-id")
    began = Coalesce(Subquery(closings.values("decided_at")[:1]), Subquery(phases.values("starts")[:1]), "opened_at")
    # The day that triage or the handling of a signal wrote down.
    found = cases.annotate(began=began, decided=F("triage__destroy_on"), signalled=F("signal__destroy_on"))
    near = Q(decided__lte=until) | Q(signalled__lte=until)
    for state, kind, ground in SETTLED:
        old = Q(began__lte=_newest(terms, kind, until))
        for case in found.filter(near | old, state=state).select_related("lead"):
            first = case.began.astimezone(clock.AMSTERDAM).date()
            term = terms[case.covenants][kind]
            due = min(day for day in (term.after(first), case.decided, case.signalled) if day)
            yield Line(case=case, scope=Scope.CASE, ground=ground, article=term.article, due_on=due, first=first)


def _persons(cases: "QuerySet[Case]", terms: Terms, until: date) -> Iterator[Line]:
    """Persons whose data were first processed so long ago that the hard limit comes before `until`.

    The clock runs per person, over all cases (WGS art. 1.8(7); domain 8).
    """
    kind = "max_from_first_processing"
    places = CaseSubject.objects.filter(case__in=cases).exclude(case__state=State.ERASED)
    first_of: dict[int, datetime] = {}
    for table in (Contribution, Attachment):
        # From what is old: of that there is little, and of cases much.
        given = table._default_manager.filter(
            Exists(places.filter(subject=OuterRef("about__subject"))), given_at__lte=_newest(terms, kind, until)
        )
        firsts = given.order_by().values("about__subject_id").annotate(first=Min("given_at"))
        for subject, first in firsts.values_list("about__subject_id", "first"):
            first_of[subject] = min(first, first_of.get(subject, first))
    standing = places.filter(subject_id__in=list(first_of)).select_related("case__lead", "subject")
    renewals = Renewal.objects.filter(case__case_subjects__in=standing, decided_at__isnull=False)
    renewed = {
        (case, subject): last
        for case, subject, last in renewals.order_by().values_list("case_id", "subject").annotate(last=Max("until"))
    }
    for place in standing:
        term = terms[place.case.covenants][kind]
        began = first_of[place.subject_id].astimezone(clock.AMSTERDAM).date()
        yield Line(
            case=place.case, scope=Scope.PERSON, ground=Ground.FIRST_PROCESSING, article=term.article, first=began,
            due_on=renewed.get((place.case_id, place.subject.uid)) or term.after(began), subject=place.subject.uid,
        )  # fmt: skip


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
