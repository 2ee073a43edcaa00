"""Of whom the journal keeps its entries for now: persons whose request runs, or on whom a hold of theirs stands."""

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from cases.subject_requests.boxes import opened
from cases.subject_requests.choices import AT_WORK, State
from cases.subject_requests.finding import places_of
from cases.subject_requests.models import SubjectHold, SubjectMatch, SubjectRequest


def held_persons() -> frozenset[str]:
    """References ("subject:<uid>") of everybody who may be the one who asks, until the request is closed.

    Who looked them up is part of the answer, and of a complaint about it. Source: AVG art. 15(1)(c), 18(2).
    """
    return frozenset(f"subject:{uid}" for uid in {*_matched(), *_not_asked_yet(), *_held()})


def _matched() -> Iterator[UUID]:
    return SubjectMatch.objects.filter(request__state__in=AT_WORK).values_list("subject", flat=True).iterator()


def _not_asked_yet() -> Iterator[UUID]:
    """Before the identity stands nobody was looked up for the request; what it says finds them here as well."""
    for box in SubjectRequest.objects.filter(state=State.INTAKE).values_list("person", flat=True):
        person = opened(box)
        yield from (who for _case, who in places_of(person["name"], date.fromisoformat(person["born_on"])))


def _held() -> Iterator[UUID]:
    return SubjectHold.objects.filter(lifted_at=None).values_list("subject", flat=True).iterator()
