"""Answers as counts only, who answered apart from them, and the points that low scores put on the agenda."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

LOWEST, HIGHEST = 1, 5


class Criterion(models.TextChoices):
    """What cooperation stands or falls with."""

    URGENCY = "urgency", _("Wij voelen dezelfde urgentie")
    DIRECTION = "direction", _("Wij zijn het eens over de richting")
    LEAD = "lead", _("De trekker heeft gezag bij iedereen")
    EXCHANGE = "exchange", _("Wij delen wat de ander nodig heeft")
    LINES = "lines", _("Mijn eigen leiding is snel bereikbaar")
    RESULTS = "results", _("Wij letten op resultaat")
    ROOM = "room", _("Professionals krijgen de ruimte")


class PulseCount(models.Model):
    """How often people of a partner gave each score in a quarter. counts: criterion → how often 1, 2, 3, 4, 5.

    One row that is written whole at each answer: neither its order nor its parts tell of one person.
    """

    programme = models.ForeignKey("programmes.Programme", models.CASCADE, related_name="pulse_counts")
    agency = models.ForeignKey("agreements.Agency", models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    quarter = models.PositiveSmallIntegerField()
    counts = models.JSONField(default=dict)

    class Meta:
        ordering: ClassVar = ["year", "quarter", "agency__name"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="pulse_count_once", fields=["programme", "agency", "year", "quarter"]),
            models.CheckConstraint(name="pulse_quarter_known", condition=Q(quarter__in=[1, 2, 3, 4])),
        ]

    def __str__(self) -> str:
        return f"{self.programme_id} {self.year}-{self.quarter}"


class PulseVoice(models.Model):
    """That somebody answered in a quarter, so that nobody does twice. Nothing of what was answered."""

    programme = models.ForeignKey("programmes.Programme", models.CASCADE, related_name="+")
    year = models.PositiveSmallIntegerField()
    quarter = models.PositiveSmallIntegerField()
    actor_ref = models.CharField(max_length=80)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="pulse_voice_once", fields=["programme", "year", "quarter", "actor_ref"])
        ]

    def __str__(self) -> str:
        return f"{self.programme_id} {self.year}-{self.quarter}"


class PulseWords(models.Model):
    """All that was written in a quarter, sorted by its letters: nothing in it tells who wrote it, or when."""

    programme = models.ForeignKey("programmes.Programme", models.CASCADE, related_name="+")
    year = models.PositiveSmallIntegerField()
    quarter = models.PositiveSmallIntegerField()
    texts = models.JSONField(default=list)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="pulse_words_once", fields=["programme", "year", "quarter"])
        ]

    def __str__(self) -> str:
        return f"{self.programme_id} {self.year}-{self.quarter}"


class AgendaPoint(models.Model):
    """What the next board talks about, because a criterion scored low. how: it was settled."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    programme = models.ForeignKey("programmes.Programme", models.CASCADE, related_name="agenda_points")
    year = models.PositiveSmallIntegerField()
    quarter = models.PositiveSmallIntegerField()
    criterion = models.CharField(max_length=10, choices=Criterion.choices)
    where = models.CharField(max_length=400)
    raised_on = models.DateField()
    owner = models.CharField(max_length=120, blank=True)
    how = models.TextField(blank=True)
    settled_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-year", "-quarter", "criterion"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="agenda_point_once", fields=["programme", "year", "quarter", "criterion"]),
            models.CheckConstraint(name="agenda_point_known", condition=Q(criterion__in=Criterion.values)),
            models.CheckConstraint(
                name="agenda_point_settled_with_how",
                condition=Q(settled_on=None) | (~Q(how="") & ~Q(owner="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.programme_id} {self.year}-{self.quarter} {self.criterion}"
