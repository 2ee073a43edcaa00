"""Runs the rules over the journal in batches; where it stops it goes on. What a rule says is in notable.py."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Min, QuerySet

from audit import ports
from audit.journal import models as journal
from audit.journal.reasons import ReasonCode
from audit.journal.uids import floor_of
from audit.oversight import notable
from audit.oversight.models import FindingStep, Mark, Progress, Verdict
from audit.oversight.notable import RULES, Day, Hours, Row
from foundation import clock

BATCH = 2_000
LAG = timedelta(minutes=1)
"""An entry can be committed after one with a later uid; what is this old has no such neighbours any more."""
PEER_DAYS = 28
_READS, _DAYS = "reads", "days"


def oversee(*, batch: int = BATCH) -> int:
    """Mark what is notable among the reads since the last run; returns how many marks were made.

    Each batch, and each whole day, is one transaction with the place up to which it got: killed, it goes on there.
    """
    made, until = 0, clock.now() - LAG
    while True:
        found = _next_batch(until, batch)
        if found is None:
            return made + _whole_days()
        made += found


def hours_of(agency_ref: str) -> Hours:
    """The working hours of an agency: settings.OVERSIGHT_HOURS, by OIN; "" is for all others, None around the clock.

    A value is a pair like ("07:00", "20:00").
    """
    given = settings.OVERSIGHT_HOURS
    pair = given.get(agency_ref, given.get("", None))
    return (time.fromisoformat(pair[0]), time.fromisoformat(pair[1])) if pair else None


@transaction.atomic
def _next_batch(until: datetime, size: int) -> int | None:
    place = _place(_READS)
    reads = _reads().filter(uid__lt=floor_of(until)).order_by("uid")
    rows = _rows(reads.filter(uid__gt=place.done_to) if place.done_to else reads, most=size)
    if not rows:
        return None
    made = _mark("off_hours", notable.off_hours(rows, hours_of))
    made += _mark("no_part", notable.no_part(rows))
    made += _mark("search_one", notable.search_one(rows, _around(rows)))
    made += _mark("repeat", notable.repeat(rows, _judged(rows)))
    made += _mark("after_end", _after_end(rows, place.done_to))
    place.done_to, place.moved_at = rows[-1].uid, clock.now()
    place.save()
    return made


def _whole_days() -> int:
    """The rules about days, for every day that is over and was not looked at."""
    made, today = 0, clock.today()
    first = _reads().order_by("uid").values_list("recorded_at", flat=True).first()
    if first is None:
        return 0
    done = Progress.objects.filter(name=_DAYS).first()
    day = done.moved_at.astimezone(clock.AMSTERDAM).date() if done else first.astimezone(clock.AMSTERDAM).date()
    while day < today:
        made += _whole_day(day)
        day += timedelta(days=1)
    return made


@transaction.atomic
def _whole_day(day: date) -> int:
    start, end = clock.start_of(day), clock.start_of(day + timedelta(days=1))
    made = 0
    if days := _days(start, end):
        history = _history(start - timedelta(days=PEER_DAYS), start)
        made = _mark("volume", notable.volume(days, history)) + _mark("dormant", notable.dormant(days))
    if taken := _taken(start, end):
        before = _taken(start - timedelta(days=PEER_DAYS), start)
        made += _mark("exports", notable.volume(taken, _by_agency(before)))
    place = _place(_DAYS)
    # For days the place is the moment from which the next one begins.
    place.moved_at = end
    place.save()
    return made


def _place(name: str) -> Progress:
    Progress.objects.get_or_create(name=name, defaults={"moved_at": clock.now()})
    return Progress.objects.select_for_update().get(name=name)


def _reads() -> "QuerySet[journal.Entry]":
    return journal.Entry.objects.filter(action="R", outcome="ok")


def _rows(entries: "QuerySet[journal.Entry]", *, most: int | None = None) -> list[Row]:
    found = list(
        entries.values_list(
            "uid",
            "recorded_at",
            "actor_ref",
            "agency_ref",
            "case_ref",
            "event_type",
            "fields_0",
            "fields_1",
            "fields_2",
            "reason_code",
            "reason_ref",
        )[:most]
    )
    return [_row(*row) for row in found]


def _row(
    uid: UUID, at: datetime, actor: str, agency: str, case: str, event: str, low: int, middle: int, high: int,
    reason: str | None, fact: str | None,
) -> Row:  # fmt: skip
    # R1 alone stands for lists, in which nobody was picked out.
    opened = bool(case and (low or middle or high)) and reason != ReasonCode.OPEN_PARTICIPATION
    return Row(
        uid=uid,
        at=at,
        actor=actor,
        agency=agency,
        case=case,
        event=event,
        opened=opened,
        reason=reason or "",
        fact=fact or "",
    )


def _around(rows: Sequence[Row]) -> dict[str, list[Row]]:
    """The rows of the readers with something unexplained here, from a while before the batch to a while after it."""
    actors = {row.actor for row in rows if row.reason == "U"}
    if not actors:
        return {}
    since, until = rows[0].at - notable.ALONE_SPAN, rows[-1].at + notable.ALONE_SPAN
    near = _reads().filter(uid__gte=floor_of(since), uid__lt=floor_of(until), actor_ref__in=actors).order_by("uid")
    found: dict[str, list[Row]] = defaultdict(list)
    for row in _rows(near):
        found[row.actor].append(row)
    return found


def _judged(rows: Sequence[Row]) -> dict[tuple[str, str], datetime]:
    """Readers among these with a finding that was closed as not justified, and since when."""
    people = {row.actor for row in rows if row.opened and row.reason == ReasonCode.UNEXPLAINED}
    closed = FindingStep.objects.filter(verdict=Verdict.UNJUSTIFIED, finding__actor_ref__in=people)
    found = closed.values_list("finding__actor_ref", "finding__agency_ref").annotate(first=Min("taken_at"))
    return {(actor, agency): first for actor, agency, first in found.order_by()}


def _after_end(rows: Sequence[Row], after: UUID | None) -> set[UUID]:
    """Reads of this batch, and refused attempts of the same stretch, after the end of a participation."""
    tried = journal.Entry.objects.filter(action="R", outcome="refused", uid__lte=rows[-1].uid).exclude(case_ref="")
    tried = tried.extra(where=["NOT (audit_entry.outcome = 'ok')"])
    refused = _rows((tried.filter(uid__gt=after) if after else tried).order_by("uid"))
    suspect = [row for row in rows if row.opened and row.reason == ReasonCode.UNEXPLAINED and not row.fact]
    asked = [*suspect, *refused]
    return notable.after_end(asked, ports.ended_before({(row.case, row.agency) for row in asked}) if asked else {})


def _taken(start: datetime, end: datetime) -> list[Day]:
    """Files that readers took along, per reader and day."""
    rows: dict[tuple[str, str, date], dict[UUID, str]] = defaultdict(dict)
    found = journal.Entry.objects.filter(
        uid__gte=floor_of(start), uid__lt=floor_of(end), event_type__in=ports.exports(), outcome="ok"
    )
    for uid, actor, agency, at, trace in found.values_list("uid", "actor_ref", "agency_ref", "recorded_at", "trace_id"):
        rows[actor, agency, at.astimezone(clock.AMSTERDAM).date()][uid] = trace
    # A file about three persons is three entries of one request.
    return [
        Day(actor=actor, agency=agency, cases=len(set(uids.values())), reads=tuple(uids), before=None, start=start)
        for (actor, agency, _day), uids in rows.items()
    ]


def _by_agency(days: Iterable[Day]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for day in days:
        found[day.agency].append(day.cases)
    return found


def _opened(start: datetime, end: datetime) -> "QuerySet[journal.Entry]":
    found = _reads().filter(uid__gte=floor_of(start), uid__lt=floor_of(end)).exclude(case_ref="")
    return found.exclude(fields_0=0, fields_1=0, fields_2=0).exclude(reason_code=ReasonCode.OPEN_PARTICIPATION)


def _days(start: datetime, end: datetime) -> list[Day]:
    cases: dict[tuple[str, str], set[str]] = defaultdict(set)
    reads: dict[tuple[str, str], list[UUID]] = defaultdict(list)
    for uid, actor, agency, case in _opened(start, end).values_list("uid", "actor_ref", "agency_ref", "case_ref"):
        cases[actor, agency].add(case)
        reads[actor, agency].append(uid)
    return [
        Day(
            actor=actor, agency=agency, cases=len(found), reads=tuple(reads[actor, agency]), start=start,
            before=_before(actor, start) if len(found) >= notable.AT_LEAST else None,
        )
        for (actor, agency), found in cases.items()
    ]  # fmt: skip


def _before(actor: str, start: datetime) -> datetime | None:
    mine = _reads().filter(actor_ref=actor, uid__lt=floor_of(start)).order_by("-uid")
    return mine.values_list("recorded_at", flat=True).first()


def _history(start: datetime, end: datetime) -> dict[str, list[int]]:
    seen: dict[tuple[str, str, date], set[str]] = defaultdict(set)
    rows = _opened(start, end).values_list("agency_ref", "actor_ref", "recorded_at", "case_ref")
    for agency, actor, at, case in rows.iterator():
        seen[agency, actor, at.astimezone(clock.AMSTERDAM).date()].add(case)
    found: dict[str, list[int]] = defaultdict(list)
    for (agency, _actor, _day), cases in seen.items():
        found[agency].append(len(cases))
    return found


def _mark(rule: str, uids: Iterable[UUID]) -> int:
    now, version = clock.now(), RULES[rule].version
    made = Mark.objects.bulk_create(
        Mark(entry_uid=uid, rule=rule, rule_version=version, noted_at=now) for uid in sorted(uids)
    )
    return len(made)
