"""Extracts (verstrekking op maat): a sealed copy of named fields, pushed to one third party."""

import uuid

from django.db import models

from cases.records.sealed import SealedField


class Extract(models.Model):
    """A copy that the controllers decided to give one agency under one article.

    Opened through the same disclosure path as the joint case, so a covenant that ends, a withdrawn
    secrecy statement or a revocation closes it. Source: WGS art. 2.31(9), BGS art. 2.21.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey("cases.Case", models.CASCADE, related_name="extracts")
    about = models.ForeignKey("cases.CaseSubject", models.PROTECT, null=True, blank=True, related_name="+")
    source = models.ForeignKey("agreements.Agency", models.PROTECT, related_name="+")
    recipient = models.ForeignKey("agreements.Agency", models.PROTECT, related_name="+")
    under = models.CharField(max_length=40)
    article = models.CharField(max_length=16)
    purpose = models.CharField(max_length=40)
    values = SealedField()
    present = models.CharField(max_length=64)
    decided_at = models.DateTimeField()
    decided_by = models.CharField(max_length=160)
    ends = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["recipient", "-decided_at"], name="extracts_of_recipient")]

    def __str__(self) -> str:
        return f"extract {self.uid}"
