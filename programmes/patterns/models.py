"""Closed quarters, their cells, and the clusters in them. What was counted is not here: only what may be shown is."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _


class ClusterState(models.TextChoices):
    """What became of a cluster."""

    PROPOSED = "proposed", _("Voorgesteld")
    CASE = "case", _("Gemeld voor een gebiedscasus")
    AGENDA = "agenda", _("Op de agenda van een overleg")
    ASIDE = "aside", _("Weggelegd")


class SignalQuarter(models.Model):
    """A quarter whose signals under one covenant were counted: once, for good. threshold: that held then.

    source: where the signals came in.
    """

    covenant = models.CharField(max_length=40)
    year = models.PositiveSmallIntegerField()
    quarter = models.PositiveSmallIntegerField()
    threshold = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=160)
    closed_on = models.DateField()

    class Meta:
        ordering: ClassVar = ["covenant", "year", "quarter"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="signal_quarter_once", fields=["covenant", "year", "quarter"]),
            models.CheckConstraint(name="signal_quarter_known", condition=Q(quarter__in=[1, 2, 3, 4])),
        ]

    def __str__(self) -> str:
        return f"{self.covenant} {self.code}"

    @property
    def code(self) -> str:
        """As it stands in a list: "2026-1"."""
        return f"{self.year}-{self.quarter}"


class SignalCell(models.Model):
    """Signals of one kind about one neighbourhood in a closed quarter: at least so many, or nought for too few to show.

    Every neighbourhood has a cell of every kind: that a row stands says nothing. kind: a choice code of signal_domain.
    """

    quarter = models.ForeignKey(SignalQuarter, models.CASCADE, related_name="cells")
    area = models.ForeignKey("programmes.Area", models.CASCADE, related_name="+")
    kind = models.CharField(max_length=24)
    at_least = models.PositiveIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["quarter", "area", "kind"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="signal_cell_once", fields=["quarter", "area", "kind"]),
        ]

    def __str__(self) -> str:
        return f"{self.quarter_id} {self.area_id} {self.kind}"


class SignalCluster(models.Model):
    """A cell well above its own past, until somebody decides what to do with it, and why.

    number: "2026-3/2". before: what was shown of the four quarters before, oldest first. reason: read by every party
    to the covenant.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    number = models.CharField(max_length=16)
    cell = models.OneToOneField(SignalCell, models.CASCADE, related_name="cluster")
    before = models.JSONField(default=list)
    proposed_on = models.DateField()
    state = models.CharField(max_length=8, choices=ClusterState.choices, default=ClusterState.PROPOSED)
    reason = models.CharField(max_length=200, blank=True)
    decided_by = models.ForeignKey("agreements.Agency", models.PROTECT, null=True, blank=True, related_name="+")
    decided_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-cell__quarter__year", "-cell__quarter__quarter", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(name="signal_cluster_state_known", condition=Q(state__in=ClusterState.values)),
            models.CheckConstraint(
                name="signal_cluster_decided_with_reason",
                condition=Q(state=ClusterState.PROPOSED, reason="", decided_by=None, decided_on=None)
                | ~Q(state=ClusterState.PROPOSED) & ~Q(reason="") & ~Q(decided_by=None) & ~Q(decided_on=None),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def mark(self) -> uuid.UUID:
        """The submission of the signal that is reported because of it. Everybody who reads knows `uid`: with that as a
        submission, somebody could report first, and their own.
        """
        return uuid.UUID(bytes=salted_hmac("programmes.patterns.mark", str(self.uid), algorithm="sha256").digest()[:16])
