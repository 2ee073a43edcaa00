"""The tables of extracts: what was proposed to give a third party, what controllers said, who signed secrecy.

The copy itself is cases.records.models.Extract. Source: WGS art. 2.31(9), BGS art. 2.21.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.records.models import SealedWords


class ProposalState(models.TextChoices):
    """Where a proposal stands."""

    ASKED = "asked", _("Wacht op besluit")
    GIVEN = "given", _("Verstrekt")
    OBJECTED = "objected", _("Niet akkoord")
    WITHDRAWN = "withdrawn", _("Teruggetrokken")


class ExtractProposal(SealedWords):
    """The source's facts that it proposes to give one third party under one article; the values are the copy.

    ends_on: the last day on which the copy can be opened. action: uid of the action it serves; it ends with it.
    """

    recipient = models.ForeignKey("agreements.Agency", models.PROTECT, related_name="+")
    covenant = models.CharField(max_length=40)
    article = models.CharField(max_length=16)
    purpose = models.CharField(max_length=40)
    ends_on = models.DateField(null=True, blank=True)
    action = models.UUIDField(null=True, blank=True, db_index=True)
    state = models.CharField(max_length=10, choices=ProposalState.choices, default=ProposalState.ASKED)
    decided_at = models.DateTimeField(null=True, blank=True)
    extract = models.OneToOneField("cases.Extract", models.SET_NULL, null=True, blank=True, related_name="proposal")

    class Meta:
        constraints = [
            models.CheckConstraint(name="proposal_state_known", condition=Q(state__in=ProposalState.values)),
            models.UniqueConstraint(
                fields=["source", "submission"], condition=Q(submission__isnull=False), name="one_proposal_a_form"
            ),
        ]


class ExtractReason(SealedWords):
    """Why the third party needs it (values: request_text), for who decides."""

    proposal = models.OneToOneField(ExtractProposal, models.CASCADE, related_name="reason")


class ExtractPosition(models.Model):
    """What a controller said of a proposal."""

    proposal = models.ForeignKey(ExtractProposal, models.CASCADE, related_name="positions")
    agency = models.ForeignKey("agreements.Agency", models.PROTECT, related_name="+")
    professional = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    agrees = models.BooleanField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["proposal", "agency"], name="one_position_an_agency")]

    def __str__(self) -> str:
        return f"position {self.pk}"


class SecrecyDeclaration(models.Model):
    """A third party's professional signed secrecy for one case (WGS art. 1.11, BGS art. 2.21)."""

    case = models.ForeignKey("cases.Case", models.CASCADE, related_name="secrecy_declarations")
    agency = models.ForeignKey("agreements.Agency", models.PROTECT, related_name="+")
    professional = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    text_version = models.CharField(max_length=16)
    signed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "agency", "professional"], name="secrecy_signed_once")]

    def __str__(self) -> str:
        return f"secrecy declaration {self.pk}"
