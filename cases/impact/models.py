"""A calculation of what a draft would change in the caseload: counts only, never a fact."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class RunState(models.TextChoices):
    """How far a calculation is."""

    QUEUED = "queued", _("In de wachtrij")
    RUNNING = "running", _("Bezig")
    DONE = "done", _("Klaar")
    FAILED = "failed", _("Mislukt")


class ImpactRun(models.Model):
    """One calculation, for the agency of who asked. subject: "draft:<uid>" or "version:<code>:<number>".

    subject_hash: SHA-256 of the text that was compared; epoch: the rules it was compared with. result: counts
    per recipient, source and field, before small numbers are hidden; pages hide them per reader.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    subject = models.CharField(max_length=120)
    subject_hash = models.CharField(max_length=64)
    epoch = models.PositiveBigIntegerField()
    agency = models.ForeignKey("agreements.Agency", models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, choices=RunState.choices, default=RunState.QUEUED)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    result = models.JSONField(null=True, blank=True)
    problem = models.CharField(max_length=240, blank=True)
    asked_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-asked_at"]
        indexes = [models.Index(fields=["subject", "-asked_at"], name="impact_of_subject")]
        constraints = [models.CheckConstraint(name="impact_state_known", condition=Q(state__in=RunState.values))]

    def __str__(self) -> str:
        return f"impact {self.uid}"
