"""The tables of requests of persons concerned. Words and names stand in closed boxes; cases are named by uid only."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from cases.subject_requests.choices import (
    Asker,
    Decision,
    Ground,
    IdentityCheck,
    Kind,
    Outcome,
    PackState,
    State,
)

_USER = settings.AUTH_USER_MODEL


class SubjectRequest(models.Model):
    """A request as the receiving agency took it in, on behalf of every controller (BGS art. 1.1(1), AVG art. 26).

    person: box of name, date of birth (ISO), contact, words of the request, who represents them.
    due_on: the last day on which it must be answered; extended: box of the reason told to the person.
    refused: box of the reason, when the request as a whole was refused (AVG art. 12(2) and 12(5)).
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    number = models.CharField(max_length=20, unique=True)
    kind = models.CharField(max_length=14, choices=Kind.choices)
    receiver = models.ForeignKey("agreements.Agency", models.PROTECT, related_name="+")
    received_on = models.DateField()
    due_on = models.DateField()
    extended_at = models.DateTimeField(null=True, blank=True)
    extended = models.BinaryField(null=True, blank=True)
    person = models.BinaryField()
    asker = models.CharField(max_length=14, choices=Asker.choices)
    identity_check = models.CharField(max_length=10, choices=IdentityCheck.choices, blank=True)
    identity_by = models.ForeignKey(_USER, models.PROTECT, null=True, blank=True, related_name="+")
    identity_at = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.INTAKE)
    refused = models.BinaryField(null=True, blank=True)
    entered_by = models.ForeignKey(_USER, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["due_on", "id"]
        constraints = [
            models.CheckConstraint(name="subject_request_state_known", condition=Q(state__in=State.values)),
            models.CheckConstraint(
                name="subject_request_identity_first",
                condition=Q(state__in=["intake", "refused"]) | Q(identity_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.number


class SubjectMatch(models.Model):
    """A person in a case who may be the one who asks. Shown to no officer as such: see finding.py."""

    request = models.ForeignKey(SubjectRequest, models.CASCADE, related_name="matches")
    case = models.UUIDField()
    subject = models.UUIDField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["request", "case", "subject"], name="one_match_a_place")]

    def __str__(self) -> str:
        return f"match {self.pk}"


class DecisionSheet(models.Model):
    """What one controller decides on its own facts (beslisblad). Its rows are seen by that controller alone.

    lookups: whether the person gets the look-ups by this agency; lookups_reason: box of why not.
    names_staff: whether those name who looked; names_reason: box of the weighing (CJEU C-579/21).
    tells_recipients: whether the person is told which agencies had what was mended (AVG art. 19).
    outcome, answer: to a request that is not for access; the box of the words to the person (AVG art. 12(4)).
    membership: of who closed it; under it the pack is made.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    request = models.ForeignKey(SubjectRequest, models.CASCADE, related_name="sheets")
    agency = models.ForeignKey("agreements.Agency", models.PROTECT, related_name="+")
    lookups = models.CharField(max_length=8, choices=Decision.choices, default=Decision.GIVE)
    lookups_ground = models.CharField(max_length=16, choices=Ground.choices, blank=True)
    lookups_reason = models.BinaryField(null=True, blank=True)
    names_staff = models.BooleanField(default=False)
    names_reason = models.BinaryField(null=True, blank=True)
    tells_recipients = models.BooleanField(default=False)
    outcome = models.CharField(max_length=8, choices=Outcome.choices, blank=True)
    answer = models.BinaryField(null=True, blank=True)
    membership = models.PositiveBigIntegerField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["request", "agency"], name="one_sheet_a_controller"),
            models.CheckConstraint(
                name="staff_named_for_a_reason", condition=Q(names_staff=False) | Q(names_reason__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"sheet {self.uid}"


class SheetPlace(models.Model):
    """A controller's word on one person in one case: this is, or is not, who asks."""

    sheet = models.ForeignKey(DecisionSheet, models.CASCADE, related_name="places")
    case = models.UUIDField()
    subject = models.UUIDField()
    is_them = models.BooleanField()
    by = models.ForeignKey(_USER, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sheet", "case", "subject"], name="one_word_a_place")]

    def __str__(self) -> str:
        return f"place {self.pk}"


class SheetItem(models.Model):
    """A controller's decision on one contribution of its own; those withheld are its register.

    reason: box of why, for the controller alone. is_told: whether the person learns that something is withheld and
    on which ground, which the law allows unless existence itself is protected. review_on: when it is weighed again.
    """

    sheet = models.ForeignKey(DecisionSheet, models.CASCADE, related_name="items")
    contribution = models.UUIDField()
    case = models.UUIDField()
    subject = models.UUIDField()
    decision = models.CharField(max_length=8, choices=Decision.choices)
    ground = models.CharField(max_length=16, choices=Ground.choices, blank=True)
    reason = models.BinaryField(null=True, blank=True)
    is_told = models.BooleanField(default=False)
    review_on = models.DateField(null=True, blank=True)
    by = models.ForeignKey(_USER, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sheet", "contribution"], name="one_decision_an_item"),
            models.CheckConstraint(
                name="withheld_on_a_ground",
                condition=Q(decision__in=["give", "erase"]) | (~Q(ground="") & Q(reason__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"item {self.pk}"


class SubjectHold(models.Model):
    """A hold that a request put on facts of one controller: which, since when, lifted when and why.

    contribution: the only one held; empty holds all that the controller gave on the person in that case.
    circumstance: the row that the policy core obeys; loose, for it goes with the case. lifted_reason: box.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sheet = models.ForeignKey(DecisionSheet, models.CASCADE, related_name="holds")
    circumstance = models.ForeignKey("cases.Circumstance", models.SET_NULL, null=True, blank=True, related_name="+")
    case = models.UUIDField()
    subject = models.UUIDField()
    contribution = models.UUIDField(null=True, blank=True)
    set_by = models.ForeignKey(_USER, models.PROTECT, related_name="+")
    set_at = models.DateTimeField()
    lifted_by = models.ForeignKey(_USER, models.PROTECT, null=True, blank=True, related_name="+")
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_reason = models.BinaryField(null=True, blank=True)

    def __str__(self) -> str:
        return f"hold {self.uid}"


class SubjectPack(models.Model):
    """The answer to the person: a PDF and its machine-readable twin, made in the background. Not guarded.

    told: per case and person the mask of fields in it, for the journal. beat_at: when its worker last made headway.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    request = models.ForeignKey(SubjectRequest, models.CASCADE, related_name="packs")
    state = models.CharField(max_length=8, choices=PackState.choices, default=PackState.QUEUED)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    pdf = models.BinaryField(null=True, blank=True)
    twin = models.BinaryField(null=True, blank=True)
    told = models.JSONField(default=list, blank=True)
    problem = models.CharField(max_length=16, blank=True)
    asked_by = models.ForeignKey(_USER, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    beat_at = models.DateTimeField()
    made_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-asked_at"]
        constraints = [
            models.CheckConstraint(name="subject_pack_state_known", condition=Q(state__in=PackState.values)),
            models.UniqueConstraint(fields=["request"], name="one_pack_a_request"),
        ]

    def __str__(self) -> str:
        return f"pack {self.uid}"


class SubjectPackPart(models.Model):
    """What one controller gives, as far as a worker came: another goes on from here. Box of the part as JSON."""

    pack = models.ForeignKey(SubjectPack, models.CASCADE, related_name="parts")
    sheet = models.ForeignKey(DecisionSheet, models.CASCADE, related_name="+")
    content = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["pack", "sheet"], name="one_part_a_sheet")]

    def __str__(self) -> str:
        return f"part {self.pk}"
