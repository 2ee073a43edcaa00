"""Suspending a covenant as a whole, and resuming it."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from agreements.covenants.commands.shared import Event, covenant_named, finish, from_now, not_ended_at
from agreements.covenants.epoch import lock_epoch
from agreements.covenants.models import Suspension
from agreements.covenants.rules import Author
from agreements.covenants.vouching import row_of
from audit.journal.entry import Action
from audit.journal.scope import write_scope
from foundation import clock
from foundation.errors import Invalid, NotFound


@transaction.atomic
def suspend_covenant(
    code: str, *, reason: str, by: Author, starts: datetime | None = None, ends: datetime | None = None
) -> Suspension:
    """From `starts` (default now) until `ends` (exclusive; None = until resumed) the covenant grants nothing.

    Raises:
        NotFound: no such covenant.
        Invalid: already suspended, a start in the past, an end before the start, or no reason.
    """
    lock_epoch()
    covenant, moment = covenant_named(code), from_now(starts, field="starts")
    if not reason.strip():
        raise Invalid(_("Een opschorting heeft een reden."), remedy=_("Schrijf waarom."), field="reason")
    if ends is not None and ends <= moment:
        raise Invalid(_("De opschorting eindigt voordat zij begint."), field="ends")
    if covenant.suspensions.filter(not_ended_at(moment)).exists():
        raise Invalid(_("Dit convenant is al opgeschort."), remedy=_("Hervat het eerst."), field="starts")
    with write_scope(reason="covenant.suspended"):
        row = Suspension.objects.create(covenant=covenant, starts=moment, ends=ends, reason=reason.strip())
        detail = {"starts": moment.isoformat(), "ends": ends.isoformat() if ends else ""}
        event = Event(
            type="covenant.suspended", action=Action.UPDATE, covenant=code, detail=detail, reason=row.reason,
            rows=(row_of(row),),
        )  # fmt: skip
        finish(by, [event])
    return row


@transaction.atomic
def resume_covenant(code: str, *, by: Author, reason: str = "") -> Suspension:
    """End the suspension now; one that had not begun never was.

    Raises NotFound: no such covenant, or it is neither suspended nor about to be.
    """
    lock_epoch()
    moment = clock.now()
    row = covenant_named(code).suspensions.filter(not_ended_at(moment)).first()
    if row is None:
        raise NotFound(_("Dit convenant is niet opgeschort."))
    rows = (row_of(row),)
    with write_scope(reason="covenant.resumed"):
        if row.starts < moment:
            row.ends = moment
            row.save(update_fields=["ends"])
        else:
            row.delete()
        event = Event(type="covenant.resumed", action=Action.UPDATE, covenant=code, reason=reason, rows=rows)
        finish(by, [event])
    return row
