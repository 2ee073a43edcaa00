"""The tables of retention: what is to be destroyed, on whose word, holds that stop it, renewals, certificates."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _


class Scope(models.TextChoices):
    """What is destroyed."""

    CASE = "case", _("De hele casus")
    PERSON = "person", _("Alles over één persoon")
    SOURCE = "source", _("Wat één bron over één persoon gaf")
    ITEMS = "items", _("Wat één bron op verzoek wist")


NOBODY = models.Value(uuid.UUID(int=0), output_field=models.UUIDField())


class Ground(models.TextChoices):
    """Why it must go (domain 8)."""

    NOT_ADMITTED = "not_admitted", _("Niet toegelaten")
    CLOSED = "closed_case", _("Gesloten, de termijn is om")
    FIRST_PROCESSING = "max_from_first_processing", _("De uiterste termijn vanaf de eerste verwerking")
    RENEWAL_REFUSED = "renewal_refused", _("De bron stemde niet in met verlenging")
    ON_REQUEST = "on_request", _("Op verzoek van de betrokkene")


class DestructionState(models.TextChoices):
    """Where a destruction stands."""

    PROPOSED = "proposed", _("Wacht op de tweede")
    APPROVED = "approved", _("Goedgekeurd, wordt uitgevoerd")
    DONE = "done", _("Vernietigd")
    STOPPED = "stopped", _("Gestopt")


class Destruction(models.Model):
    """One destruction: proposed by one person, approved by another (four eyes), then done and certified.

    article: of the covenant whose term it is. certificate: counts per table, ground, people by reference, moment.
    hash: SHA-256 of the canonical certificate; the journal holds it too. subject: uid, still known afterwards.
    items, sheet: for Scope.ITEMS the uids of what goes, and of the decision sheet on which the source decided so.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey("cases.Case", models.CASCADE, related_name="destructions")
    scope = models.CharField(max_length=8, choices=Scope.choices)
    subject = models.UUIDField(null=True, blank=True)
    source = models.ForeignKey("agreements.Agency", models.PROTECT, null=True, blank=True, related_name="+")
    ground = models.CharField(max_length=28, choices=Ground.choices)
    article = models.CharField(max_length=60)
    due_on = models.DateField()
    state = models.CharField(max_length=10, choices=DestructionState.choices, default=DestructionState.PROPOSED)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    approved_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    certificate = models.JSONField(null=True, blank=True)
    hash = models.CharField(max_length=64, blank=True)
    items = models.JSONField(default=list, blank=True)
    sheet = models.UUIDField(null=True, blank=True)

    class Meta:
        ordering = ["-proposed_at"]
        constraints = [
            models.CheckConstraint(name="destruction_state_known", condition=Q(state__in=DestructionState.values)),
            models.CheckConstraint(
                name="destruction_four_eyes",
                condition=Q(approved_by=None) | ~Q(approved_by=models.F("proposed_by")),
            ),
            # By expressions, so that "nobody" equals "nobody" on SQLite too.
            models.UniqueConstraint(
                "case",
                "scope",
                Coalesce("subject", NOBODY),
                Coalesce("source", 0, output_field=models.BigIntegerField()),
                condition=Q(state__in=["proposed", "approved"]),
                name="one_running_destruction",
            ),
        ]

    def __str__(self) -> str:
        return f"destruction {self.uid}"


class RetentionHold(models.Model):
    """Something that stops destruction for a while: a legal claim, a statute, a request that is not answered yet.

    Reviewed each year at the latest. Source: WGS art. 1.8(7), AVG art. 17(3).
    """

    class Reason(models.TextChoices):
        """Why it must wait."""

        CLAIM = "claim", _("Rechtsvordering")
        STATUTE = "statute", _("Wettelijke plicht")
        REQUEST = "request", _("Verzoek van de betrokkene loopt")
        OVERSIGHT = "oversight", _("Onderzoek van een toezichthouder")

    case = models.ForeignKey("cases.Case", models.CASCADE, related_name="retention_holds")
    reason = models.CharField(max_length=10, choices=Reason.choices)
    review_on = models.DateField()
    starts = models.DateTimeField()
    ends = models.DateTimeField(null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"hold {self.pk}"


class Renewal(models.Model):
    """A longer term for one person, when the case still needs it and the sources agree (BGS art. 1.16(2)-(3)).

    until: the new last day. decided_at: when every source had answered; facts of who refused go.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey("cases.Case", models.CASCADE, related_name="renewals")
    subject = models.UUIDField()
    until = models.DateField()
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "subject"], condition=Q(decided_at=None), name="one_renewal_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"renewal {self.uid}"


class RenewalConsent(models.Model):
    """What one source answered to a renewal; agrees is empty until it did."""

    renewal = models.ForeignKey(Renewal, models.CASCADE, related_name="consents")
    agency = models.ForeignKey("agreements.Agency", models.PROTECT, related_name="+")
    agrees = models.BooleanField(null=True, blank=True)
    at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["renewal", "agency"], name="one_consent_a_source")]

    def __str__(self) -> str:
        return f"consent {self.pk}"
