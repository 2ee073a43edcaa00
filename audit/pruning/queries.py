"""Which entries and personal parts are past their term. Entries are found by uid, which begins with their moment."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from audit import ports
from audit.journal.commitments import pseudonym
from audit.journal.models import Entry, Part
from audit.journal.uids import floor_of
from audit.oversight.models import Finding, FindingRead, FindingState
from audit.proofs import verifier
from audit.pruning.events import PRUNED
from audit.pruning.models import PruneBatch, PruneRun
from audit.pruning.terms import OTHERS, Term, Terms
from audit.reviews.models import Review
from audit.sealing.models import Checkpoint, Leaf


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """How many entries and how many entries with personal parts are past their term."""

    entries: int
    parts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Entries to prune together, by place in the tree, and the last uid that was looked at; None: that was all."""

    places: dict[int, UUID]
    looked_to: UUID | None


Act = tuple[str, datetime]
"""Who, and when: entries of one act share personal parts, so they stay together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What stays for now. acts: those that are still being judged. cases, persons: all entries of a case under a hold
    ("case:…"), or of a person whose request runs (by pseudonym), with the rest of their acts.
    """

    acts: frozenset[Act]
    cases: frozenset[str]
    persons: frozenset[bytes]


def due(terms: Terms) -> Due:
    """What is past its term now, held back or not."""
    return Due(entries=_entries(terms).count(), parts=_with_parts(terms).count())


def runs() -> list[PruneRun]:
    """The last ten runs, newest first."""
    return list(PruneRun.objects.prefetch_related("batches").order_by("-id")[:10])


def held() -> Held:
    """What is held now: by findings that are not closed, by break-glass that two officers have not judged yet, by
    requests of persons and by holds on cases (ports.held). Source: AVG art. 18(2) and 17(3)(e); WGS art. 1.8(7).
    """
    closed = Finding.objects.filter(steps__state=FindingState.CLOSED)
    reads = FindingRead.objects.exclude(finding__in=closed).values("entry_uid")
    judged = Review.objects.annotate(n=Count("judgements")).filter(n__lt=2).values("entry_uid")
    acts = Entry.objects.filter(Q(uid__in=reads) | Q(uid__in=judged)).values_list("actor_ref", "recorded_at")
    named = ports.held()
    persons = [ref for ref in named if ref.startswith("subject:")]
    agencies = agencies_in_journal() if persons else []
    return Held(
        acts=frozenset(acts),
        cases=named - frozenset(persons),
        persons=frozenset(pseudonym(ref, agency_ref=agency) for ref in persons for agency in agencies),
    )


def agencies_in_journal() -> list[str]:
    """References of everybody who ever read: each agency has its own pseudonym for a person."""
    return list(Entry.objects.order_by().values_list("agency_ref", flat=True).distinct())


def next_entries(terms: Terms, kept: Held, *, after: UUID | None, limit: int) -> Batch:
    """Entries behind `after` that may go: past their term, under a signed checkpoint, not held."""
    return _next(_entries(terms), kept, after=after, limit=limit)


def next_with_parts(terms: Terms, kept: Held, *, after: UUID | None, limit: int) -> Batch:
    """Entries behind `after` that stay while their personal parts may go."""
    return _next(_with_parts(terms), kept, after=after, limit=limit)


def pruned_ranges() -> list[tuple[int, int]]:
    """The places in the tree of all entries that were pruned, rising, each [first, end)."""
    found: list[tuple[int, int]] = []
    for text in PruneBatch.objects.values_list("ranges", flat=True):
        found += verifier.parse_ranges(text)
    return sorted(found)


def _next(rows: QuerySet[Entry], kept: Held, *, after: UUID | None, limit: int) -> Batch:
    if after is not None:
        rows = rows.filter(uid__gt=after)
    found = list(rows.order_by("uid").values_list("uid", "actor_ref", "recorded_at")[:limit])
    acts = kept.acts | _acts_held(found[0][2], found[-1][2], kept) if found else kept.acts
    free = [uid for uid, actor, moment in found if (actor, moment) not in acts]
    newest = Checkpoint.objects.order_by("-size").values_list("size", flat=True).first() or 0
    placed = Leaf.objects.filter(entry_uid__in=free, seq__lt=newest).order_by("seq").values_list("seq", "entry_uid")
    return Batch(places=dict(placed), looked_to=found[-1][0] if len(found) == limit else None)


def _acts_held(first: datetime, last: datetime, kept: Held) -> set[Act]:
    """Acts between these moments of which an entry is of a case or person that is held, in this batch or beside it."""
    if not (kept.cases or kept.persons):
        return set()
    low, high = floor_of(first), floor_of(last + timedelta(milliseconds=1))
    parts = Part.objects.filter(entry_uid__gte=low, entry_uid__lt=high, pseudonym__isnull=False)
    known = parts.values_list("entry_uid", "pseudonym")
    named = {uid for uid, found in known if found is not None and bytes(found) in kept.persons}
    rows = Entry.objects.filter(uid__gte=low, uid__lt=high).values_list("uid", "case_ref", "actor_ref", "recorded_at")
    return {(actor, moment) for uid, case, actor, moment in rows if case in kept.cases or uid in named}


def _entries(terms: Terms) -> QuerySet[Entry]:
    # What tells that entries were pruned stays: without it nobody could say why they are gone.
    return Entry.objects.filter(_before(terms, lambda term: term.entries)).exclude(event_type=PRUNED)


def _with_parts(terms: Terms) -> QuerySet[Entry]:
    has_parts = Exists(Part.objects.filter(entry_uid=OuterRef("uid")))
    return Entry.objects.filter(_before(terms, lambda term: term.parts)).filter(has_parts)


def _before(terms: Terms, moment: Callable[[Term], datetime]) -> Q:
    found: Any = Q(uid__lt=floor_of(moment(terms[OTHERS]))) & ~Q(purpose__in=[one for one in terms if one != OTHERS])
    for purpose, term in terms.items():
        if purpose != OTHERS:
            found |= Q(uid__lt=floor_of(moment(term)), purpose=purpose)
    return found
