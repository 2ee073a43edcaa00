"""Pure decisions about versions: what state they are in, when they hold, how they follow each other.

What people did is stored (State); what the clock did with it is worked out here (Standing).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

REGISTER_READERS = frozenset({"privacy_officer", "legal_counsel", "signatory", "contact_point"})
"""Roles that read the record of processing of their own agency. Source: AVG art. 30."""

Span = tuple[datetime, datetime | None]
"""From (inclusive) until (exclusive; None = no end)."""


class State(TextChoices):
    """How far people have brought a version. `AGREED`: every required signature stands."""

    DRAFT = "draft", _("Concept")
    CONSULTATION = "consultation", _("In consultatie")
    FOR_SIGNATURE = "for_signature", _("Ter ondertekening")
    AGREED = "agreed", _("Getekend")
    WITHDRAWN = "withdrawn", _("Ingetrokken")


class Standing(TextChoices):
    """What a version is at a moment. Only `IN_FORCE` grants anything."""

    DRAFT = "draft", _("Concept")
    CONSULTATION = "consultation", _("In consultatie")
    FOR_SIGNATURE = "for_signature", _("Ter ondertekening")
    SCHEDULED = "scheduled", _("Getekend, nog niet begonnen")
    IN_FORCE = "in_force", _("Van kracht")
    SUSPENDED = "suspended", _("Opgeschort")
    AMENDED = "amended", _("Vervangen door een nieuwe versie")
    EXPIRED = "expired", _("Verlopen")
    ENDED = "ended", _("Beëindigd")
    WITHDRAWN = "withdrawn", _("Ingetrokken voor ondertekening")


class Outcome(StrEnum):
    """What loading did."""

    IN_FORCE = "in_force"
    FOR_SIGNATURE = "for_signature"
    SIGNED = "signed"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True, kw_only=True)
class Author:
    """Who writes, as the journal names them; of the covenant's own tables nobody writes without one."""

    actor_ref: str
    agency_ref: str
    name: str = ""
    trace_id: str = ""


def operator(tool: str) -> Author:
    """The operator of this installation, at work with a tool ("load_covenant")."""
    return Author(actor_ref=f"operator:{tool}", agency_ref="installation")


def contains(span: Span, at: datetime) -> bool:
    """Whether a moment lies in [starts, ends)."""
    starts, ends = span
    return starts <= at and (ends is None or at < ends)


def standing(
    *,
    state: str,
    term: Span,
    suspensions: Iterable[Span],
    has_successor: bool,
    at: datetime,
    ended_at: datetime | None = None,
) -> Standing:
    """What a version is at a moment. has_successor: a later version ended this one; ended_at: the parties did."""
    if state != State.AGREED:
        return Standing(state)
    starts, ends = term
    if at < starts:
        return Standing.SCHEDULED
    if ends is not None and ends <= at:
        if has_successor:
            return Standing.AMENDED
        return Standing.ENDED if ends == ended_at else Standing.EXPIRED
    return Standing.SUSPENDED if any(contains(span, at) for span in suspensions) else Standing.IN_FORCE


def without(term: Span, gaps: Iterable[Span]) -> tuple[Span, ...]:
    """`term` less every gap, in order of time; what is empty is left out.

    The rule that a suspended covenant grants nothing, for past moments as for this one.
    """
    starts, ends = term
    left: list[Span] = []
    for gap_starts, gap_ends in sorted(gaps, key=lambda gap: gap[0]):
        if ends is not None and gap_starts >= ends:
            break
        if gap_starts > starts:
            left.append((starts, gap_starts))
        if gap_ends is None:
            return tuple(left)
        starts = max(starts, gap_ends)
    if ends is None or starts < ends:
        left.append((starts, ends))
    return tuple(left)


def start_of_force(
    *, declared: datetime, first_signed: datetime | None, now: datetime, decided_before: bool
) -> datetime:
    """The moment from which a version rules.

    declared: what the parties agreed. first_signed: start of the day of the first signature; before it
    nobody is bound. decided_before: this installation has answered questions of these days under an
    earlier text; those answers stand, so the version rules from now on and not before.
    """
    starts = declared if first_signed is None else max(declared, first_signed)
    return max(starts, now) if decided_before else starts
