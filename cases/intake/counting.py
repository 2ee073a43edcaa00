"""How many signals about places came in over a period. Bare numbers, not fit to be shown: who asks must protect them.

A signal about a person is never counted: it names no neighbourhood, and persons have no place in the area work
(domain reference, section 10).
"""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db.models import Count, Q

from cases.intake.models import Signal, SignalState
from cases.records.phases import Kind, State


class Counted(NamedTuple):
    """n signals of one kind about one neighbourhood, that one agency reported or took over from residents."""

    covenants: frozenset[str]
    neighbourhood: str
    kind: str
    source: int
    n: int


def counted(starts: datetime, ends: datetime, *, without: Iterable[UUID] = ()) -> tuple[Counted, ...]:
    """The signals received in [starts, ends) that name a neighbourhood.

    Not counted: what was dismissed or not admitted (nobody made up a pattern with noise), and `without`, by
    `Signal.submission`: what was itself reported because of a pattern.
    """
    gone = Q(state=SignalState.DISMISSED) | Q(merged_into__state=SignalState.DISMISSED)
    rows = (
        Signal.objects.filter(received_at__gte=starts, received_at__lt=ends, file__kind=Kind.AREA.value)
        .exclude(neighbourhood="")
        .exclude(gone)
        .exclude(file__state=State.REJECTED.value)
        .exclude(submission__in=list(without), submission__isnull=False)
    )
    found = rows.values_list("file__covenants", "neighbourhood", "kind", "reported_by_id").annotate(n=Count("pk"))
    return tuple(
        Counted(frozenset(covenants.split()), area, kind, source or 0, n)
        for covenants, area, kind, source, n in found.order_by()
    )
