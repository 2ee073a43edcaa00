"""An agency's facts on one person (or on an area) in one case, sealed."""

import uuid

from django.conf import settings
from django.db import models
from simple_history.models import HistoricalRecords

from cases.records.sealed import SealedField


class Contribution(models.Model):
    """A set of facts that one agency gave on one person in a case at one time (domain: Bijdrage).

    `about` is that person's place in the case; empty in an area case, which has no persons.

    `present` holds which fields have a value, as a hex mask: enough to announce and to count, never
    to read. `under` names the covenants by which the source gave them; no other covenant can grant
    them. What the person concerned disputes is sealed with the facts, so it is shown only beside a
    field that the reader may see. `submission` is made by the client, so that sending the same form
    twice over a bad line adds once. Versions are kept by simple-history, sealed as well and read through disclosure.
    """

    class Kind(models.TextChoices):
        """What sort of statement it is."""

        FACT = "fact"
        OPINION = "opinion"
        HEARSAY = "hearsay"

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey("cases.Case", models.CASCADE, related_name="contributions")
    about = models.ForeignKey("cases.CaseSubject", models.PROTECT, null=True, blank=True, related_name="+")
    source = models.ForeignKey("agreements.Agency", models.PROTECT, related_name="+")
    under = models.CharField(max_length=200)
    section = models.CharField(max_length=40)
    values = SealedField()
    present = models.CharField(max_length=64)
    kind = models.CharField(max_length=8, choices=Kind.choices, default=Kind.FACT)
    reliability = models.PositiveSmallIntegerField(default=2)
    observed_on = models.DateField()
    given_at = models.DateTimeField()
    valid_until = models.DateField(null=True, blank=True)
    basis = models.CharField(max_length=60)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    submission = models.UUIDField(null=True, blank=True)

    history = HistoricalRecords(cascade_delete_history=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source", "submission", "section"],
                condition=models.Q(submission__isnull=False),
                name="one_contribution_per_submission",
            ),
            models.CheckConstraint(
                name="reliability_one_to_four", condition=models.Q(reliability__gte=1, reliability__lte=4)
            ),
        ]
        indexes = [
            models.Index(fields=["case", "source"], name="contributions_of_source"),
            models.Index(fields=["case"], condition=models.Q(withdrawn_at__isnull=True), name="standing_of_case"),
            models.Index(fields=["given_at"], name="contributions_by_day"),
        ]

    def __str__(self) -> str:
        return f"contribution {self.uid}"
