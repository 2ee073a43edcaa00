"""Tables of the review of break-glass: what is to be judged by when, and the two judgements. References only."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _


class Side(models.TextChoices):
    """For whom an officer judges: the agency that read, or one that the facts came from."""

    READER = "reader", _("van de lezer")
    SOURCE = "source", _("van de bron")


class Verdict(models.TextChoices):
    """What an officer finds of the act."""

    JUSTIFIED = "justified", _("Terecht")
    UNJUSTIFIED = "unjustified", _("Niet terecht")


class Review(models.Model):
    """One act of break-glass to be reviewed. act_ref, reader_ref, agency_ref, case_ref: opaque references.

    sources: agency references of those that the article could open facts of, each between spaces.
    stands_in: the sides, between spaces, for which the coordinating officer judges since no agency there has one.
    entry_uid: the journal entry of the act, which holds the reason as a personal part.
    until: when the act ends by its article; deadline: when both judgements must be there.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    act_ref = models.CharField(max_length=60, unique=True)
    entry_uid = models.UUIDField()
    reader_ref = models.CharField(max_length=60)
    agency_ref = models.CharField(max_length=60)
    sources = models.TextField()
    stands_in = models.CharField(max_length=20, blank=True)
    case_ref = models.CharField(max_length=60)
    article = models.CharField(max_length=80)
    opened_at = models.DateTimeField()
    until = models.DateTimeField()
    deadline = models.DateTimeField()
    escalated_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["deadline"], name="audit_review_deadline")]

    def __str__(self) -> str:
        return f"review {self.uid}"

    @property
    def source_refs(self) -> tuple[str, ...]:
        """The agencies of the facts, by reference."""
        return tuple(self.sources.split())


class Judgement(models.Model):
    """What one officer found; one for each side, never changed. The words are a personal part of its entry."""

    review = models.ForeignKey(Review, models.PROTECT, related_name="judgements")
    side = models.CharField(max_length=6, choices=Side.choices)
    verdict = models.CharField(max_length=11, choices=Verdict.choices)
    officer_ref = models.CharField(max_length=60)
    agency_ref = models.CharField(max_length=60)
    entry_uid = models.UUIDField()
    given_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["review", "side"], name="audit_judgement_one_a_side"),
            models.UniqueConstraint(fields=["review", "officer_ref"], name="audit_judgement_four_eyes"),
        ]

    def __str__(self) -> str:
        return f"{self.side} {self.verdict}"
