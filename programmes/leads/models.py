"""The tables of who leads a programme. Agencies only: nothing about a person."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class LeadState(models.TextChoices):
    """How far it is with an agency as lead."""

    PROPOSED = "proposed", _("Voorgesteld")
    ACCEPTED = "accepted", _("Aanvaard")
    REPLACED = "replaced", _("Opgevolgd")
    DECLINED = "declined", _("Niet aanvaard")
    WITHDRAWN = "withdrawn", _("Ingetrokken")


class LeadParty(models.Model):
    """An agency as lead of a programme. why: what makes it the legitimate one. since, until: when it led."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    programme = models.ForeignKey("programmes.Programme", models.CASCADE, related_name="leads")
    agency = models.ForeignKey("agreements.Agency", models.PROTECT, related_name="+")
    why = models.TextField()
    state = models.CharField(max_length=9, choices=LeadState.choices, default=LeadState.PROPOSED)
    proposed_by = models.ForeignKey("agreements.Agency", models.PROTECT, null=True, blank=True, related_name="+")
    proposed_on = models.DateField(null=True, blank=True)
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-until", "-since", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(name="lead_state_known", condition=Q(state__in=LeadState.values)),
            models.UniqueConstraint(name="one_lead_proposed", fields=["programme"], condition=Q(state="proposed")),
            models.UniqueConstraint(name="one_lead_accepted", fields=["programme"], condition=Q(state="accepted")),
            models.CheckConstraint(
                name="lead_led_has_days",
                condition=Q(state__in=["proposed", "declined", "withdrawn"], since=None, until=None)
                | Q(state="accepted", since__isnull=False, until=None)
                | Q(state="replaced", since__isnull=False, until__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agency_id}: {self.state}"


class LeadVoice(models.Model):
    """What the leadership of a party says of a proposed lead; once."""

    lead = models.ForeignKey(LeadParty, models.CASCADE, related_name="voices")
    agency = models.ForeignKey("agreements.Agency", models.PROTECT, related_name="+")
    agrees = models.BooleanField()
    given_on = models.DateField()

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [models.UniqueConstraint(name="one_lead_voice", fields=["lead", "agency"])]

    def __str__(self) -> str:
        return f"{self.agency_id}: {self.agrees}"
