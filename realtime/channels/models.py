"""The tables of channels. An event is sealed like a contribution and opens by the same path; the log never changes."""

import uuid
from datetime import datetime, timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.records.sealed import SealedField

SEPARATOR = "\x1f"
"""Between the pieces of one field of an event (ASCII unit separator); nobody can type it."""


class Scope(models.TextChoices):
    """What a channel is for."""

    CASE = "case", _("Casus")
    AREA = "area", _("Gebied")
    OPERATION = "operation", _("Actie")


class Kind(models.TextChoices):
    """What an event is. The covenant decides by the fields of its words, not by its kind."""

    MESSAGE = "message", _("Bericht")
    STATUS = "status", _("Snelle melding")
    FACT = "fact", _("Gegeven uit de casus")
    PHOTO = "photo", _("Foto")
    PLACE = "place", _("Plek")
    TASK = "task", _("Taak")
    QUESTION = "question", _("Vraag")
    HANDOVER = "handover", _("Overdracht")
    ALARM = "alarm", _("Alarm")
    NOTICE = "notice", _("Mededeling")


class Channel(models.Model):
    """A live thread of a street team, in one case (of persons or of an area), under one covenant.

    scope `operation`: one evening or action within a case. title: names no persons. under: code of the covenant under
    which its messages are given, one of the case. leader: who leads the team. ends_at: the term; from then on it gives
    nothing. head: number of the newest event. revision: goes up with every change of members, leader or term.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey("cases.Case", models.CASCADE, related_name="channels")
    scope = models.CharField(max_length=9, choices=Scope.choices)
    title = models.CharField(max_length=80)
    under = models.CharField(max_length=40)
    lead = models.ForeignKey("agreements.Agency", models.PROTECT, related_name="+")
    leader = models.ForeignKey("agreements.Membership", models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    head = models.PositiveBigIntegerField(default=0)
    revision = models.PositiveBigIntegerField(default=0)
    submission = models.UUIDField(null=True, blank=True, unique=True)

    class Meta:
        ordering: ClassVar = ["-opened_at", "-id"]
        constraints: ClassVar = [
            models.CheckConstraint(name="channel_scope_known", condition=Q(scope__in=Scope.values)),
            models.CheckConstraint(name="channel_ends_after_opening", condition=Q(ends_at__gt=models.F("opened_at"))),
        ]

    def __str__(self) -> str:
        return f"channel {self.uid}"

    @property
    def ref(self) -> str:
        """How the journal knows it."""
        return f"channel:{self.uid}"

    @property
    def ended_at(self) -> datetime:
        """When it ends or ended: closed by hand, or at its term."""
        return min(self.closed_at or self.ends_at, self.ends_at)

    def has_ended(self, at: datetime) -> bool:
        """Whether it was closed or is past its term."""
        return self.closed_at is not None or self.ends_at <= at

    @property
    def looked_back_until(self) -> datetime:
        """Until when who led it reads its log after its end (rights.looked_back_at)."""
        return self.ended_at + timedelta(hours=settings.CHANNEL_AFTERWARDS_HOURS)


class ChannelMember(models.Model):
    """A professional in a channel from `joined_at` until `left_at`, in one membership of an agency.

    The row gives no right by itself: the agency must still take part in the case and the covenant must still hold.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    channel = models.ForeignKey(Channel, models.CASCADE, related_name="members")
    membership = models.ForeignKey("agreements.Membership", models.PROTECT, related_name="+")
    professional = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    agency = models.ForeignKey("agreements.Agency", models.PROTECT, related_name="+")
    joined_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["joined_at", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["channel", "membership"], condition=Q(left_at=None), name="member_once"),
        ]

    def __str__(self) -> str:
        return f"member {self.uid}"


class Event(models.Model):
    """One entry of a channel's log: written once, never changed; erased at the end of its term.

    seq: gapless within the channel, given in the transaction that stores it; no reader ever sees it.
    layout: codes of the fields of its pieces in the order of the sentence; the pieces of one field stand in its value
        with SEPARATOR between. client: made by the sender, so that sending again is harmless.
    heard: codes of the only agencies that may know of it; "" leaves it to the covenant. target: the event it answers.
    fact, fact_field: uid of a contribution and code of its field, read by each through disclosure.
    notice, notice_by: what happened to the channel itself (code, name); every member may know that.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    channel = models.ForeignKey(Channel, models.CASCADE, related_name="events", db_index=False)
    seq = models.PositiveBigIntegerField()
    kind = models.CharField(max_length=8, choices=Kind.choices)
    case = models.ForeignKey("cases.Case", models.CASCADE, related_name="+")
    about = models.ForeignKey(
        "cases.CaseSubject", models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    source = models.ForeignKey("agreements.Agency", models.PROTECT, related_name="+", db_index=False)
    author = models.ForeignKey(ChannelMember, models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    under = models.CharField(max_length=200)
    values = SealedField()
    present = models.CharField(max_length=64)
    layout = models.CharField(max_length=400, blank=True)
    heard = models.CharField(max_length=400, blank=True)
    given_at = models.DateTimeField()
    target = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="answers", db_index=False)
    fact = models.UUIDField(null=True, blank=True)
    fact_field = models.CharField(max_length=40, blank=True)
    notice = models.CharField(max_length=20, blank=True)
    notice_by = models.CharField(max_length=120, blank=True)
    client = models.UUIDField(null=True, blank=True)

    withdrawn_at = None

    class Meta:
        ordering: ClassVar = ["channel", "seq"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["channel", "seq"], name="event_number_once"),
            models.UniqueConstraint(fields=["author", "client"], name="event_sent_once"),
            models.CheckConstraint(name="event_kind_known", condition=Q(kind__in=Kind.values)),
        ]
        # Few and small: somebody waits for each message to be stored. An author is of one channel.
        indexes: ClassVar = [
            models.Index(fields=["about"], condition=Q(about__isnull=False), name="event_about"),
            models.Index(fields=["target"], condition=Q(target__isnull=False), name="event_answers"),
        ]

    def __str__(self) -> str:
        return f"event {self.uid}"


class Receipt(models.Model):
    """How far one member's phone got, and how far its owner read; numbers of events. Not a change of the log."""

    member = models.OneToOneField(ChannelMember, models.CASCADE, related_name="receipt")
    stored = models.PositiveBigIntegerField(default=0)
    seen = models.PositiveBigIntegerField(default=0)
    seen_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"receipt {self.pk}"
