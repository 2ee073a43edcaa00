"""What every table of papers has. Each room that has papers adds what its paper is of."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class PaperState(models.TextChoices):
    """How far the making of a paper is."""

    QUEUED = "queued", _("In de wachtrij")
    RUNNING = "running", _("Bezig")
    DONE = "done", _("Klaar")
    FAILED = "failed", _("Mislukt")


class PaperBase(models.Model):
    """A PDF for one recipient, made in the background, kept encrypted for a day. Not guarded.

    membership: the recipient, who alone may fetch it; asked_by: who ordered it. purposes, pinned, case_pinned: for
    what the recipient reads, as a session or a token has it. view: hash of what was printed; at download it must still
    be the same, else it is made anew. problem: a code; articles: those that forbid a copy.
    BOX: under which use of the installation's key its content is closed.
    """

    BOX: ClassVar[str]

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    agency = models.ForeignKey("agreements.Agency", models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    membership = models.PositiveBigIntegerField()
    purposes = models.JSONField(default=dict, blank=True)
    pinned = models.CharField(max_length=40, blank=True)
    case_pinned = models.CharField(max_length=32, blank=True)
    language = models.CharField(max_length=5, default="nl")
    state = models.CharField(max_length=8, choices=PaperState.choices, default=PaperState.QUEUED)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    view = models.CharField(max_length=64, blank=True)
    content = models.BinaryField(null=True, blank=True)
    problem = models.CharField(max_length=16, blank=True)
    articles = models.CharField(max_length=240, blank=True)
    asked_at = models.DateTimeField()
    made_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True
        ordering: ClassVar = ["-asked_at"]

    def __str__(self) -> str:
        return f"paper {self.uid}"
