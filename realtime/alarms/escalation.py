"""Calls further people when nobody answers an alarm: on a clock, each step exactly once, also without any socket.

The loop `manage.py watch_alarms` and the look of every hub come here; whoever comes first takes the step.
"""

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from agreements.covenants.rules import operator
from agreements.parties.models import Membership
from agreements.parties.reader import visit_of
from audit.journal.appender import append
from audit.journal.entry import Action, Entry, Outcome
from audit.journal.scope import write_scope
from cases.disclosure.reading import Reading
from foundation import clock
from realtime.alarms.commands import control_room_of
from realtime.alarms.models import Alarm, AlarmCall, AlarmStep
from realtime.alarms.states import State
from realtime.alarms.tasks import call_after_commit
from realtime.channels.commands.log import note
from realtime.channels.commands.members import candidates
from realtime.channels.models import Channel
from realtime.channels.telling import Hearer, events_named, hearer_of, known_events

LEADER, CONTROL_ROOM = 1, 2
ROUTE = "watch_alarms"


def escalate_due(channel: Channel | None = None) -> int:
    """Take every step that is due now, of one channel or of all; returns how many this call took."""
    now = clock.now()
    due = Alarm.objects.filter(
        Q(channel__closed_at=None, channel__ends_at__gt=now), state=State.RAISED, next_at__lte=now
    )
    if channel is not None:
        due = due.filter(channel=channel)
    return sum(_take_step(pk) for pk in due.order_by("next_at").values_list("pk", flat=True))


def _take_step(pk: int) -> bool:
    """The next step of one alarm, if it is still due; another process that is at it leaves nothing to do here."""
    with transaction.atomic(), write_scope():
        now = clock.now()
        # SQLite has one writer at a time and knows no row locks: Django leaves this out there.
        found = Alarm.objects.select_for_update(of=("self",), skip_locked=True)
        alarm = found.filter(pk=pk, state=State.RAISED, next_at__lte=now).first()
        if alarm is None:
            return False
        _escalate(alarm, step=alarm.step + 1, at=now)
        return True


def _escalate(alarm: Alarm, *, step: int, at: datetime) -> None:
    channel = Channel.objects.select_related("case", "leader__professional", "leader__agency").get(pk=alarm.channel_id)
    membership = alarm.sender.membership
    reading = _reading(membership)
    desk = control_room_of(channel) if step == CONTROL_ROOM else None
    asked = _leaders(channel, membership, at) if step == LEADER else _at_desk(channel, desk, at)
    called = _who_may_know(alarm, channel, [one for one in asked if one.pk != membership.pk])
    row = AlarmStep.objects.create(
        alarm=alarm, step=step, at=at, desk=desk.contact_email if desk and called else "",
        called=[{"name": one.professional.name, "agency": one.agency.code, "membership": one.pk} for one in called],
    )  # fmt: skip
    _call(alarm, channel, called, step=step, at=at)
    later = alarm.raised_at + timedelta(seconds=settings.ALARM_CONTROL_SECONDS)
    alarm.step, alarm.next_at = step, later if step == LEADER else None
    alarm.save(update_fields=["step", "next_at"])
    names = ", ".join(one.professional.name for one in called)
    note(channel, reading, f"alarm_step{step}", by=names[:120], target=alarm.event)
    append([_entry(alarm, channel, reading, row)])
    call_after_commit(row.pk)


def _call(alarm: Alarm, channel: Channel, called: Sequence[Membership], *, step: int, at: datetime) -> None:
    """A call for each of them that is no member of the channel; the first one stands."""
    members = set(channel.members.filter(left_at=None).values_list("membership_id", flat=True))
    members |= set(alarm.calls.values_list("membership_id", flat=True))
    fresh = [one for one in called if one.pk not in members]
    AlarmCall.objects.bulk_create([AlarmCall(alarm=alarm, membership=one, step=step, at=at) for one in fresh])


def _leaders(channel: Channel, sender: Membership, at: datetime) -> list[Membership]:
    """The leader of the channel, and the team leads of the sender's agency who take part in the case."""
    leader = channel.leader_id
    found = candidates(channel.case, at=at).filter(Q(pk=leader) | Q(agency_id=sender.agency_id))
    return [one for one in found if one.pk == leader or "team_lead" in one.roles]


def _at_desk(channel: Channel, desk: Any, at: datetime) -> list[Membership]:
    return list(candidates(channel.case, at=at).filter(agency=desk)) if desk else []


def _who_may_know(alarm: Alarm, channel: Channel, asked: Sequence[Membership]) -> list[Membership]:
    """Those of them for whom the covenant does not keep the alarm silent; nobody else is called."""
    events = events_named(channel, [alarm.event.uid])
    hearers: dict[int, Hearer] = {}
    for one in asked:
        hearers[one.pk] = hearer_of(_reading(one), channel.case, alarm.event.uid, None)
    known = known_events(channel, events, hearers.values(), route=ROUTE) if hearers else {}
    return [one for one in asked if alarm.event.uid in known[hearers[one.pk].view]]


def _reading(membership: Membership) -> Reading:
    visit = visit_of(membership, strength="password", trace_id=secrets.token_hex(16))
    return Reading.begin(visit, route=ROUTE, event="alarm.escalated")


def _entry(alarm: Alarm, channel: Channel, reading: Reading, row: AlarmStep) -> Entry:
    by = operator(ROUTE)
    return Entry(
        event_type="alarm.escalated", action=Action.EXECUTE, outcome=Outcome.OK, actor_ref=by.actor_ref,
        agency_ref=by.agency_ref, case_ref=channel.case.ref, route=ROUTE, trace_id=reading.visit.trace_id,
        policy_epoch=reading.policy.epoch, catalogue_hash=reading.policy.catalogue.hash,
        detail={
            "channel": str(channel.uid), "event": str(alarm.event.uid), "step": row.step, "called": len(row.called),
        },
    )  # fmt: skip
