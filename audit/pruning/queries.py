"""Which entries and personal parts are past their term. Entries are found by uid, which begins with their moment."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

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


Held = frozenset[tuple[str, datetime]]
"""Acts (actor, moment) that are still being judged: entries of one act share personal parts, so they stay together."""


def due(terms: Terms) -> Due:
    """What is past its term now, held back or not."""
    return Due(entries=_entries(terms).count(), parts=_with_parts(terms).count())


def runs() -> list[PruneRun]:
    """The last ten runs, newest first."""
    return list(PruneRun.objects.prefetch_related("batches").order_by("-id")[:10])


def held() -> Held:
    """Acts in findings that are not closed, and in break-glass that two officers have not judged yet."""
    closed = Finding.objects.filter(steps__state=FindingState.CLOSED)
    reads = FindingRead.objects.exclude(finding__in=closed).values("entry_uid")
    judged = Review.objects.annotate(n=Count("judgements")).filter(n__lt=2).values("entry_uid")
    acts = Entry.objects.filter(Q(uid__in=reads) | Q(uid__in=judged)).values_list("actor_ref", "recorded_at")
    return frozenset(acts)


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
    free = [uid for uid, actor, moment in found if (actor, moment) not in kept]
    newest = Checkpoint.objects.order_by("-size").values_list("size", flat=True).first() or 0
    placed = Leaf.objects.filter(entry_uid__in=free, seq__lt=newest).order_by("seq").values_list("seq", "entry_uid")
    return Batch(places=dict(placed), looked_to=found[-1][0] if len(found) == limit else None)


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
