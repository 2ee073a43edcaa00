"""Joint decisions on a running covenant (accession, ending), who consents, and reminders that were sent."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class MotionKind(models.TextChoices):
    """What is asked of the parties."""

    ACCESSION = "accession", _("Toetreding")
    ENDING = "ending", _("Beëindiging")


class Motion(models.Model):
    """A step that needs the consent of others before it is taken.

    by: the agency that asks. agency, capacity: who accedes, and as what (accession only). moment: when it
    should take effect; never before the last consent. carried_at: every consent stood and it was done.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    covenant = models.ForeignKey("agreements.Covenant", models.PROTECT, related_name="motions")
    kind = models.CharField(max_length=12, choices=MotionKind.choices)
    by = models.ForeignKey("agreements.Agency", models.PROTECT, related_name="+")
    proposer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    agency = models.ForeignKey("agreements.Agency", models.PROTECT, null=True, blank=True, related_name="+")
    capacity = models.CharField(max_length=16, blank=True)
    moment = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(blank=True)
    proposed_at = models.DateTimeField()
    carried_at = models.DateTimeField(null=True, blank=True)
    dropped_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-proposed_at"]
        constraints = [
            models.CheckConstraint(name="motion_kind_known", condition=Q(kind__in=MotionKind.values)),
            models.CheckConstraint(
                name="motion_not_carried_and_dropped", condition=Q(carried_at=None) | Q(dropped_at=None)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.uid}"


class Consent(models.Model):
    """A party's answer to a motion. agrees False stops it, with the reason."""

    motion = models.ForeignKey(Motion, models.CASCADE, related_name="consents")
    agency = models.ForeignKey("agreements.Agency", models.PROTECT, related_name="+")
    professional = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    agrees = models.BooleanField()
    reason = models.TextField(blank=True)
    given_at = models.DateTimeField()

    class Meta:
        ordering = ["given_at"]
        constraints = [models.UniqueConstraint(name="consent_once", fields=["motion", "agency"])]

    def __str__(self) -> str:
        return f"{self.agency_id} on {self.motion_id}"


class Reminder(models.Model):
    """A reminder that was mailed, so that it goes out once. kind: "term", "review", "dpia", "signature"."""

    covenant = models.ForeignKey("agreements.Covenant", models.CASCADE, related_name="+")
    kind = models.CharField(max_length=16)
    about = models.CharField(max_length=80, blank=True)
    due_on = models.DateField()
    sent_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(name="reminder_once", fields=["covenant", "kind", "about", "due_on"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.due_on}"
