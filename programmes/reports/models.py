"""Reports of a programme per half-year. What a report tells is public; the PDF is kept as it was made."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class ReportState(models.TextChoices):
    """How far the making of a report is."""

    QUEUED = "queued", _("Wacht op de drukker")
    RUNNING = "running", _("Wordt gemaakt")
    DONE = "done", _("Klaar")
    FAILED = "failed", _("Mislukt")


class HalfYearReport(models.Model):
    """What is told of a programme over half a year. half: 1 or 2. words: of who leads it.

    content: the PDF, sealed by this installation; sha256: of its bytes. Until it is published, only who leads reads it.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    programme = models.ForeignKey("programmes.Programme", models.CASCADE, related_name="half_years")
    year = models.PositiveSmallIntegerField()
    half = models.PositiveSmallIntegerField()
    words = models.TextField()
    state = models.CharField(max_length=8, choices=ReportState.choices, default=ReportState.QUEUED)
    asked_at = models.DateTimeField()
    made_at = models.DateTimeField(null=True, blank=True)
    content = models.BinaryField(null=True)
    sha256 = models.CharField(max_length=64, blank=True)
    published_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-year", "-half"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="half_year_report_once", fields=["programme", "year", "half"]),
            models.CheckConstraint(name="half_year_known", condition=Q(half__in=[1, 2])),
            models.CheckConstraint(name="half_year_state_known", condition=Q(state__in=ReportState.values)),
            models.CheckConstraint(
                name="half_year_done_has_content",
                condition=~Q(state=ReportState.DONE) | Q(content__isnull=False, made_at__isnull=False),
            ),
            models.CheckConstraint(
                name="half_year_published_is_done", condition=Q(published_on=None) | Q(state=ReportState.DONE)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.programme_id} {self.year}-{self.half}"

    @property
    def is_busy(self) -> bool:
        """Whether it is still being made."""
        return self.state in (ReportState.QUEUED, ReportState.RUNNING)
