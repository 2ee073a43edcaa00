"""Tables of the oversight: marks of notable ones, and findings with their steps.

All are append-only (audit/journal/guards.py) but Progress, which holds no evidence.
"""

import uuid

from django.db import models


class Mark(models.Model):
    """A rule found this read notable. Says nothing about right or wrong: a person judges."""

    entry_uid = models.UUIDField()
    rule = models.CharField(max_length=24)
    rule_version = models.PositiveSmallIntegerField()
    noted_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry_uid", "rule"], name="one_mark_a_rule")]

    def __str__(self) -> str:
        return f"{self.rule} {self.entry_uid}"


class Progress(models.Model):
    """How far the rules have read the journal: the last uid of the last whole batch."""

    name = models.CharField(max_length=24, primary_key=True)
    done_to = models.UUIDField(null=True)
    moved_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name} to {self.done_to}"


class FindingState(models.TextChoices):
    """Where a finding stands; follows from its last step."""

    OPEN = "open"
    EXPLAINED = "explained"
    ESCALATED = "escalated"
    CLOSED = "closed"


class Verdict(models.TextChoices):
    """What the officer found in the end. Empty until a finding is closed."""

    NONE = ""
    JUSTIFIED = "justified"
    UNJUSTIFIED = "unjustified"


class Finding(models.Model):
    """Reads of one reader, for one agency, that an officer looks into."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    agency_ref = models.TextField()
    actor_ref = models.TextField()
    opened_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["agency_ref", "actor_ref"], name="findings_of_reader")]

    def __str__(self) -> str:
        return f"finding {self.uid}"


class FindingRead(models.Model):
    """A read that belongs to a finding; each read to one finding at most."""

    entry_uid = models.UUIDField(primary_key=True)
    finding = models.ForeignKey(Finding, models.PROTECT, related_name="reads")

    class Meta:
        db_table = "audit_finding_read"

    def __str__(self) -> str:
        return f"read {self.entry_uid}"


class FindingStep(models.Model):
    """A step in the life of a finding. The reason in words is a personal part of the journal entry `entry_uid`."""

    finding = models.ForeignKey(Finding, models.PROTECT, related_name="steps")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=FindingState.choices)
    verdict = models.CharField(max_length=12, choices=Verdict.choices, default=Verdict.NONE, blank=True)
    by_ref = models.TextField()
    taken_at = models.DateTimeField()
    entry_uid = models.UUIDField()

    class Meta:
        db_table = "audit_finding_step"
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["finding", "number"], name="one_step_a_number")]

    def __str__(self) -> str:
        return f"{self.state} {self.number}"


class Question(models.Model):
    """What an officer asks the reader of a finding. The words are a personal part of the journal entry `entry_uid`."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    finding = models.ForeignKey(Finding, models.PROTECT, related_name="questions")
    number = models.PositiveSmallIntegerField()
    by_ref = models.TextField()
    asked_at = models.DateTimeField()
    answer_by = models.DateField()
    entry_uid = models.UUIDField()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["finding", "number"], name="one_question_a_number")]

    def __str__(self) -> str:
        return f"question {self.uid}"


class Answer(models.Model):
    """What the reader answers, once. It decides nothing: the officer does, by a step of the finding."""

    question = models.OneToOneField(Question, models.PROTECT, related_name="answer")
    given_at = models.DateTimeField()
    entry_uid = models.UUIDField()

    def __str__(self) -> str:
        return f"answer to {self.question_id}"
