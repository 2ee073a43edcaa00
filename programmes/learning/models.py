"""Cards of approaches. A card is never about a person: what is typed is screened before it is kept."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from programmes.plans.models import Outcome, PillarKind


class AreaKind(models.TextChoices):
    """In what kind of neighbourhood it was tried."""

    INNER = "inner", _("Binnenstad")
    PREWAR = "prewar", _("Vooroorlogse wijk")
    POSTWAR = "postwar", _("Naoorlogse wijk")
    NEW = "new", _("Nieuwbouwwijk")
    VILLAGE = "village", _("Dorp of kern")


class Evidence(models.TextChoices):
    """How well it is known that it worked or failed, from little to much."""

    TOLD = "told", _("Ervaring van wie het deed")
    DESCRIBED = "described", _("Beschreven en onderbouwd")
    MEASURED = "measured", _("Voor en na gemeten")
    COMPARED = "compared", _("Vergeleken met wie het niet kreeg")


class LessonState(models.TextChoices):
    """How far a card is. Everybody reads it from `PUBLISHED`."""

    DRAFT = "draft", _("Concept")
    REVIEWED = "reviewed", _("Nagekeken")
    PUBLISHED = "published", _("Gepubliceerd")
    SUPERSEDED = "superseded", _("Vervangen")


class Lesson(models.Model):
    """A card of an agency. source: whose card it was copied or imported from, in words; replaces: its older edition."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    agency = models.ForeignKey("agreements.Agency", models.PROTECT, related_name="+")
    title = models.CharField(max_length=160)
    tried = models.TextField()
    place = models.CharField(max_length=160)
    area_kind = models.CharField(max_length=8, choices=AreaKind.choices)
    pillar = models.CharField(max_length=8, choices=PillarKind.choices)
    costs = models.CharField(max_length=240)
    effects = models.TextField()
    outcome = models.CharField(max_length=8, choices=Outcome.choices)
    evidence = models.CharField(max_length=10, choices=Evidence.choices)
    contact_role = models.CharField(max_length=160)
    state = models.CharField(max_length=10, choices=LessonState.choices, default=LessonState.DRAFT)
    reviewer = models.ForeignKey("agreements.Agency", models.PROTECT, null=True, blank=True, related_name="+")
    source = models.CharField(max_length=400, blank=True)
    replaces = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    published_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-published_on", "title"]
        constraints: ClassVar = [
            models.CheckConstraint(name="lesson_state_known", condition=Q(state__in=LessonState.values)),
            models.CheckConstraint(
                name="lesson_reviewed_by_another",
                condition=Q(state=LessonState.DRAFT) | Q(reviewer__isnull=False) & ~Q(reviewer=F("agency")),
            ),
            models.CheckConstraint(
                name="lesson_published_has_day",
                condition=Q(state__in=[LessonState.DRAFT, LessonState.REVIEWED]) | Q(published_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.title
