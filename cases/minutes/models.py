"""The tables of minutes. Their words are those of the meeting: nothing is copied here but approvals and papers."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.papers.models import PaperBase, PaperState
from cases.records.models import SealedWords


class MinutesState(models.TextChoices):
    """Where the minutes of a meeting stand."""

    FOR_APPROVAL = "for_approval", _("Ter vaststelling")
    APPROVED = "approved", _("Vastgesteld")


class Minutes(models.Model):
    """The one set of minutes of a meeting, ready when it ends (domain 5.7)."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    meeting = models.OneToOneField("cases.Meeting", models.CASCADE, related_name="minutes_set")
    state = models.CharField(max_length=12, choices=MinutesState.choices, default=MinutesState.FOR_APPROVAL)
    made_at = models.DateTimeField()
    approve_before = models.DateTimeField()
    approved_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(name="minutes_state_known", condition=Q(state__in=MinutesState.values))]

    def __str__(self) -> str:
        return f"minutes {self.uid}"


class Approval(models.Model):
    """An agency approved the minutes as it received them, or asked for a correction."""

    minutes = models.ForeignKey(Minutes, models.CASCADE, related_name="approvals")
    agency = models.ForeignKey("agreements.Agency", models.PROTECT, related_name="+")
    professional = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    agrees = models.BooleanField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["minutes", "agency"], name="one_approval_an_agency")]

    def __str__(self) -> str:
        return f"approval {self.pk}"


class Addendum(SealedWords):
    """A correction to the minutes of one item (values: case_note). The minutes themselves are never rewritten."""

    item = models.ForeignKey("cases.AgendaItem", models.CASCADE, related_name="addenda")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source", "submission"],
                condition=Q(submission__isnull=False),
                name="one_addendum_a_submission",
            )
        ]


class Paper(PaperBase):
    """The PDF of the minutes for one recipient. batch: those that the chair had made in one go for everybody."""

    BOX = "minutes-paper"

    minutes = models.ForeignKey(Minutes, models.CASCADE, related_name="papers")
    batch = models.UUIDField(null=True, blank=True)

    class Meta(PaperBase.Meta):
        abstract = False
        indexes = [models.Index(fields=["membership", "-asked_at"], name="papers_of_recipient")]
        constraints = [models.CheckConstraint(name="paper_state_known", condition=Q(state__in=PaperState.values))]
