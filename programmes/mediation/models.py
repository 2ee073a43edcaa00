"""The tables of public mediation. Groups of residents have a name of the group, never of a person."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class RoundState(models.TextChoices):
    """How far a round is."""

    INVITED = "invited", _("Uitgenodigd")
    DIAGNOSED = "diagnosed", _("Gezamenlijke diagnose")
    AGREED = "agreed", _("Afgesproken")
    DONE = "done", _("Gedaan")
    EVALUATED = "evaluated", _("Geëvalueerd")


class MediationRound(models.Model):
    """One round about one question. result: what residents get back; public when every party agrees to that."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    programme = models.ForeignKey("programmes.Programme", models.CASCADE, related_name="mediation_rounds")
    title = models.CharField(max_length=160)
    question = models.TextField()
    state = models.CharField(max_length=9, choices=RoundState.choices, default=RoundState.INVITED)
    invited_on = models.DateField()
    diagnosis = models.TextField(blank=True)
    agreed_on = models.DateField(null=True, blank=True)
    result = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["-invited_on", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(name="mediation_state_known", condition=Q(state__in=RoundState.values)),
            models.CheckConstraint(
                name="mediation_diagnosed_has_words", condition=Q(state=RoundState.INVITED) | ~Q(diagnosis="")
            ),
            models.CheckConstraint(
                name="mediation_agreed_has_day",
                condition=Q(state__in=[RoundState.INVITED, RoundState.DIAGNOSED]) | Q(agreed_on__isnull=False),
            ),
            models.CheckConstraint(
                name="mediation_evaluated_has_result", condition=~Q(state=RoundState.EVALUATED) | ~Q(result="")
            ),
        ]

    def __str__(self) -> str:
        return self.title


class MediationParty(models.Model):
    """Who is invited: an agency, or a group of residents by its name. public: whether the result may be public."""

    round = models.ForeignKey(MediationRound, models.CASCADE, related_name="parties")
    agency = models.ForeignKey("agreements.Agency", models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=120)
    position = models.TextField(blank=True)
    public = models.BooleanField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "name"], name="one_mediation_party"),
        ]

    def __str__(self) -> str:
        return self.name


class MediationAction(models.Model):
    """A small, visible action, who does it, and by when."""

    round = models.ForeignKey(MediationRound, models.CASCADE, related_name="actions")
    party = models.ForeignKey(MediationParty, models.CASCADE, related_name="actions")
    words = models.CharField(max_length=240)
    due_on = models.DateField()
    done_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["due_on", "pk"]

    def __str__(self) -> str:
        return self.words
