"""Tables of exports: what was asked and how far it is, and the sealed pieces. No evidence: that is in the journal."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class ExportState(models.TextChoices):
    """How far an export is."""

    QUEUED = "queued", _("In de wachtrij")
    RUNNING = "running", _("Bezig")
    DONE = "done", _("Klaar")
    FAILED = "failed", _("Mislukt")


class Export(models.Model):
    """One export. asked_by_ref, agency_ref: who asked, acting for which agency; scope_ref: what they oversaw ("": all).

    of_agency, covenant: what it is narrowed to ("": nothing). since inclusive, until exclusive.
    place: up to where the journal was read, in the words of its kind; pieces: how many stand in ExportPiece. Both
    move in the transaction that stores a piece. worker: who is at it, beat_at: when that last showed.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=24)
    asked_by_ref = models.CharField(max_length=60)
    agency_ref = models.CharField(max_length=60)
    scope_ref = models.CharField(max_length=60, blank=True)
    of_agency = models.CharField(max_length=60, blank=True)
    covenant = models.CharField(max_length=40, blank=True)
    language = models.CharField(max_length=5, default="nl")
    since = models.DateTimeField()
    until = models.DateTimeField()
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=ExportState.choices, default=ExportState.QUEUED)
    done = models.PositiveBigIntegerField(default=0)
    total = models.PositiveBigIntegerField(default=0)
    place = models.CharField(max_length=40, blank=True)
    pieces = models.PositiveIntegerField(default=0)
    worker = models.UUIDField(null=True, blank=True)
    beat_at = models.DateTimeField(null=True, blank=True)
    made_at = models.DateTimeField(null=True, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["-asked_at"]
        indexes = [models.Index(fields=["asked_by_ref", "-asked_at"], name="audit_exports_of_asker")]
        constraints = [
            models.CheckConstraint(name="audit_export_state_known", condition=Q(state__in=ExportState.values))
        ]

    def __str__(self) -> str:
        return f"export {self.uid}"


class ExportPiece(models.Model):
    """A piece of an export, sealed (foundation.boxes). number: from 0, without gaps."""

    export = models.ForeignKey(Export, models.CASCADE, related_name="stored")
    number = models.PositiveIntegerField()
    content = models.BinaryField()

    class Meta:
        db_table = "audit_export_piece"
        constraints = [models.UniqueConstraint(fields=["export", "number"], name="audit_export_piece_once")]

    def __str__(self) -> str:
        return f"piece {self.number}"
