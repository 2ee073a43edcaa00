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


class ReviewKind(models.TextChoices):
    """Why the plan is looked at again (domain 3): how it goes, or whether it is still needed."""

    PROGRESS = "progress", _("Evaluatie van het plan")
    NECESSITY = "necessity", _("Toets: is het nog nodig?")


class Outcome(models.TextChoices):
    """What a review came to."""

    CONTINUE = "continue", _("Zo doorgaan")
    ADJUST = "adjust", _("Het plan bijstellen")
    FINISH = "finish", _("Afbouwen of afsluiten")


class Step(models.TextChoices):
    """A step in the life of a case at which words must be recorded (domain 3)."""

    MONITORING = "monitoring", _("Naar monitoring")
    AFTERCARE = "aftercare", _("Naar nazorg")
    CLOSED = "closed", _("Afgesloten")
    REOPENED = "reopened", _("Heropend")


class ClosingReason(models.TextChoices):
    """Why a case was closed (domain 5.9)."""

    GOALS_MET = "goals_met", _("De doelen zijn bereikt")
    NO_GAIN = "no_gain", _("Verder werken levert niets meer op")
    MOVED = "moved", _("Verhuisd naar een andere regio")
    DECEASED = "deceased", _("Overleden")
    ONE_CHAIN = "one_chain", _("Eén keten kan het verder alleen")


class EndEffect(models.TextChoices):
    """Whether the effect was measured at the end, or why it was not."""

    MEASURED = "measured", _("Gemeten")
    NO_CONTACT = "no_contact", _("Niet gemeten: geen contact meer")
    REFUSED = "refused", _("Niet gemeten: betrokkene wilde dit niet")
    NOT_POSSIBLE = "not_possible", _("Niet gemeten: verhuisd of overleden")
    NO_START = "no_start", _("Niet gemeten: er was geen startmeting")


class Feedback(models.TextChoices):
    """Whether the person concerned was told (domain 5.9)."""

    TOLD = "told", _("Verteld aan betrokkene")
    PLANNED = "planned", _("Gepland")
    NOT_POSSIBLE = "not_possible", _("Kan niet")


class Goal(SealedWords):
    """What must be reached in one life domain (values: goal_text). domain: a part code of effect_score."""

    domain = models.CharField(max_length=16)
    state = models.CharField(max_length=8, choices=GoalState.choices, default=GoalState.OPEN)
    target_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="goal_state_known", condition=Q(state__in=GoalState.values)),
            models.UniqueConstraint(
                fields=["source", "submission"], condition=Q(submission__isnull=False), name="one_goal_a_submission"
            ),
        ]
        indexes = [models.Index(fields=["given_at"], name="goals_by_day")]


class Action(SealedWords):
    """A task of one agency (values: action_text). What came of it is an ActionResult, in the words of who did it.

    number counts within the case, for the store alone: on a screen a gap would tell of an action that is silent.
    owner: who of that agency, if named. item: uid of the agenda item it was typed in, if any. reminded_at,
    raised_at: when the owner was reminded, when its leadership was told it is late.
    """

    number = models.PositiveSmallIntegerField()
    goal = models.ForeignKey(Goal, models.RESTRICT, null=True, blank=True, related_name="actions")
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
            models.UniqueConstraint(
                fields=["source", "submission"], condition=Q(submission__isnull=False), name="one_action_a_submission"
            ),
        ]
        indexes = [
            models.Index(fields=["owner_agency", "due_on"], condition=Q(state="open"), name="open_actions_of_agency"),
            models.Index(fields=["given_at"], name="actions_by_day"),
        ]


class ActionResult(SealedWords):
    """What came of an action, in the words of who settled it (values: action_result). Heard by whom the action was."""

    action = models.ForeignKey(Action, models.CASCADE, related_name="results")
    state = models.CharField(max_length=10, choices=ActionState.choices)


class Review(models.Model):
    """A moment at which the plan is looked at again; held_at is empty until it was."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey("cases.Case", models.CASCADE, related_name="reviews")
    kind = models.CharField(max_length=10, choices=ReviewKind.choices, default=ReviewKind.PROGRESS)
    on = models.DateField()
    held_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True)

    class Meta:
        ordering = ["on"]
        constraints = [
            models.UniqueConstraint(fields=["case", "kind"], condition=Q(held_at=None), name="one_review_to_come"),
        ]

    def __str__(self) -> str:
        return f"review {self.uid}"


class ReviewNote(SealedWords):
    """What was found at a review (values: case_note)."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="notes")


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
    """A step at which words had to be recorded: to monitoring, to aftercare, closed, reopened.

    values: evaluation_text (closed, and what is watched in aftercare) or case_note (progress, why it was reopened).
    watcher: the agency that keeps watching, until `watch_until`. reopened_at: when a closed case was opened again.
    """

    step = models.CharField(max_length=10, choices=Step.choices)
    reason = models.CharField(max_length=24, choices=ClosingReason.choices, blank=True)
    effect = models.CharField(max_length=12, choices=EndEffect.choices, blank=True)
    feedback = models.CharField(max_length=12, choices=Feedback.choices, blank=True)
    decided_at = models.DateTimeField()
    watcher = models.ForeignKey("agreements.Agency", models.PROTECT, null=True, blank=True, related_name="+")
    watch_until = models.DateField(null=True, blank=True)
    reopened_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="closing_step_known", condition=Q(step__in=Step.values)),
            models.CheckConstraint(
                name="closed_with_a_reason", condition=~Q(step="closed") | Q(reason__in=ClosingReason.values)
            ),
            models.CheckConstraint(
                name="aftercare_with_a_watcher",
                condition=~Q(step="aftercare") | Q(watcher__isnull=False, watch_until__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["given_at"], name="closings_by_day")]
