"""What every write about a covenant does: find it, refuse the past, and close with an entry and a new epoch."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from agreements.covenants.epoch import bump_epoch, current_epoch
from agreements.covenants.models import Covenant
from agreements.covenants.rules import Author
from agreements.covenants.vouching import refs_of
from agreements.parties.reader import Visit
from audit.journal.appender import append
from audit.journal.entry import Action, Entry, Outcome
from audit.ports import Row
from foundation import clock
from foundation.errors import Invalid, NotFound


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """What happened to a covenant. reason: free text, kept by the journal so that it can be erased.

    rows: of the covenant's own tables, all that it made, changed or took away (vouching.row_of).
    """

    type: str
    action: Action
    covenant: str
    detail: Mapping[str, str | int] = field(default_factory=dict)
    reason: str = ""
    rows: tuple[Row, ...] = ()


def finish(by: Author, events: Sequence[Event]) -> None:
    """Move the epoch and journal the events: the last act of every command, in its write scope."""
    epoch = bump_epoch()
    append([_entry(by, event, epoch=epoch) for event in events])


def journal(by: Author, events: Sequence[Event]) -> None:
    """Journal events that change no rule: the epoch stays. In a write scope, as `finish`."""
    append([_entry(by, event, epoch=current_epoch().number) for event in events])


def author_of(visit: Visit) -> Author:
    """The person of a visit as the one who writes."""
    return Author(actor_ref=visit.actor_ref, agency_ref=visit.agency_ref, name=visit.name, trace_id=visit.trace_id)


def covenant_named(code: str) -> Covenant:
    """The covenant with this code. Raises NotFound."""
    found = Covenant.objects.filter(code=code).first()
    if found is None:
        raise NotFound(_("Dit convenant bestaat niet."), field="code")
    return found


def from_now(moment: datetime | None, *, field: str) -> datetime:
    """`moment`, or now. Raises Invalid for a past one: what was decided then stands."""
    now = clock.now()
    if moment is not None and moment < now:
        raise Invalid(
            _("Dat moment is geweest; wat toen besloten is, blijft staan."),
            remedy=_("Kies een moment vanaf nu."),
            field=field,
        )
    return moment or now


def not_ended_at(moment: datetime) -> Q:
    """Rows that have not ended at a moment, begun or not."""
    return Q(ends=None) | Q(ends__gt=moment)


def _entry(by: Author, event: Event, *, epoch: int) -> Entry:
    return Entry(
        event_type=event.type,
        action=event.action,
        outcome=Outcome.OK,
        actor_ref=by.actor_ref,
        actor_name=by.name,
        agency_ref=by.agency_ref,
        reason=event.reason,
        history=refs_of(event.rows),
        policy_epoch=epoch,
        detail={"covenant": event.covenant, **event.detail},
        trace_id=by.trace_id,
    )
