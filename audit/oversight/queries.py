"""Each read of the oversight: who has reads to be judged, which, a finding with its life, how precise the rules are."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, Max, Min, OuterRef, QuerySet
from django.utils.translation import gettext as _

from audit.journal import models as journal
from audit.journal import queries
from audit.journal.reasons import ReasonCode
from audit.journal.uids import floor_of
from audit.oversight.models import Finding, FindingRead, FindingState, FindingStep, Mark, Verdict
from foundation import clock
from foundation.errors import NotFound

WINDOW = timedelta(days=92)
"""How far back the queue looks; what is older was judged or stays in the journal."""
MOST_READS = 500
UNEXPLAINED = ReasonCode.UNEXPLAINED.value


@dataclass(frozen=True, slots=True, kw_only=True)
class Hits:
    """Reads of one reader by one rule. looks: requests (a request about three persons is three reads)."""

    rule: str
    reads: int
    looks: int
    cases: int
    first: datetime
    last: datetime


@dataclass(slots=True, kw_only=True)
class Group:
    """One reader for one agency with reads that nobody looked into yet, by rule."""

    agency_ref: str
    actor_ref: str
    hits: list[Hits] = field(default_factory=list)

    @property
    def last(self) -> datetime:
        """The newest of these reads."""
        return max(hit.last for hit in self.hits)


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """One read with what is kept beside it. rules: which rules marked it, `U` when it is unexplained."""

    line: queries.Line
    reason: str
    fact_ref: str
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of a finding. reason: in words; None once it was erased."""

    state: FindingState
    verdict: Verdict
    by_ref: str
    taken_at: datetime
    reason: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingLine:
    """A finding in the list."""

    uid: str
    agency_ref: str
    actor_ref: str
    opened_at: datetime
    state: FindingState
    reads: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingOpened:
    """A finding with its reads and its whole life."""

    line: FindingLine
    reads: tuple[Read, ...]
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Precision:
    """Of the closed findings in which this rule had a part: how many, and how many reads proved not justified."""

    rule: str
    closed: int
    unjustified: int


def unjudged(rule: str, *, scope: str | None) -> "QuerySet[journal.Entry]":
    """Reads that `rule` brings to the queue, in the last WINDOW, of readers in scope, and in no finding."""
    entries = journal.Entry.objects.filter(
        ~Exists(FindingRead.objects.filter(entry_uid=OuterRef("uid"))),
        uid__gte=floor_of(clock.now() - WINDOW),
    )
    entries = _unexplained(entries) if rule == UNEXPLAINED else entries.filter(uid__in=_brought_by(rule))
    return entries if scope is None else entries.filter(agency_ref=scope)


def _unexplained(entries: "QuerySet[journal.Entry]") -> "QuerySet[journal.Entry]":
    # SQLite takes a partial index only for a condition that stands in the text, not in a parameter.
    return entries.extra(where=["reason_code = 'U'"])


def _brought_by(rule: str) -> "QuerySet[Any, Any]":
    if rule == UNEXPLAINED:
        return _unexplained(journal.Entry.objects.all()).values("uid")
    return Mark.objects.filter(rule=rule).values("entry_uid")


def queue(rules: Iterable[str], *, scope: str | None) -> tuple[Group, ...]:
    """Readers with reads to judge, the newest first: one query per rule, whatever the number of reads."""
    groups: dict[tuple[str, str], Group] = {}
    for rule in rules:
        found = unjudged(rule, scope=scope).values("agency_ref", "actor_ref").order_by()
        counted = found.annotate(
            reads=Count("uid"), looks=Count("trace_id", distinct=True), cases=Count("case_ref", distinct=True),
            first=Min("recorded_at"), last=Max("recorded_at"),
        )  # fmt: skip
        for row in counted:
            agency, actor = row["agency_ref"], row["actor_ref"]
            group = groups.setdefault((agency, actor), Group(agency_ref=agency, actor_ref=actor))
            counts = {name: row[name] for name in ("reads", "looks", "cases")}
            group.hits.append(Hits(rule=rule, first=row["first"], last=row["last"], **counts))
    return tuple(sorted(groups.values(), key=lambda group: group.last, reverse=True))


def reads_of(rules: Iterable[str], *, agency_ref: str, actor_ref: str, scope: str | None) -> tuple[Read, ...]:
    """The reads to judge of one reader, newest first. Raises NotFound when there are none in scope."""
    uids: set[UUID] = set()
    for rule in rules:
        mine = unjudged(rule, scope=scope).filter(agency_ref=agency_ref, actor_ref=actor_ref).order_by("-uid")
        uids.update(mine.values_list("uid", flat=True)[:MOST_READS])
    if not uids:
        raise NotFound(
            _("Van deze lezer is er niets te beoordelen, of het valt niet onder uw toezicht."),
            remedy=_("Ga terug naar de werkbank."),
        )
    return read_lines(sorted(uids, reverse=True)[:MOST_READS])


