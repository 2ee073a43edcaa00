"""The tables of this room: a question to the own leadership and its answer (opschaling). Words are sealed."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.records.models import SealedWords

HIGHEST = 2
"""The team leader, then who signs for the agency. There is no level above that one."""


class EscalationState(models.TextChoices):
    """Where an escalation stands (domain 10)."""

    ASKED = "asked", _("Gevraagd")
    SEEN = "seen", _("Gezien")
    DECIDED = "decided", _("Besloten")
    UNANSWERED = "unanswered", _("Niet beantwoord")


class Escalation(SealedWords):
    """A question to the own leadership, with a clock (domain: Opschaling; values: request_text).

    Only the own agency hears it. level: 1 the team leader, 2 who signs for the agency. blocked_by: whom it waits for.
    read_at: when the asker read the decision.
    """

    blocked_by = models.ForeignKey("agreements.Agency", models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField(max_length=10, choices=EscalationState.choices, default=EscalationState.ASKED)
    level = models.PositiveSmallIntegerField(default=1)
    answer_by = models.DateField()
    seen_at = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    raised_at = models.DateTimeField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="escalation_state_known", condition=Q(state__in=EscalationState.values)),
            models.CheckConstraint(name="escalation_level_known", condition=Q(level__gte=1, level__lte=HIGHEST)),
            models.CheckConstraint(
                name="escalation_decided_with_a_moment",
                condition=Q(state="decided", decided_at__isnull=False) | (~Q(state="decided") & Q(decided_at=None)),
            ),
            models.UniqueConstraint(
                fields=["source", "submission"],
                condition=Q(submission__isnull=False),
                name="one_escalation_a_submission",
            ),
        ]
        indexes = [
            models.Index(fields=["source", "answer_by"], condition=~Q(state="decided"), name="waiting_escalations")
        ]


class EscalationAnswer(SealedWords):
    """What the leadership decided (values: case_note); one for each escalation."""

    escalation = models.OneToOneField(Escalation, models.CASCADE, related_name="answer")
