"""Tables of the journal. Rows come in through appender.py alone; guards.py keeps them as they came.

On PostgreSQL audit_entry is also partitioned by month and carries `tx xid8` (see partitions.py).
"""

from django.db import models
from django.db.models import Q

from audit.journal.entry import Action, Outcome


class Entry(models.Model):
    """An entry as stored: `body` is the evidence, the columns beside it are copies for searching.

    leaf_hash is SHA-256(0x00 ‖ body), the leaf of the Merkle tree (RFC 6962, section 2.1).
    """

    uid = models.UUIDField(unique=True)
    recorded_at = models.DateTimeField()
    schema_v = models.SmallIntegerField()
    body = models.BinaryField()
    leaf_hash = models.BinaryField(max_length=32)

    action = models.CharField(max_length=1, choices=[(a.value, a.name) for a in Action])
    event_type = models.TextField()
    outcome = models.CharField(max_length=8, choices=[(o.value, o.name) for o in Outcome])
    agency_ref = models.TextField()
    actor_ref = models.TextField()
    case_ref = models.TextField()
    purpose = models.TextField()
    legal_basis = models.TextField()
    route = models.TextField()
    break_glass = models.BooleanField()
    trace_id = models.TextField()
    span_id = models.TextField()
    policy_epoch = models.BigIntegerField()
    fields_0 = models.BigIntegerField()
    fields_1 = models.BigIntegerField()
    fields_2 = models.BigIntegerField()

    # Why a read was the reader's work (reasons.py); null where nothing was judged, as in a change or a refusal.
    reason_code = models.CharField(max_length=3, null=True)
    reason_ref = models.CharField(max_length=80, null=True)
    # The number of its set of articles (articles.py); empty in entries of before that.
    articles_ref = models.BigIntegerField(null=True)

    # Empty in entries of before the lanes (lanes.py).
    lane = models.BigIntegerField(null=True)
    lane_seq = models.BigIntegerField(null=True)
    mac = models.BinaryField(max_length=32, null=True)

    class Meta:
        indexes = [
            models.Index(fields=["agency_ref", "uid"], name="audit_entry_agency"),
            models.Index(fields=["actor_ref", "uid"], name="audit_entry_actor"),
            models.Index(fields=["case_ref", "uid"], name="audit_entry_case"),
            models.Index(fields=["articles_ref", "uid"], name="audit_entry_articles"),
            models.Index(fields=["outcome", "uid"], name="audit_entry_not_ok", condition=~Q(outcome="ok")),
            models.Index(fields=["uid"], name="audit_entry_break_glass", condition=Q(break_glass=True)),
            # In the text of a query, not in a parameter: SQLite takes a partial index for no other condition.
            models.Index(fields=["uid"], name="audit_entry_unexplained", condition=Q(reason_code="U")),
        ]

    def __str__(self) -> str:
        return f"{self.uid} {self.event_type}"


class PartKind(models.TextChoices):
    """What a personal part is about; the word under `parts` in a body."""

    SUBJECT = "subject"
    ACTOR = "actor"
    REASON = "reason"
    HISTORY = "history"


class Part(models.Model):
    """A personal part, kept beside the entries that commit to it, and erasable without touching them.

    ciphertext holds nonce ‖ AES-256-GCM(salt ‖ content): with the salt in the clear, whoever has the
    table but not the key could try every citizen number against a commitment.
    pseudonym finds a person's entries; only subject parts have one. entry_uid is the (first) entry.
    """

    commitment = models.BinaryField(primary_key=True, max_length=32)
    entry_uid = models.UUIDField()
    kind = models.CharField(max_length=8, choices=PartKind.choices)
    dek_id = models.CharField(max_length=7)
    ciphertext = models.BinaryField()
    pseudonym = models.BinaryField(max_length=32, null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["pseudonym", "entry_uid"],
                name="audit_part_pseudonym",
                condition=Q(pseudonym__isnull=False),
            ),
            # From entries to the persons they are about; with the pseudonym the table itself is not read.
            models.Index(
                fields=["entry_uid", "pseudonym"],
                name="audit_part_of_entry",
                condition=Q(pseudonym__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {bytes(self.commitment).hex()[:12]}"


class Fieldset(models.Model):
    """What each bit meant under one catalogue, so that old entries can still be read."""

    schema_v = models.CharField(max_length=20)
    catalogue_hash = models.CharField(max_length=64)
    bit = models.SmallIntegerField()
    field = models.CharField(max_length=80)
    label_nl = models.CharField(max_length=200)
    label_en = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["catalogue_hash", "bit"], name="audit_fieldset_bit_once"),
        ]

    def __str__(self) -> str:
        return f"{self.bit} {self.field}"
