"""The tables of change agents, social supervisors and experiments. Who an agent is, stands sealed in one row apart."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from programmes.learning.models import AreaKind, Evidence
from programmes.plans.models import Outcome, PillarKind


class AgentState(models.TextChoices):
    """How far it is with a change agent. `WITHDRAWN`: who it was is erased."""

    ASKED = "asked", _("Gevraagd")
    SCREENED = "screened", _("Gescreend")
    ACTIVE = "active", _("Actief")
    RESTING = "resting", _("Even niet actief")
    WITHDRAWN = "withdrawn", _("Toestemming ingetrokken")


class ConsentForm(models.TextChoices):
    """How consent was given."""

    WRITTEN = "written", _("Schriftelijk")
    SPOKEN = "spoken", _("Mondeling, in het bijzijn van de contactpersoon")


class Decision(models.TextChoices):
    """What follows an experiment."""

    GO_ON = "go_on", _("Doorgaan")
    STOP = "stop", _("Stoppen")
    SCALE = "scale", _("Uitbreiden")


class ChangeAgent(models.Model):
    """A resident who opens doors in an area, as far as others than those involved may know: nearly nothing.

    officer: the membership of the contact officer; None once consent was withdrawn. The row then stays without the
    person, to show that there was consent, and until when. Source: AVG art. 7(1) and 7(3).
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    programme = models.ForeignKey("programmes.Programme", models.PROTECT, related_name="change_agents")
    area = models.ForeignKey("programmes.Area", models.PROTECT, related_name="+")
    officer = models.ForeignKey("agreements.Membership", models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField(max_length=9, choices=AgentState.choices, default=AgentState.ASKED)
    since = models.DateField()
    screened_on = models.DateField(null=True, blank=True)
    consent_on = models.DateField()
    consent_form = models.CharField(max_length=7, choices=ConsentForm.choices)
    withdrawn_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["area__name", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(name="agent_state_known", condition=Q(state__in=AgentState.values)),
            models.CheckConstraint(
                name="agent_withdrawn_has_nobody",
                condition=Q(state="withdrawn", withdrawn_on__isnull=False, officer=None)
                | ~Q(state="withdrawn") & Q(withdrawn_on=None, officer__isnull=False),
            ),
            models.CheckConstraint(
                name="agent_active_was_screened",
                condition=~Q(state__in=["screened", "active"]) | Q(screened_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return str(self.uid)

    @property
    def ref(self) -> str:
        """How the journal knows this person."""
        return f"agent:{self.uid}"


class AgentPerson(models.Model):
    """Who a change agent is: an encrypted box (person.py). It has no versions, and goes when consent does."""

    agent = models.OneToOneField(ChangeAgent, models.CASCADE, related_name="person")
    box = models.BinaryField()

    def __str__(self) -> str:
        return "sealed"


class AgentCount(models.Model):
    """How many active change agents everybody was last told of; None: too few to tell."""

    programme = models.OneToOneField("programmes.Programme", models.CASCADE, related_name="+")
    told = models.PositiveIntegerField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.told}"


class SocialSupervisor(models.Model):
    """A professional who ties the social work in an area together: by membership, from a day until a day."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    programme = models.ForeignKey("programmes.Programme", models.CASCADE, related_name="social_supervisors")
    area = models.ForeignKey("programmes.Area", models.PROTECT, related_name="+")
    membership = models.ForeignKey("agreements.Membership", models.PROTECT, related_name="+")
    task = models.CharField(max_length=240)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["area__name", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="supervisor_once", fields=["programme", "area", "membership"], condition=Q(until=None)
            ),
        ]

    def __str__(self) -> str:
        return str(self.uid)


class Experiment(models.Model):
    """Something small that is tried in a niche. It ends with result, lesson and decision, or not at all.

    agent: whose it is; cut loose when consent is withdrawn. lesson: the card that was made of it.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    programme = models.ForeignKey("programmes.Programme", models.CASCADE, related_name="experiments")
    area = models.ForeignKey("programmes.Area", models.PROTECT, related_name="+")
    agent = models.ForeignKey(ChangeAgent, models.SET_NULL, null=True, blank=True, related_name="experiments")
    niche = models.CharField(max_length=160)
    hypothesis = models.TextField()
    measure = models.TextField()
    pillar = models.CharField(max_length=8, choices=PillarKind.choices)
    area_kind = models.CharField(max_length=8, choices=AreaKind.choices)
    starts_on = models.DateField()
    until_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    outcome = models.CharField(max_length=6, choices=Outcome.choices, blank=True)
    result = models.TextField(blank=True)
    learned = models.TextField(blank=True)
    costs = models.CharField(max_length=240, blank=True)
    evidence = models.CharField(max_length=10, choices=Evidence.choices, blank=True)
    decision = models.CharField(max_length=5, choices=Decision.choices, blank=True)
    reason = models.TextField(blank=True)
    lesson = models.OneToOneField(
        "programmes.Lesson", models.SET_NULL, null=True, blank=True, related_name="experiment"
    )

    class Meta:
        ordering: ClassVar = ["-starts_on", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(name="experiment_ends_after_start", condition=Q(until_on__gte=F("starts_on"))),
            models.CheckConstraint(
                name="experiment_ends_with_result_and_lesson",
                condition=Q(ended_on=None, decision="", lesson=None)
                | Q(ended_on__isnull=False, decision__in=Decision.values, outcome__in=Outcome.values)
                & ~Q(result="") & ~Q(learned="") & ~Q(reason=""),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.niche
