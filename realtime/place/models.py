"""Transient state of members: overwritten, erased at its end, without versions. And the locked bytes of photos."""

import uuid
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """What somebody says of themselves."""

    OUT = "out", _("Op straat")
    LISTENING = "listening", _("Luistert mee")
    AWAY = "away", _("Even weg")


class Presence(models.Model):
    """What a member says they do, and when a phone of theirs was last connected."""

    member = models.OneToOneField("realtime.ChannelMember", models.CASCADE, related_name="presence")
    state = models.CharField(max_length=9, choices=State.choices, default=State.LISTENING)
    heard_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"presence {self.pk}"


class Share(models.Model):
    """A member's own choice to let the channel know where they are, until `until`; the row is deleted at its end.

    locked: the last position (JSON: lat, lon in degrees WGS 84, accuracy in metres), boxed; moved_at: when it was set.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    member = models.OneToOneField("realtime.ChannelMember", models.CASCADE, related_name="share")
    started_at = models.DateTimeField()
    until = models.DateTimeField(db_index=True)
    locked = models.TextField(blank=True)
    moved_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"share {self.uid}"


class ShareTold(models.Model):
    """That a member was told of a share, so that the journal has one entry of it and not one per step."""

    share = models.ForeignKey(Share, models.CASCADE, related_name="told")
    member = models.ForeignKey("realtime.ChannelMember", models.CASCADE, related_name="+")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["share", "member"], name="share_told_once")]

    def __str__(self) -> str:
        return f"told {self.pk}"


class StreetPhoto(models.Model):
    """The picture of an event of kind photo: bytes locked under their own key, which opens with the installation's."""

    event = models.OneToOneField("realtime.Event", models.CASCADE, related_name="photo")
    name = models.CharField(max_length=120)
    type = models.CharField(max_length=40)
    locked = models.BinaryField()
    key = models.CharField(max_length=200)

    def __str__(self) -> str:
        return f"photo {self.pk}"
