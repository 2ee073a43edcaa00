"""The tables of triage: its filters and judgement, hit or no hit, the opening, informing. Words are sealed."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from cases.records.models import SealedWords
from cases.triage.codes import Ground, InformState, Known, Outcome, Step


class Triage(models.Model):
    """The triage of one case. `filter` only goes up; `filter_since` is when it went to where it is.

    outcome, destination: what is proposed or decided; destination is a code or a number, never a name.
    decided_by: the agency whose word made it final. destroy_on: when a case that was not admitted is erased.
    info_until: until when more information may come; asked once.
    """

    case = models.OneToOneField("cases.Case", models.CASCADE, related_name="triage")
    opened_at = models.DateTimeField()
    due_on = models.DateField()
    filter = models.PositiveSmallIntegerField(default=1)
    filter_since = models.DateTimeField()
    outcome = models.CharField(max_length=12, choices=Outcome.choices, blank=True)
    destination = models.CharField(max_length=40, blank=True)
    info_until = models.DateField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey("agreements.Agency", models.PROTECT, null=True, blank=True, related_name="+")
    destroy_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="triage_filter_one_to_four", condition=Q(filter__gte=1, filter__lte=4)),
            models.CheckConstraint(name="triage_outcome_known", condition=Q(outcome__in=["", *Outcome.values])),
        ]

    def __str__(self) -> str:
        return f"triage {self.pk}"


class TriageStep(SealedWords):
    """A recorded step (values: triage_judgement, or none where a code says it all).

    fulfilled: whether a criterion is met, or whether an agency agrees. outcome: what was proposed.
    filter: at which filter it was taken. proposal: the proposal that a position is on.
    """

    triage = models.ForeignKey(Triage, models.CASCADE, related_name="steps")
    what = models.CharField(max_length=8, choices=Step.choices)
    fulfilled = models.BooleanField(null=True, blank=True)
    outcome = models.CharField(max_length=12, choices=Outcome.choices, blank=True)
    filter = models.PositiveSmallIntegerField()
    proposal = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="positions")

    class Meta:
        ordering = ["given_at", "id"]
        constraints = [
            models.CheckConstraint(name="triage_step_known", condition=Q(what__in=Step.values)),
            models.UniqueConstraint(
                fields=["triage", "what"], condition=Q(what__in=["a", "b", "c", "d"]), name="one_judgement_a_criterion"
            ),
            models.UniqueConstraint(
                fields=["triage", "filter"], condition=Q(what="filter"), name="a_filter_is_passed_once"
            ),
            models.UniqueConstraint(
                fields=["proposal", "source"], condition=Q(what="position"), name="one_position_on_a_proposal"
            ),
            models.UniqueConstraint(
                fields=["triage", "source"], condition=Q(what="fits"), name="one_fitting_judgement_each"
            ),
        ]


class KnownCheck(models.Model):
    """One question "do you know this person", on a pseudonym and without content.

    identifier: the agency that reported, which alone says who it is about. of_bsn, of_name: keyed pseudonyms of
    what it typed ("" when it typed none); nobody reads them back, and they go when the check is closed.
    asked_at: when the director asked; started_at: when there was something to compare with.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    triage = models.ForeignKey(Triage, models.CASCADE, related_name="checks")
    about = models.ForeignKey("cases.CaseSubject", models.CASCADE, null=True, blank=True, related_name="+")
    identifier = models.ForeignKey("agreements.Agency", models.PROTECT, related_name="+")
    of_bsn = models.CharField(max_length=64, blank=True)
    of_name = models.CharField(max_length=64, blank=True)
    asked_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)
    deadline = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["asked_at", "id"]

    def __str__(self) -> str:
        return f"known-check {self.uid}"


class KnownAnswer(models.Model):
    """What one invited agency answers. tries: how often it compared; what it typed is kept nowhere."""

    check_of = models.ForeignKey(KnownCheck, models.CASCADE, related_name="answers")
    agency = models.ForeignKey("agreements.Agency", models.PROTECT, related_name="+")
    answer = models.CharField(max_length=12, choices=Known.choices, blank=True)
    contact = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["agency__name"]
        constraints = [
            models.UniqueConstraint(fields=["check_of", "agency"], name="asked_once_a_check"),
            models.CheckConstraint(name="known_answer_known", condition=Q(answer__in=["", *Known.values])),
        ]

    def __str__(self) -> str:
        return f"answer {self.pk}"


class Admission(SealedWords):
    """Why and how a case was opened (values: admission_reasons: legal basis, proportionality, subsidiarity).

    covenants: codes the case runs under. director: the case manager. Source: BGS art. 2.20(3), WGS art. 2.31(2)-(4).
    """

    triage = models.OneToOneField(Triage, models.CASCADE, related_name="admission")
    purpose = models.CharField(max_length=40)
    covenants = models.CharField(max_length=200)
    lead = models.ForeignKey("agreements.Agency", models.PROTECT, related_name="+")
    director = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()


class Informing(models.Model):
    """Telling one person that their data are used (AVG art. 14). The contact point does it (domain 3)."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey("cases.Case", models.CASCADE, related_name="informings")
    about = models.ForeignKey("cases.CaseSubject", models.CASCADE, related_name="+")
    state = models.CharField(max_length=10, choices=InformState.choices, default=InformState.PLANNED)
    due_on = models.DateField()
    done_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["about__position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["case", "about"], name="informed_once"),
            models.CheckConstraint(name="inform_state_known", condition=Q(state__in=InformState.values)),
        ]

    def __str__(self) -> str:
        return f"informing {self.uid}"


class Embargo(SealedWords):
    """One source's judgement that informing must wait (values: case_note), until it lifts it (BGS art. 1.3).

    hold: what withholds its own facts meanwhile, if it wants that.
    """

    informing = models.ForeignKey(Informing, models.CASCADE, related_name="embargoes")
    ground = models.CharField(max_length=12, choices=Ground.choices)
    review_on = models.DateField()
    hold = models.ForeignKey("cases.Circumstance", models.SET_NULL, null=True, blank=True, related_name="+")
    lifted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["informing", "source"], condition=Q(lifted_at=None), name="one_standing_embargo_a_source"
            ),
            models.CheckConstraint(name="embargo_ground_known", condition=Q(ground__in=Ground.values)),
        ]
