"""The tables of prosecution in a programme. What is about too few is not stored (rules.py)."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Offences(models.TextChoices):
    """Groups of offences. No offence is in two of them, and none holds them all: sums would undo what is left out."""

    STREET_VIOLENCE = "street_violence", _("Geweld op straat")
    WEAPONS = "weapons", _("Wapens")
    DRUG_TRADE = "drug_trade", _("Drugshandel")
    ROBBERY = "robbery", _("Overvallen en straatroof")
    BURGLARY = "burglary", _("Inbraak")
    FRAUD = "fraud", _("Fraude en witwassen")
    NUISANCE = "nuisance", _("Vernieling en overlast")


class Priority(models.Model):
    """The prosecution gives a group of offences priority in a programme, with the reason and from when till when.

    ended_why: why it was ended before its last day; until_on is then the day on which that was said.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    programme = models.ForeignKey("programmes.Programme", models.CASCADE, related_name="priorities")
    agency = models.ForeignKey("agreements.Agency", models.PROTECT, related_name="+")
    offences = models.CharField(max_length=16, choices=Offences.choices)
    reason = models.TextField()
    starts_on = models.DateField()
    until_on = models.DateField()
    ended_why = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["-starts_on", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(name="priority_offences_known", condition=Q(offences__in=Offences.values)),
            models.CheckConstraint(name="priority_ends_after_start", condition=Q(until_on__gte=F("starts_on"))),
            models.CheckConstraint(name="priority_has_reason", condition=~Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"{self.programme_id} {self.offences}"


class Norm(models.Model):
    """Within how many weeks a report leads to a ruling, as agreed on a day; the newest one holds."""

    programme = models.ForeignKey("programmes.Programme", models.CASCADE, related_name="norms")
    offences = models.CharField(max_length=16, choices=Offences.choices)
    weeks = models.PositiveSmallIntegerField()
    agreed_on = models.DateField()
    source = models.CharField(max_length=160)

    class Meta:
        ordering: ClassVar = ["agreed_on", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(name="norm_offences_known", condition=Q(offences__in=Offences.values)),
            models.CheckConstraint(name="norm_weeks_sane", condition=Q(weeks__gte=1, weeks__lte=520)),
            models.UniqueConstraint(fields=["programme", "offences", "agreed_on"], name="one_norm_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.offences} {self.weeks}"


class Throughput(models.Model):
    """Times from report to ruling of the cases of a group that were ruled on in a half-year: weeks, whole.

    cases, low, median, high (quartiles): None where they would tell about too few. withdrawn: it was shown once, and
    a later import had too few: it stays out.
    """

    programme = models.ForeignKey("programmes.Programme", models.CASCADE, related_name="throughput")
    offences = models.CharField(max_length=16, choices=Offences.choices)
    year = models.PositiveSmallIntegerField()
    half = models.PositiveSmallIntegerField()
    cases = models.PositiveIntegerField(null=True, blank=True)
    low = models.PositiveSmallIntegerField(null=True, blank=True)
    median = models.PositiveSmallIntegerField(null=True, blank=True)
    high = models.PositiveSmallIntegerField(null=True, blank=True)
    withdrawn = models.BooleanField(default=False)
    source = models.CharField(max_length=160)
    dated = models.DateField()

    class Meta:
        ordering: ClassVar = ["offences", "year", "half"]
        constraints: ClassVar = [
            models.CheckConstraint(name="throughput_offences_known", condition=Q(offences__in=Offences.values)),
            models.CheckConstraint(name="throughput_half_known", condition=Q(half__in=[1, 2])),
            models.CheckConstraint(
                name="throughput_nothing_about_none",
                condition=Q(cases__isnull=False) | Q(low=None, median=None, high=None),
            ),
            models.UniqueConstraint(fields=["programme", "offences", "year", "half"], name="one_throughput"),
        ]

    def __str__(self) -> str:
        return f"{self.offences} {self.year}-{self.half}"


class FollowUp(models.Model):
    """What was agreed with youth protection or probation about what follows a ruling. norm: in how many per cent.

    agency: with whom. It and the partners of the programme read this; the public does not.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    programme = models.ForeignKey("programmes.Programme", models.CASCADE, related_name="follow_ups")
    agency = models.ForeignKey("agreements.Agency", models.PROTECT, related_name="+")
    title = models.CharField(max_length=160)
    words = models.TextField()
    norm = models.PositiveSmallIntegerField()
    starts_on = models.DateField()
    until_on = models.DateField()

    class Meta:
        ordering: ClassVar = ["starts_on", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(name="follow_up_norm_is_share", condition=Q(norm__gte=1, norm__lte=100)),
            models.CheckConstraint(name="follow_up_ends_after_start", condition=Q(until_on__gte=F("starts_on"))),
        ]

    def __str__(self) -> str:
        return self.title


class FollowUpMeasured(models.Model):
    """In how many per cent of a half-year's cases the agreement was kept; None where it would tell about too few."""

    follow_up = models.ForeignKey(FollowUp, models.CASCADE, related_name="measured")
    year = models.PositiveSmallIntegerField()
    half = models.PositiveSmallIntegerField()
    share = models.PositiveSmallIntegerField(null=True, blank=True)
    source = models.CharField(max_length=160)

    class Meta:
        ordering: ClassVar = ["year", "half"]
        constraints: ClassVar = [
            models.CheckConstraint(name="follow_up_half_known", condition=Q(half__in=[1, 2])),
            models.CheckConstraint(name="follow_up_share_known", condition=Q(share=None) | Q(share__lte=100)),
            models.UniqueConstraint(fields=["follow_up", "year", "half"], name="one_follow_up_measured"),
        ]

    def __str__(self) -> str:
        return f"{self.follow_up_id} {self.year}-{self.half}"
