"""The tables of the board. No row names a person; numbers of people are protected before they are stored."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class SeizureKind(models.TextChoices):
    """What was taken."""

    CASH = "cash", _("Contant geld")
    ACCOUNT = "account", _("Banktegoed")
    CRYPTO = "crypto", _("Cryptomunten")
    VEHICLE = "vehicle", _("Voertuig")
    PROPERTY = "property", _("Onroerend goed")
    GOODS = "goods", _("Kostbare goederen")


class Band(models.TextChoices):
    """What it is worth, roughly."""

    UNDER_1K = "under_1k", _("tot € 1.000")
    UNDER_10K = "under_10k", _("€ 1.000 tot € 10.000")
    UNDER_50K = "under_50k", _("€ 10.000 tot € 50.000")
    UNDER_250K = "under_250k", _("€ 50.000 tot € 250.000")
    MORE = "more", _("€ 250.000 of meer")


class SeizureState(models.TextChoices):
    """How far a seizure is."""

    REPORTED = "reported", _("Gemeld")
    SEIZED = "seized", _("In beslag genomen")
    IRREVOCABLE = "irrevocable", _("Onherroepelijk")
    BOOKED = "booked", _("Opbrengst geboekt")


class InterventionKind(models.TextChoices):
    """What is offered."""

    LANGUAGE = "language", _("Taal")
    PRESCHOOL = "preschool", _("Voorschool")
    SCHOOL = "school", _("School")
    WORK = "work", _("Werk")
    HOUSING = "housing", _("Wonen")
    DEBTS = "debts", _("Schulden")


class Attendance(models.TextChoices):
    """How many of the times people came."""

    LOW = "low", _("minder dan de helft")
    MIDDLE = "middle", _("de helft tot driekwart")
    HIGH = "high", _("driekwart of meer")


class InterventionState(models.TextChoices):
    """How far an offer is."""

    PLANNED = "planned", _("Gepland")
    RUNNING = "running", _("Loopt")
    SCALED = "scaled", _("Uitgebreid")
    STOPPED = "stopped", _("Gestopt")


class GiveBackState(models.TextChoices):
    """How far a project is."""

    PROPOSED = "proposed", _("Voorgesteld")
    VOTED = "voted", _("Gekozen door bewoners")
    FUNDED = "funded", _("Betaald uit beslag")
    VISIBLE = "visible", _("Te zien in de buurt")
    DONE = "done", _("Klaar")


class GiveBack(models.Model):
    """A project that residents chose, paid from what was seized. amount: what it costs, in whole euros.

    voters, in_favour: protected; None where too few people would show. before_*, after_*: a picture without metadata
    and what is on it, in words.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    area = models.ForeignKey("programmes.Area", models.PROTECT, related_name="give_backs")
    agency = models.ForeignKey("agreements.Agency", models.PROTECT, related_name="+")
    title = models.CharField(max_length=160)
    about = models.TextField()
    place = models.CharField(max_length=120)
    amount = models.PositiveIntegerField()
    state = models.CharField(max_length=8, choices=GiveBackState.choices, default=GiveBackState.PROPOSED)
    proposed_on = models.DateField()
    voted_on = models.DateField(null=True, blank=True)
    voters = models.PositiveIntegerField(null=True, blank=True)
    in_favour = models.PositiveSmallIntegerField(null=True, blank=True)
    before_picture = models.BinaryField(null=True, blank=True)
    before_words = models.CharField(max_length=240, blank=True)
    after_picture = models.BinaryField(null=True, blank=True)
    after_words = models.CharField(max_length=240, blank=True)

    class Meta:
        ordering: ClassVar = ["-proposed_on", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(name="give_back_state_known", condition=Q(state__in=GiveBackState.values)),
            models.CheckConstraint(name="give_back_costs_something", condition=Q(amount__gt=0)),
            models.CheckConstraint(
                name="give_back_seen_has_pictures",
                condition=~Q(state__in=["visible", "done"])
                | Q(before_picture__isnull=False, after_picture__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Seizure(models.Model):
    """What enforcement took, at street level, by a closed case of the prosecution (reference only).

    booked_rank: its place in the row of booked seizures, in the order of booking; totals for others are of whole
    stretches of that row (rules.py). give_back: the project its proceeds went to.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    area = models.ForeignKey("programmes.Area", models.PROTECT, related_name="seizures")
    agency = models.ForeignKey("agreements.Agency", models.PROTECT, related_name="+")
    street = models.CharField(max_length=80)
    kind = models.CharField(max_length=8, choices=SeizureKind.choices)
    band = models.CharField(max_length=10, choices=Band.choices)
    case_reference = models.CharField(max_length=40, unique=True)
    state = models.CharField(max_length=11, choices=SeizureState.choices, default=SeizureState.REPORTED)
    reported_on = models.DateField()
    proceeds = models.PositiveIntegerField(null=True, blank=True)
    booked_rank = models.PositiveIntegerField(null=True, blank=True, unique=True)
    give_back = models.ForeignKey(GiveBack, models.PROTECT, null=True, blank=True, related_name="seizures")

    class Meta:
        ordering: ClassVar = ["-reported_on", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(name="seizure_kind_known", condition=Q(kind__in=SeizureKind.values)),
            models.CheckConstraint(name="seizure_band_known", condition=Q(band__in=Band.values)),
            models.CheckConstraint(name="seizure_state_known", condition=Q(state__in=SeizureState.values)),
            models.CheckConstraint(
                name="seizure_booked_has_proceeds",
                condition=Q(state="booked", proceeds__isnull=False, booked_rank__isnull=False)
                | ~Q(state="booked") & Q(proceeds=None, booked_rank=None, give_back=None),
            ),
        ]

    def __str__(self) -> str:
        return str(self.uid)


class Intervention(models.Model):
    """A social offer in an area. group_size, taken: protected, None where it is about too few; cost in whole euros."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    area = models.ForeignKey("programmes.Area", models.PROTECT, related_name="interventions")
    agency = models.ForeignKey("agreements.Agency", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=9, choices=InterventionKind.choices)
    title = models.CharField(max_length=160)
    about = models.TextField()
    group_size = models.PositiveIntegerField(null=True, blank=True)
    places = models.PositiveIntegerField()
    taken = models.PositiveIntegerField(null=True, blank=True)
    attendance = models.CharField(max_length=6, choices=Attendance.choices, blank=True)
    cost = models.PositiveIntegerField()
    state = models.CharField(max_length=7, choices=InterventionState.choices, default=InterventionState.PLANNED)
    since = models.DateField()
    reason = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["kind", "title", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(name="intervention_kind_known", condition=Q(kind__in=InterventionKind.values)),
            models.CheckConstraint(name="intervention_state_known", condition=Q(state__in=InterventionState.values)),
            models.CheckConstraint(
                name="intervention_stopped_has_reason", condition=~Q(state="stopped") | ~Q(reason="")
            ),
        ]

    def __str__(self) -> str:
        return self.title
