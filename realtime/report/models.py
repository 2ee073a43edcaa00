"""The table of reports on paper. Their words are those of the log: nothing else is copied."""

from typing import ClassVar

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
