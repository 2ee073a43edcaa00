"""Bundles that were asked for, and checks of bundles that people reported. No personal data."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _


class BundleState(models.TextChoices):
    """How far a bundle is."""

    QUEUED = "queued", _("wacht")
    RUNNING = "running", _("wordt gemaakt")
    DONE = "done", _("klaar")
    FAILED = "failed", _("mislukt")
    GONE = "gone", _("verlopen")


class Bundle(models.Model):
    """A bundle that an officer asked for. scope: the agency whose entries alone are in it; "" for all.

    size, root: of its checkpoint; length: of the zip in bytes; sha256: of the zip in hex. The file stands in
    settings.BUNDLE_DIR for BUNDLE_HOURS.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    ordered_by = models.TextField()
    agency_ref = models.TextField()
    scope = models.TextField(blank=True)
    ordered_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=BundleState.choices, default=BundleState.QUEUED)
    made_at = models.DateTimeField(null=True)
    size = models.BigIntegerField(null=True)
    root = models.BinaryField(max_length=32, null=True)
    length = models.BigIntegerField(null=True)
    sha256 = models.CharField(max_length=64, default="", blank=True)

    def __str__(self) -> str:
        return f"bundle {self.uid} {self.state}"


class Outcome(models.TextChoices):
    """What the verifier said: its exit codes 0, 1 and 2."""

    VERIFIED = "verified", _("VERIFIED (0): klopt")
    TAMPERED = "tampered", _("TAMPERED (1): gewijzigd")
    INCOMPLETE = "incomplete", _("INCOMPLETE (2): onvolledig")


class Verification(models.Model):
    """That somebody checked a bundle on a machine of their own, as an officer reports it. It is never changed.

    size, root: of the checkpoint that was checked. matches: whether this log had that root at that size then.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    recorded_by = models.TextField()
    agency_ref = models.TextField()
    recorded_at = models.DateTimeField()
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    size = models.BigIntegerField()
    root = models.BinaryField(max_length=32)
    matches = models.BooleanField()
    entry_uid = models.UUIDField()

    def __str__(self) -> str:
        return f"{self.outcome} at {self.size}"
