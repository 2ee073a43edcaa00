"""Who takes part in a case. Without an open participation a case does not exist for an agency."""

from django.conf import settings
from django.db import models

from cases.records.models.case import NO_DATE


class Participation(models.Model):
    """An agency in a case from `starts` until `ends` (exclusive; WGS art. 2.31(4)).

    mode `live` reads the joint case; `extract` is a third party that gets pushed copies and sees its
    own reports (WGS art. 2.31(9)). `everyone` lets the whole authorised team in; else only members.
    `urgency_rank` and `next_step_on` are the list's sort keys, copied from the case by the commands:
    with the partial index below a page costs fifty index entries at any size (policy.md, Lists).
    `is_open` is true from the start until somebody ends it; a set end date is checked besides.
    """

    class Mode(models.TextChoices):
        """How the agency takes part."""

        LIVE = "live"
        EXTRACT = "extract"

    case = models.ForeignKey("cases.Case", models.CASCADE, related_name="participations")
    agency = models.ForeignKey("agreements.Agency", models.PROTECT, related_name="+")
    mode = models.CharField(max_length=8, choices=Mode.choices)
    everyone = models.BooleanField(default=True)
    starts = models.DateTimeField()
    ends = models.DateTimeField(null=True, blank=True)
    is_open = models.BooleanField(default=True)
    reason = models.CharField(max_length=240)
    urgency_rank = models.PositiveSmallIntegerField()
    next_step_on = models.DateField(default=NO_DATE)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "agency"], condition=models.Q(is_open=True), name="one_open_participation"
            ),
            models.CheckConstraint(
                name="participation_ends_after_it_starts",
                condition=models.Q(ends__isnull=True) | models.Q(ends__gt=models.F("starts")),
            ),
        ]
        indexes = [
            models.Index(
                fields=["agency", "mode", "urgency_rank", "next_step_on", "case"],
                condition=models.Q(is_open=True),
                name="worklist_order",
            ),
            models.Index(fields=["starts"], name="participations_by_start"),
            models.Index(fields=["ends"], condition=models.Q(ends__isnull=False), name="participations_by_end"),
        ]

    def __str__(self) -> str:
        return f"{self.mode} from {self.starts:%Y-%m-%d}"


class ParticipationMember(models.Model):
    """A named professional of a participation that is not open to the whole team."""

    participation = models.ForeignKey(Participation, models.CASCADE, related_name="members")
    professional = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["participation", "professional"], name="one_member_row")]

    def __str__(self) -> str:
        return f"member {self.professional_id}"
