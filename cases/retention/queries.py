"""Each read of retention: the calendar, what runs, what was done. Numbers of cases and dates; never a fact."""

from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from audit.journal.apart import append_apart
from cases.disclosure.reading import Reading
from cases.retention import events
from cases.retention.calendar import Line, calendar
from cases.retention.models import Destruction, DestructionState, RenewalConsent, RetentionHold
from cases.retention.rights import (
    APPROVING,
    PROPOSING,
    case_for_terms,
    cases_for,
    certified_for,
    check_reader,
    destructions_for,
)
from foundation import clock
from foundation.errors import NotFound

MOST = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """The calendar for this reader, renewals that wait for its agency, and the newest certificates."""

    lines: tuple[Line, ...]
    asked: tuple[RenewalConsent, ...]
    refused: tuple[Destruction, ...]
    done: tuple[Destruction, ...]
    holds: tuple[RetentionHold, ...]
    may_propose: bool
    may_approve: bool
    who: int


def overview(reading: Reading) -> Overview:
    """All of the page; looking at it is journalled. Raises Refused for a role that keeps no terms."""
    check_reader(reading)
    append_apart([reading.entry(event=events.READ)])
    cases = cases_for(reading)
    done = certified_for(reading).filter(state=DestructionState.DONE)
    refused = destructions_for(reading).filter(
        ground="renewal_refused", state__in=[DestructionState.PROPOSED, DestructionState.APPROVED]
    )
    asked = RenewalConsent.objects.filter(agency_id=reading.visit.agency.id, agrees=None)
    return Overview(
        lines=calendar(cases, at=reading.at)[:MOST],
        asked=tuple(asked.select_related("renewal__case").order_by("renewal__asked_at")),
        refused=tuple(refused.select_related("source").order_by("proposed_at")),
        done=tuple(done.order_by("-done_at")[:20]),
        holds=tuple(RetentionHold.objects.filter(case__in=cases, ends=None).select_related("case")),
        may_propose=bool(reading.visit.roles & PROPOSING),
        may_approve=bool(reading.visit.roles & APPROVING),
        who=reading.visit.professional_id,
    )


def certificate(reading: Reading, uid: UUID) -> Destruction:
    """One destruction that was done, with its certificate; journalled. Raises Refused, NotFound."""
    check_reader(reading)
    found = certified_for(reading).filter(uid=uid, state=DestructionState.DONE)
    one = found.select_related("proposed_by", "approved_by").first()
    if one is None:
        raise NotFound(_("Deze verklaring bestaat niet, of niet voor u."), remedy=_("Ga terug naar de kalender."))
    append_apart([reading.entry(event=events.CERTIFICATE, case_ref=one.case.ref, detail={"destruction": str(one.uid)})])
    return one


def check_case(reading: Reading, number: str) -> None:
    """Raises Refused or NotFound when this reader does not keep the terms of this case."""
    check_reader(reading)
    case_for_terms(reading, number)


def held_cases() -> frozenset[str]:
    """References ("case:<uid>") of the cases under a hold, for the journal: its entries of them stay too."""
    standing = RetentionHold.objects.filter(starts__lte=clock.now(), ends=None)
    return frozenset(f"case:{uid}" for uid in standing.values_list("case__uid", flat=True).distinct())
