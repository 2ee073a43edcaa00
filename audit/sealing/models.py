"""Tables of the sealed log. Only sealer.py and signing.py write them; guards keep all but `Lane` as they came."""

from django.db import models


class Leaf(models.Model):
    """An entry's place in the tree. entry_id and tx are its place in the order of commits (tx: PostgreSQL only)."""

    seq = models.BigIntegerField(primary_key=True)
    entry_uid = models.UUIDField(unique=True)
    entry_id = models.BigIntegerField()
    tx = models.BigIntegerField(null=True)
    leaf_hash = models.BinaryField(max_length=32)

    def __str__(self) -> str:
        return f"{self.seq} {self.entry_uid}"


class Tile(models.Model):
    """A full tile: `width` hashes of one level, and what they come to one tile higher.

    Tiles that are not full yet are made from the leaves, or from `root` of the tiles below. Source: C2SP tlog-tiles.
    """

    level = models.SmallIntegerField()
    index = models.BigIntegerField()
    width = models.SmallIntegerField()
    hashes = models.BinaryField()
    root = models.BinaryField(max_length=32)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["level", "index"], name="audit_tile_once")]

    def __str__(self) -> str:
        return f"tile/{self.level}/{self.index}"


class Checkpoint(models.Model):
    """A size and root that the signer signed; one that is not signed is not here. jws: the ES256 copy, or empty."""

    size = models.BigIntegerField(primary_key=True)
    root = models.BinaryField(max_length=32)
    note = models.TextField()
    jws = models.TextField()
    sealed_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~models.Q(note=""), name="audit_checkpoint_is_signed")]

    def __str__(self) -> str:
        return f"{self.size} {bytes(self.root).hex()[:12]}"


class Cosignature(models.Model):
    """The line by which a witness says that it saw this checkpoint, and none that contradicts it."""

    size = models.BigIntegerField()
    witness = models.TextField()
    line = models.TextField()
    cosigned_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["size", "witness"], name="audit_cosignature_once")]

    def __str__(self) -> str:
        return f"{self.size} {self.witness}"


class Contact(models.Model):
    """How a witness answered when it was asked last. It changes and proves nothing: cosignatures do.

    size: of the checkpoint that it was asked about. outcome: an audit.witness.client.Outcome. confirmed_at: the time
    in its newest genuine cosignature, also of one over a size that it cosigned before and that is not kept again.
    """

    witness = models.TextField(primary_key=True)
    size = models.BigIntegerField()
    outcome = models.CharField(max_length=11)
    reason = models.TextField(default="")
    asked_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.witness} {self.outcome}"


class FlawKind(models.TextChoices):
    """What the sealer finds wrong with an entry that was not sealed yet."""

    HASH = "hash", "the leaf hash is not that of the body"
    MAC = "mac", "altered, or put in by somebody without the key"
    MISSING = "missing", "entries before this one are gone"
    REPEATED = "repeated", "its number in the lane was given before, or comes out of order"
    UNMARKED = "unmarked", "outside every lane, although entries are in lanes by now"
    TIP = "tip", "what the sealer remembered of the lane was changed"
    CLOCK = "clock", "recorded before an entry that was committed earlier"
    SIGNER = "signer", "the signer refused: what it signed before was changed, or an old copy was put back"
    WITNESS = "witness", "a witness has seen another history of this log, or a longer one"


class Flaw(models.Model):
    """A flaw, found while sealing. An entry with one is sealed as it stands: that keeps it as evidence.

    size: of the tree when it was found. detail: of SIGNER the code of its refusal, of WITNESS its outcome and name.
    """

    found_at = models.DateTimeField()
    kind = models.CharField(max_length=8, choices=FlawKind.choices)
    size = models.BigIntegerField()
    detail = models.TextField(default="")
    entry_uid = models.UUIDField(null=True)
    lane = models.BigIntegerField(null=True)
    lane_seq = models.BigIntegerField(null=True)
    expected_seq = models.BigIntegerField(null=True)

    def __str__(self) -> str:
        return f"{self.kind} {self.entry_uid}"


class Lane(models.Model):
    """How far the sealer saw a lane. It changes; `tag` is a MAC by which a change by others is noticed."""

    lane = models.BigIntegerField(primary_key=True)
    lane_seq = models.BigIntegerField()
    mac = models.BinaryField(max_length=32)
    tag = models.BinaryField(max_length=32)

    def __str__(self) -> str:
        return f"{self.lane} {self.lane_seq}"
