"""Keys and certificates that sign covenants, and the sealed PDF of a signed version."""

from django.conf import settings
from django.db import models
from django.db.models import Q


class HouseKey(models.Model):
    """A key of this installation: `root` issues certificates, `seal` seals PDFs. private_key: encrypted PEM."""

    purpose = models.CharField(max_length=8)
    certificate = models.TextField()
    private_key = models.TextField()
    made_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        ordering = ["-made_at"]
        constraints = [
            models.CheckConstraint(name="house_key_purpose_known", condition=Q(purpose__in=["root", "seal"]))
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.made_at:%Y-%m-%d}"


class SigningKey(models.Model):
    """The key with which somebody signs for one agency.

    private_key: encrypted; "" when the party keeps it itself and only its certificate is known here.
    """

    professional = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    agency = models.ForeignKey("agreements.Agency", models.PROTECT, related_name="+")
    kid = models.CharField(max_length=64, unique=True)
    certificate = models.TextField()
    private_key = models.TextField(blank=True)
    made_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return self.kid


class SealedVersion(models.Model):
    """The PDF/A-3 of a signed version, sealed; with what it was made from."""

    version = models.OneToOneField("agreements.CovenantVersion", models.PROTECT, related_name="sealed")
    pdf = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    sealed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"sealed {self.version_id}"
