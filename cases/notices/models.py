"""The tables of notices: to which agency, of what, and which of its people read what it is about. No values."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

_USER = settings.AUTH_USER_MODEL


class Kind(models.TextChoices):
    """What happened to a fact."""

    CORRECTED = "corrected", _("verbeterd")
    WITHDRAWN = "withdrawn", _("ingetrokken")
    ERASED = "erased", _("gewist")
    RESTRICTED = "restricted", _("vastgezet")
    RELEASED = "released", _("weer vrijgegeven")


class FactNotice(models.Model):
    """What one agency is told: facts of `source` on one person, that it had, were mended or erased.

    person: None in a case without persons. fields: hex mask of those that it had, never wider than what the rules
    gave it. sheet: uid of the decision sheet of the request by which it came. settled_at: when an officer of the
    agency dealt with it. Goes with the case and with the person's place in it.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey("cases.Case", models.CASCADE, related_name="+")
    person = models.ForeignKey("cases.CaseSubject", models.CASCADE, null=True, blank=True, related_name="+")
    source = models.ForeignKey("agreements.Agency", models.PROTECT, related_name="+")
    recipient = models.ForeignKey("agreements.Agency", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    fields = models.CharField(max_length=64)
    sheet = models.UUIDField(null=True, blank=True)
    at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(_USER, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [
            models.CheckConstraint(
                name="fact_notice_kind_known", condition=models.Q(kind__in=[kind.value for kind in Kind])
            )
        ]
        indexes = [models.Index(fields=["recipient", "-at"], name="notices_of_recipient")]

    def __str__(self) -> str:
        return f"notice {self.uid}"


class NoticeReader(models.Model):
    """Somebody of that agency who read it, by the journal. fields: hex mask of what. seen_at: dealt with."""

    notice = models.ForeignKey(FactNotice, models.CASCADE, related_name="readers")
    professional = models.ForeignKey(_USER, models.PROTECT, related_name="+")
    fields = models.CharField(max_length=64)
    seen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["notice", "professional"], name="one_reader_a_notice")]

    def __str__(self) -> str:
        return f"reader {self.pk}"
