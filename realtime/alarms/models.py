"""The tables of alarms. What was called stands in the event, sealed; here is only how it went on, and for whom."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q

from agreements.parties.models import Membership
from realtime.alarms.states import State
from realtime.channels.models import ChannelMember

ANSWERED = (
    "member__professional", "member__agency", "call__membership__professional", "call__membership__agency",
)  # fmt: skip
WHO_CAME = (*(f"answers__{one}" for one in ANSWERED), "calls__membership__professional")
"""What to fetch along with alarms for the names of who answered and of who ended them."""


class Alarm(models.Model):
    """What became of an event of kind alarm. step: how far it was escalated; next_at: when the next step is due.

    ended_by: the member that ended it; None also when one of its calls did.
    """

    event = models.OneToOneField("realtime.Event", models.CASCADE, related_name="alarm")
    channel = models.ForeignKey("realtime.Channel", models.CASCADE, related_name="alarms")
    sender = models.ForeignKey("realtime.ChannelMember", models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, choices=State.choices, default=State.RAISED)
    raised_at = models.DateTimeField()
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey("realtime.ChannelMember", models.PROTECT, null=True, blank=True, related_name="+")
    step = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField(null=True, blank=True, db_index=True)

    class Meta:
        ordering: ClassVar = ["-raised_at", "-id"]
        constraints: ClassVar = [
            models.CheckConstraint(name="alarm_state_known", condition=Q(state__in=State.values)),
        ]

    def __str__(self) -> str:
        return f"alarm {self.pk}"

    @property
    def ender(self) -> str:
        """The name of who ended it; "" while it runs."""
        if self.ended_at is None:
            return ""
        by = self.ended_by or next((one.membership for one in self.calls.all() if one.ended_it), None)
        return by.professional.name if by else ""


class AlarmCall(models.Model):
    """Somebody who was called and is no member of the channel. It opens this one alarm, and only as long as it counts.

    step: the escalation by which they were called first; ended_it: whether they ended the alarm by it.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    alarm = models.ForeignKey(Alarm, models.CASCADE, related_name="calls")
    membership = models.ForeignKey("agreements.Membership", models.PROTECT, related_name="+")
    step = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    ended_it = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["at", "id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["alarm", "membership"], name="alarm_called_once")]

    def __str__(self) -> str:
        return f"call {self.uid}"


class AlarmAnswer(models.Model):
    """Somebody comes: who (member or call), when they said so, and in how many minutes they expect to be there."""

    alarm = models.ForeignKey(Alarm, models.CASCADE, related_name="answers")
    member = models.ForeignKey("realtime.ChannelMember", models.PROTECT, null=True, blank=True, related_name="+")
    call = models.ForeignKey(AlarmCall, models.CASCADE, null=True, blank=True, related_name="+")
    minutes = models.PositiveSmallIntegerField()
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["at", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["alarm", "member"], name="alarm_answered_once"),
            models.UniqueConstraint(fields=["alarm", "call"], name="alarm_call_answered_once"),
            models.CheckConstraint(
                name="alarm_answered_by_one",
                condition=Q(member=None, call__isnull=False) | Q(member__isnull=False, call=None),
            ),
        ]

    def __str__(self) -> str:
        return f"answer {self.pk}"

    @property
    def by(self) -> uuid.UUID:
        """Uid of the member, or of the call."""
        return self.member.uid if self.member else self._called.uid

    @property
    def name(self) -> str:
        """Who comes."""
        return self._who.professional.name

    @property
    def agency(self) -> str:
        """The code of their agency."""
        return self._who.agency.code

    @property
    def _who(self) -> "Membership | ChannelMember":
        return self.member or self._called.membership

    @property
    def _called(self) -> AlarmCall:
        assert self.call is not None  # noqa: S101 - alarm_answered_by_one
        return self.call


class AlarmStep(models.Model):
    """An escalation that happened. called: {name, agency, membership} of everybody who was called."""

    alarm = models.ForeignKey(Alarm, models.CASCADE, related_name="steps")
    step = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    called = models.JSONField(default=list)
    desk = models.EmailField(blank=True)

    class Meta:
        ordering: ClassVar = ["step"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["alarm", "step"], name="alarm_step_once")]

    def __str__(self) -> str:
        return f"step {self.pk}"


class ControlRoom(models.Model):
    """The agency that is called for this channel when nobody answers; else the installation's setting says which."""

    channel = models.OneToOneField("realtime.Channel", models.CASCADE, related_name="control_room")
    agency = models.ForeignKey("agreements.Agency", models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"control room {self.pk}"
