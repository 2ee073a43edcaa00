"""Erases messages at the end of their term, and channels that ended when nothing is left in them."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from agreements.covenants.rules import Author
from audit.journal.appender import append
from audit.journal.entry import Action, Entry, Outcome
from audit.journal.scope import write_scope
from cases.retention.terms import terms_of
from foundation import clock
from realtime.channels.models import Channel, Event

_WITH_THEM: dict[str, Callable[[Channel], object]] = {}


def when_erased(name: str, act: Callable[[Channel], object]) -> None:
    """Call `act` in the transaction that erases words of a channel. The same name again replaces it."""
    _WITH_THEM[name] = act


def erase_due(*, by: Author) -> dict[str, int]:
    """Erase what is past its term in every channel; returns per channel (its ref) how many messages went.

    The term is CHANNEL_KEEP_DAYS or what the covenant of the channel says of `street_message`, whichever ends first.
    An answer goes with what it answers: without it, it would be told to who may not know of that. Receipts hold only
    numbers and go with their channel. Source: AVG art. 5(1)(e).
    """
    found = {}
    for channel in Channel.objects.select_related("case").order_by("pk"):
        if gone := _erase(channel, by=by, at=clock.now()):
            found[channel.ref] = gone
    return found


@transaction.atomic
def _erase(channel: Channel, *, by: Author, at: datetime) -> int:
    past = _past(channel, at)
    if not past:
        return 0
    with write_scope(reason="erase_channels"):
        left = past
        while left:
            left = set(Event.objects.filter(target_id__in=left).values_list("pk", flat=True)) - past
            past |= left
        for act in _WITH_THEM.values():
            act(channel)
        # With what hangs from them: photos, and alarms with their answers and steps.
        Event.objects.filter(pk__in=past).delete()
        if channel.ends_at <= at and not channel.events.exists():
            channel.delete()
        append([_entry(channel, len(past), by)])
    return len(past)


def _past(channel: Channel, at: datetime) -> set[int]:
    """The events whose term is over."""
    kind, longest = "street_message", timedelta(days=settings.CHANNEL_KEEP_DAYS)
    days = f"P{settings.CHANNEL_KEEP_DAYS}D"
    term = terms_of([channel.under], at=at, kinds={kind: days})[kind]
    today = at.astimezone(clock.AMSTERDAM).date()
    return {
        pk
        for pk, given_at in channel.events.values_list("pk", "given_at")
        if given_at + longest <= at or term.after(given_at.astimezone(clock.AMSTERDAM).date()) <= today
    }


def _entry(channel: Channel, count: int, by: Author) -> Entry:
    return Entry(
        event_type="channel.erased", action=Action.DELETE, outcome=Outcome.OK, actor_ref=by.actor_ref,
        agency_ref=by.agency_ref, case_ref=channel.case.ref, detail={"channel": str(channel.uid), "events": count},
    )  # fmt: skip
