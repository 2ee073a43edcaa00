"""The tables of alarms. What was called stands in the event, sealed; here is only how it went on, and for whom."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from realtime.alarms.states import State


class Alarm(models.Model):
    """What became of an event of kind alarm. step: how far it was escalated; next_at: when the next step is due."""

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


class AlarmAnswer(models.Model):
    """Somebody comes: who, when they said so, and in how many minutes they expect to be there."""

    alarm = models.ForeignKey(Alarm, models.CASCADE, related_name="answers")
    member = models.ForeignKey("realtime.ChannelMember", models.PROTECT, related_name="+")
    minutes = models.PositiveSmallIntegerField()
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["at", "id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["alarm", "member"], name="alarm_answered_once")]

    def __str__(self) -> str:
        return f"answer {self.pk}"


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
