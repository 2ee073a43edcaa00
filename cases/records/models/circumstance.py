"""What was recorded about a case that a rule depends on: conditions that hold, holds that withhold."""

from django.db import models


class Circumstance(models.Model):
    """A condition (consent, OM decision, good care, invitation …) or a hold (embargo, objection …).

    A condition widens only what an article makes depend on it; a hold beats every grant.
    Empty `about`, `source` or `recipient` means all of them; `fields` is a hex mask of the held
    fields ("" for a condition). `contribution` narrows a hold to one contribution.
    Source: domain 6 (conditions), AVG art. 18 and 21 (restriction, objection), BGS art. 1.3 (embargo).
    """

    class Nature(models.TextChoices):
        """Does it open or withhold."""

        CONDITION = "condition"
        HOLD = "hold"

    case = models.ForeignKey("cases.Case", models.CASCADE, related_name="circumstances")
    nature = models.CharField(max_length=10, choices=Nature.choices)
    code = models.CharField(max_length=24)
    about = models.ForeignKey("cases.CaseSubject", models.PROTECT, null=True, blank=True, related_name="+")
    contribution = models.ForeignKey("cases.Contribution", models.CASCADE, null=True, blank=True, related_name="+")
    source = models.ForeignKey("agreements.Agency", models.PROTECT, null=True, blank=True, related_name="+")
    recipient = models.ForeignKey("agreements.Agency", models.PROTECT, null=True, blank=True, related_name="+")
    fields = models.CharField(max_length=64, blank=True)
    starts = models.DateTimeField()
    ends = models.DateTimeField(null=True, blank=True)
    text = models.TextField(blank=True)
    recorded_by = models.CharField(max_length=120)
    review_on = models.DateField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["case", "nature"], name="circumstances_of_case")]

    def __str__(self) -> str:
        return f"{self.nature} {self.code}"
