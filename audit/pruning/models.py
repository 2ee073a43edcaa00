"""Runs that prune the journal: what two officers agreed on, and which entries went in which batch."""

import uuid

from django.db import models


class PruneRun(models.Model):
    """Pruning proposed by one officer and approved by another. entries, parts: how many were due when it was proposed.

    terms: JSON, per purpose the moments before which entries and personal parts go; what is approved is this.
    proposed_by, approved_by, agency_ref, approver_agency_ref: opaque references.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    proposed_by = models.TextField()
    agency_ref = models.TextField()
    proposed_at = models.DateTimeField()
    terms = models.TextField()
    entries = models.BigIntegerField()
    parts = models.BigIntegerField()
    approved_by = models.TextField(default="")
    approver_agency_ref = models.TextField(default="")
    approved_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(approved_by="") | ~models.Q(approved_by=models.F("proposed_by")),
                name="audit_prunerun_four_eyes",
            )
        ]

    def __str__(self) -> str:
        return f"prune run {self.uid}"


class PruneBatch(models.Model):
    """Entries that went in one transaction. ranges: their places in the tree, as audit.proofs.bundle.ranges_text.

    entry_uid: the journal entry that says so and holds the digest of `ranges`; the verifier compares the two.
    """

    run = models.ForeignKey(PruneRun, models.PROTECT, related_name="batches")
    number = models.PositiveIntegerField()
    entries = models.PositiveIntegerField()
    parts = models.PositiveIntegerField()
    ranges = models.TextField()
    entry_uid = models.UUIDField(unique=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "number"], name="audit_prunebatch_once")]

    def __str__(self) -> str:
        return f"batch {self.number}: {self.entries}"
