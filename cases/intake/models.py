"""The tables of signals. What was seen stands as sealed facts in the signal's own file (a Case in state draft)."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Channel(models.TextChoices):
    """Who reported."""

    PROFESSIONAL = "professional", _("Professional")
    RESIDENT = "resident", _("Bewoner")


class SignalState(models.TextChoices):
    """What became of a signal."""

    NEW = "new", _("Nieuw")
    IN_TRIAGE = "in_triage", _("In triage")
    LINKED = "linked", _("Gekoppeld aan een casus")
    FORWARDED = "forwarded", _("Doorgestuurd")
    DISMISSED = "dismissed", _("Afgesloten")
    MERGED = "merged", _("Samengevoegd")


class Signal(models.Model):
    """A report that may lead to triage (domain: Signaal).

    file: its own case file, in phase signal and state draft until triage opens it; what was seen are the facts in
    it (signal_summary, signal_place, signal_person …), given by the reporting agency, and for a resident by the
    agency that takes it over (domain 3). handler: the agency that must act on it. kind: a choice code of
    signal_domain. linked_case: the case it belongs to.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    number = models.CharField(max_length=32, unique=True)
    file = models.OneToOneField("cases.Case", models.CASCADE, related_name="signal")
    channel = models.CharField(max_length=12, choices=Channel.choices)
    kind = models.CharField(max_length=24)
    urgency = models.CharField(max_length=12)
    state = models.CharField(max_length=12, choices=SignalState.choices, default=SignalState.NEW)
    handler = models.ForeignKey("agreements.Agency", models.PROTECT, related_name="+")
    reported_by = models.ForeignKey("agreements.Agency", models.PROTECT, null=True, blank=True, related_name="+")
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    received_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)
    linked_case = models.ForeignKey("cases.Case", models.SET_NULL, null=True, blank=True, related_name="signals")
    merged_into = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="merged")
    submission = models.UUIDField(null=True, blank=True, unique=True)

    class Meta:
        ordering = ["-received_at"]
        indexes = [models.Index(fields=["handler", "state", "-received_at"], name="signals_to_handle")]
        constraints = [models.CheckConstraint(name="signal_state_known", condition=Q(state__in=SignalState.values))]

    def __str__(self) -> str:
        return self.number
