"""The tables of plans: goals, actions, reviews, measured effects, closing. Words are sealed."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.records.models import SealedWords


class GoalState(models.TextChoices):
    """Where a goal stands."""

    OPEN = "open", _("Loopt")
    REACHED = "reached", _("Bereikt")
    PARTLY = "partly", _("Deels bereikt")
    DROPPED = "dropped", _("Losgelaten")


class ActionState(models.TextChoices):
    """Where an action stands (domain 5.6)."""

    OPEN = "open", _("Open")
    DONE = "done", _("Gedaan")
    PARTLY = "partly", _("Deels gedaan")
    NOT_DONE = "not_done", _("Niet gedaan")
    IMPOSSIBLE = "impossible", _("Kan niet")


class Moment(models.TextChoices):
    """When an effect is measured (domain 5.8)."""

    START = "start", _("Start")
    MIDWAY = "midway", _("Halverwege")
    END = "end", _("Einde")


class Goal(SealedWords):
    """What must be reached in one life domain (values: goal_text). domain: a part code of effect_score."""

    domain = models.CharField(max_length=16)
    state = models.CharField(max_length=8, choices=GoalState.choices, default=GoalState.OPEN)
    target_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(name="goal_state_known", condition=Q(state__in=GoalState.values))]


class Action(SealedWords):
    """A task of one agency (values: action_text, and action_result once it has one).

    number counts within the case. owner: who of that agency, if named. item: uid of the agenda item it was typed
    in, if any. reminded_at, raised_at: when the owner was reminded, when its leadership was told it is late.
    """

    number = models.PositiveSmallIntegerField()
    goal = models.ForeignKey(Goal, models.PROTECT, null=True, blank=True, related_name="actions")
    item = models.UUIDField(null=True, blank=True, db_index=True)
    owner_agency = models.ForeignKey("agreements.Agency", models.PROTECT, related_name="+")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    power = models.CharField(max_length=60, blank=True)
    due_on = models.DateField()
    state = models.CharField(max_length=10, choices=ActionState.choices, default=ActionState.OPEN)
    settled_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    raised_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="action_state_known", condition=Q(state__in=ActionState.values)),
            models.UniqueConstraint(fields=["case", "number"], name="one_number_an_action"),
        ]
        indexes = [
            models.Index(fields=["owner_agency", "due_on"], condition=Q(state="open"), name="open_actions_of_agency")
        ]


class Review(models.Model):
    """A moment at which the plan is looked at again; held_at is empty until it was."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey("cases.Case", models.CASCADE, related_name="reviews")
    on = models.DateField()
    held_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["on"]
        constraints = [models.UniqueConstraint(fields=["case", "on"], name="one_review_a_day")]

    def __str__(self) -> str:
        return f"review {self.uid}"


class Measurement(SealedWords):
    """Effects at one moment about one person (values: effect_score {part: number})."""

    moment = models.CharField(max_length=8, choices=Moment.choices)
    on = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="moment_known", condition=Q(moment__in=Moment.values)),
            models.UniqueConstraint(
                fields=["case", "about", "source", "moment"],
                condition=Q(withdrawn_at=None),
                name="one_measurement_a_moment",
            ),
        ]


class Closing(SealedWords):
    """Why and how a case was closed, or handed to aftercare (values: evaluation_text).

    watcher: the agency that keeps watching, until `watch_until`. reopened_at: when it was opened again.
    """

    reason = models.CharField(max_length=24)
    decided_at = models.DateTimeField()
    watcher = models.ForeignKey("agreements.Agency", models.PROTECT, null=True, blank=True, related_name="+")
    watch_until = models.DateField(null=True, blank=True)
    reopened_at = models.DateTimeField(null=True, blank=True)
