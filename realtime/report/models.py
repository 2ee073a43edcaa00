"""The tables of reports on paper, and of what was taken over from the log. No words of it stand here."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from cases.papers.models import PaperBase, PaperState


class ChannelPaper(PaperBase):
    """The PDF of a channel's report for one recipient. It goes with the channel, and when words of it are erased."""

    BOX = "channel-paper"

    channel = models.ForeignKey("realtime.Channel", models.CASCADE, related_name="papers")

    class Meta(PaperBase.Meta):
        abstract = False
        indexes: ClassVar = [models.Index(fields=["channel", "membership", "-asked_at"], name="channel_papers_of")]
        constraints: ClassVar = [
            models.CheckConstraint(name="channel_paper_state_known", condition=Q(state__in=PaperState.values)),
        ]


class TakenOver(models.Model):
    """Where an entry of a channel's log went: which message, and what it became. Written once.

    event, channel: their uids, which stay when the words themselves are erased. case: that of the contributions, or the
    file of the signal; with it this goes. contributions: their uids; signal: its number. fields: codes of what was
    taken over.
    """

    event = models.UUIDField(unique=True)
    channel = models.UUIDField()
    said_at = models.DateTimeField()
    source = models.ForeignKey("agreements.Agency", models.PROTECT, related_name="+")
    case = models.ForeignKey("cases.Case", models.CASCADE, related_name="+")
    contributions = models.JSONField(default=list, blank=True)
    signal = models.CharField(max_length=32, blank=True)
    fields = models.CharField(max_length=400)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["at", "id"]

    def __str__(self) -> str:
        return f"taken {self.event}"
