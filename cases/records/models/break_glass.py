"""An act of break-glass (noodinzage): who opened which article in which case, why, and until when."""

from django.db import models
from django.db.models import F, Q

from cases.records.models.words import SealedWords


class BreakGlass(SealedWords):
    """One article opened to one person for a time (values: case_note, the reason). Versions are its history.

    source, entered_by, given_at: the agency and the person who acted, and since when. Only their own agency reads
    the reason here; the officers who review read it in the journal. until: exclusive. ended_at: ended early by who
    acted. told_at: when they read what came of the review.
    Source: AVG art. 6(1)(d), 9(2)(c); NEN 7513 (break-glass marked).
    """

    covenant = models.CharField(max_length=40)
    article = models.CharField(max_length=20)
    until = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="break_glass_has_an_end", condition=Q(until__gt=F("given_at"))),
        ]
        indexes = [models.Index(fields=["entered_by", "until"], name="break_glass_of_person")]

    @property
    def ref(self) -> str:
        """How the journal and the review know the act."""
        return f"breakglass:{self.uid}"
