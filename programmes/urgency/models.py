"""The tables of urgency. Figures are those of areas, protected when they came in; words are about places."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class TrancheState(models.TextChoices):
    """How far a tranche is."""

    OPEN = "open", _("Open")
    CLOSED = "closed", _("Gesloten, wordt beoordeeld")
    DECIDED = "decided", _("Besloten")


class CaseState(models.TextChoices):
    """How far the case of a neighbourhood is."""

    SUBMITTED = "submitted", _("Ingediend")
    SCORED = "scored", _("Beoordeeld")
    SELECTED = "selected", _("Gekozen")
    NOT_YET = "not_yet", _("Nog niet")


class Tranche(models.Model):
    """A half-year in which some neighbourhoods are chosen. board: who decides; assessor: who gives an opinion.

    criteria: one on each line, in the version that holds for this tranche. motivation: of the decision as a whole.
    """

    year = models.PositiveSmallIntegerField()
    half = models.PositiveSmallIntegerField()
    places = models.PositiveSmallIntegerField(default=5)
    criteria = models.TextField()
    criteria_version = models.CharField(max_length=20)
    board = models.ForeignKey("agreements.Agency", models.PROTECT, related_name="+")
    assessor = models.ForeignKey("agreements.Agency", models.PROTECT, related_name="+")
    closes_on = models.DateField()
    state = models.CharField(max_length=8, choices=TrancheState.choices, default=TrancheState.OPEN)
    motivation = models.TextField(blank=True)
    decided_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-year", "-half"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="tranche_once", fields=["year", "half"]),
            models.CheckConstraint(name="tranche_half", condition=Q(half__in=[1, 2])),
            models.CheckConstraint(name="tranche_state_known", condition=Q(state__in=TrancheState.values)),
            models.CheckConstraint(
                name="tranche_decided_says_why",
                condition=~Q(state=TrancheState.DECIDED) | Q(decided_on__isnull=False) & ~Q(motivation=""),
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def code(self) -> str:
        """As it stands in addresses: "2026-2"."""
        return f"{self.year}-{self.half}"

    @property
    def criteria_list(self) -> tuple[str, ...]:
        """The criteria, each once."""
        return tuple(line.strip() for line in self.criteria.splitlines() if line.strip())


class UrgencyCase(models.Model):
    """Why a neighbourhood should go first, by its municipality; the assessor's opinion; the outcome and its reason."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    tranche = models.ForeignKey(Tranche, models.CASCADE, related_name="cases")
    area = models.ForeignKey("programmes.Area", models.PROTECT, related_name="+")
    agency = models.ForeignKey("agreements.Agency", models.PROTECT, related_name="+")
    argument = models.TextField()
    signals = models.TextField()
    voice = models.TextField()
    submitted_on = models.DateField()
    state = models.CharField(max_length=9, choices=CaseState.choices, default=CaseState.SUBMITTED)
    score = models.PositiveSmallIntegerField(null=True, blank=True)
    opinion = models.TextField(blank=True)
    reason = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["area__name"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="urgency_case_once", fields=["tranche", "area"]),
            models.CheckConstraint(name="urgency_case_state_known", condition=Q(state__in=CaseState.values)),
            models.CheckConstraint(
                name="urgency_case_scored_has_opinion",
                condition=Q(state=CaseState.SUBMITTED) | Q(score__gte=1, score__lte=10) & ~Q(opinion=""),
            ),
            models.CheckConstraint(
                name="urgency_case_outcome_has_reason",
                condition=Q(state__in=[CaseState.SUBMITTED, CaseState.SCORED]) | ~Q(reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.area_id} in {self.tranche_id}"


class Figure(models.Model):
    """A number that argues urgency, as it was on the day of submission, beside the city's."""

    case = models.ForeignKey(UrgencyCase, models.CASCADE, related_name="figures")
    indicator = models.ForeignKey("programmes.Indicator", models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    value = models.DecimalField(max_digits=12, decimal_places=2)
    city = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    source = models.CharField(max_length=160)
    dated = models.DateField()

    class Meta:
        ordering: ClassVar = ["indicator"]
        constraints: ClassVar = [models.UniqueConstraint(name="figure_once", fields=["case", "indicator"])]

    def __str__(self) -> str:
        return f"{self.indicator_id} of {self.case_id}"


class Support(models.Model):
    """A partner that was asked to support a case; it does so from `given_on`, in its own words."""

    case = models.ForeignKey(UrgencyCase, models.CASCADE, related_name="supports")
    agency = models.ForeignKey("agreements.Agency", models.PROTECT, related_name="+")
    words = models.TextField(blank=True)
    given_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["agency__name"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="support_once", fields=["case", "agency"]),
            models.CheckConstraint(name="support_has_words", condition=Q(given_on=None) | ~Q(words="")),
        ]

    def __str__(self) -> str:
        return f"{self.agency_id} for {self.case_id}"