def read_lines(uids: Iterable[UUID]) -> tuple[Read, ...]:
    """These reads with their reasons and marks, newest first, in two queries."""
    wanted = list(uids)
    marks: dict[UUID, list[str]] = {}
    for uid, rule in Mark.objects.filter(entry_uid__in=wanted).order_by("rule").values_list("entry_uid", "rule"):
        marks.setdefault(uid, []).append(rule)
    lines = journal.Entry.objects.filter(uid__in=wanted).defer("body", "leaf_hash").order_by("-uid")
    return tuple(_read(row, marks.get(row.uid, [])) for row in lines)


def _read(row: journal.Entry, marks: list[str]) -> Read:
    code = row.reason_code or ""
    unexplained = (UNEXPLAINED,) if code == UNEXPLAINED else ()
    line = queries.line_of(row)
    return Read(line=line, reason=code, fact_ref=row.reason_ref or "", rules=(*unexplained, *marks))


def findings(*, scope: str | None, closed: bool = False) -> tuple[FindingLine, ...]:
    """Findings in scope that are open still, or those that are closed; the newest first."""
    done = FindingStep.objects.filter(finding=OuterRef("pk"), state=FindingState.CLOSED)
    found = Finding.objects.filter(Exists(done) if closed else ~Exists(done))
    if scope is not None:
        found = found.filter(agency_ref=scope)
    rows = found.annotate(n=Count("reads")).prefetch_related("steps").order_by("-opened_at")[:MOST_READS]
    return tuple(_finding_line(row, row.n) for row in rows)


def finding(uid: UUID, *, scope: str | None) -> FindingOpened:
    """One finding. Raises NotFound, also for one of another agency."""
    row = finding_row(uid, scope=scope)
    reads = read_lines(row.reads.values_list("entry_uid", flat=True))
    steps = tuple(_steps(row))
    return FindingOpened(line=_finding_line(row, len(reads)), reads=reads, steps=steps)


def finding_row(uid: UUID, *, scope: str | None) -> Finding:
    """The row of a finding in scope. Raises NotFound."""
    found = Finding.objects.filter(uid=uid).prefetch_related("steps")
    row = (found if scope is None else found.filter(agency_ref=scope)).first()
    if row is None:
        raise NotFound(
            _("Deze bevinding bestaat niet, of valt niet onder uw toezicht."), remedy=_("Ga terug naar de werkbank.")
        )
    return row


def state_of(row: Finding) -> FindingState:
    """Where it stands: the state of its last step."""
    return FindingState(list(row.steps.all())[-1].state)


def _finding_line(row: Finding, reads: int) -> FindingLine:
    return FindingLine(
        uid=str(row.uid), agency_ref=row.agency_ref, actor_ref=row.actor_ref, opened_at=row.opened_at,
        state=state_of(row), reads=reads,
    )  # fmt: skip


def _steps(row: Finding) -> Iterator[Step]:
    for step in row.steps.all():
        parts = queries.opened(step.entry_uid.hex, scope_agency_ref=None).parts
        words = next((part.text for part in parts if part.kind == "reason" and part.state == "bound"), None)
        yield Step(
            state=FindingState(step.state), verdict=Verdict(step.verdict), by_ref=step.by_ref,
            taken_at=step.taken_at, reason=words,
        )  # fmt: skip


def precision(rules: Iterable[str]) -> dict[str, Precision]:
    """How often each rule was right, over all agencies: of closed findings with a read of it, those not justified."""
    closed = dict(FindingStep.objects.filter(state=FindingState.CLOSED).values_list("finding_id", "verdict"))
    found: dict[str, Precision] = {}
    for rule in rules:
        part = FindingRead.objects.filter(finding_id__in=closed, entry_uid__in=_brought_by(rule))
        ids = set(part.values_list("finding_id", flat=True))
        wrong = sum(closed[pk] == Verdict.UNJUSTIFIED for pk in ids)
        found[rule] = Precision(rule=rule, closed=len(ids), unjustified=wrong)
    return found


def own_reads(actor_ref: str, *, since: datetime) -> tuple[Read, ...]:
    """What this person themselves read since then, newest first."""
    mine = journal.Entry.objects.filter(actor_ref=actor_ref, uid__gte=floor_of(since), action="R", outcome="ok")
    mine = mine.exclude(case_ref="").order_by("-uid")
    return read_lines(mine.values_list("uid", flat=True)[:MOST_READS])
