"""The tables of programmes. Nothing about a person: a goal is measured by a (protected) indicator of an area."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class PillarKind(models.TextChoices):
    """What a pillar is about; `OWN` has a name of its own."""

    SCHOOL = "school", _("Onderwijs")
    WORK = "work", _("Werk")
    HOUSING = "housing", _("Wonen")
    SAFETY = "safety", _("Veiligheid")
    OWN = "own", _("Eigen pijler")


class ProgrammeState(models.TextChoices):
    """How far a programme is. It is public from `ADOPTED`."""

    PROPOSED = "proposed", _("Voorgesteld")
    ADOPTED = "adopted", _("Vastgesteld")
    RUNNING = "running", _("Loopt")
    REVIEWED = "reviewed", _("Wordt herijkt")
    ENDED = "ended", _("Afgerond")


class Side(models.TextChoices):
    """Which of the two sides a project is on."""

    SOCIAL = "social", _("Sociaal")
    REPRESSIVE = "repressive", _("Repressief")


class ProjectState(models.TextChoices):
    """How far a project is."""

    PLANNED = "planned", _("Gepland")
    RUNNING = "running", _("Loopt")
    ENDED = "ended", _("Afgerond")


class Outcome(models.TextChoices):
    """What came of a project."""

    WORKED = "worked", _("Werkte")
    PARTLY = "partly", _("Werkte deels")
    NOT = "not", _("Werkte niet")


class Programme(models.Model):
    """An effort for ten years or more in some areas. lead: the party that leads it, with why and since when.

    covenant: the pact, an agreement in the covenants' own machinery. evaluation_on: when the parties look back on it.
    """

    code = models.SlugField(_("code"), max_length=40, unique=True)
    title = models.CharField(_("titel"), max_length=160)
    summary = models.TextField(_("samenvatting"))
    mandate = models.TextField(_("mandaat"))
    starts_year = models.PositiveSmallIntegerField()
    until_year = models.PositiveSmallIntegerField()
    areas = models.ManyToManyField("programmes.Area", related_name="programmes")
    lead = models.ForeignKey("agreements.Agency", models.PROTECT, related_name="+")
    lead_why = models.TextField()
    lead_since = models.DateField()
    state = models.CharField(max_length=10, choices=ProgrammeState.choices, default=ProgrammeState.PROPOSED)
    covenant = models.OneToOneField("agreements.Covenant", models.PROTECT, null=True, blank=True, related_name="+")
    evaluation_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["title"]
        constraints: ClassVar = [
            models.CheckConstraint(name="programme_state_known", condition=Q(state__in=ProgrammeState.values)),
            models.CheckConstraint(name="programme_ten_years", condition=Q(until_year__gte=F("starts_year") + 10)),
        ]

    def __str__(self) -> str:
        return self.code


class ProgrammePillar(models.Model):
    """One pillar of a programme. own_name: of a pillar of its own, else empty."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="pillars")
    kind = models.CharField(max_length=8, choices=PillarKind.choices)
    own_name = models.CharField(max_length=60, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["order", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="pillar_once", fields=["programme", "kind", "own_name"]),
            models.CheckConstraint(name="programme_pillar_known", condition=Q(kind__in=PillarKind.values)),
            models.CheckConstraint(
                name="own_pillar_has_name",
                condition=Q(kind=PillarKind.OWN) & ~Q(own_name="") | ~Q(kind=PillarKind.OWN) & Q(own_name=""),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """As people call it."""
        return self.own_name or str(self.get_kind_display())


class Goal(models.Model):
    """A measurable target: an indicator of an area from its baseline to a value in a year. decided: no draft any more.

    baseline, its source and its date are those of the measurement when the goal was made.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    pillar = models.ForeignKey(ProgrammePillar, models.CASCADE, related_name="goals")
    title = models.CharField(max_length=160)
    area = models.ForeignKey("programmes.Area", models.PROTECT, related_name="+")
    indicator = models.ForeignKey("programmes.Indicator", models.PROTECT, related_name="+")
    baseline_year = models.PositiveSmallIntegerField()
    baseline = models.DecimalField(max_digits=12, decimal_places=2)
    baseline_source = models.CharField(max_length=160)
    baseline_dated = models.DateField()
    target = models.DecimalField(max_digits=12, decimal_places=2)
    target_year = models.PositiveSmallIntegerField()
    decided = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["pillar", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(name="goal_year_after_baseline", condition=Q(target_year__gt=F("baseline_year"))),
        ]

    def __str__(self) -> str:
        return self.title


class Milestone(models.Model):
    """What the indicator of a goal should be in a year on the way."""

    goal = models.ForeignKey(Goal, models.CASCADE, related_name="milestones")
    year = models.PositiveSmallIntegerField()
    value = models.DecimalField(max_digits=12, decimal_places=2)

    class Meta:
        ordering: ClassVar = ["year"]
        constraints: ClassVar = [models.UniqueConstraint(name="milestone_once", fields=["goal", "year"])]

    def __str__(self) -> str:
        return f"{self.year}: {self.value}"


class Plan(models.Model):
    """What is done in at most four years of a programme."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="plans")
    first_year = models.PositiveSmallIntegerField()
    last_year = models.PositiveSmallIntegerField()
    summary = models.TextField()

    class Meta:
        ordering: ClassVar = ["first_year"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="plan_once", fields=["programme", "first_year"]),
            models.CheckConstraint(
                name="plan_four_years",
                condition=Q(last_year__gte=F("first_year"), last_year__lte=F("first_year") + 3),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_year}-{self.last_year}"


class Project(models.Model):
    """Work under a goal, in a plan. It ends with its outcome, its result and what was learned, or not at all."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    goal = models.ForeignKey(Goal, models.CASCADE, related_name="projects")
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="projects")
    title = models.CharField(max_length=160)
    about = models.TextField()
    side = models.CharField(max_length=10, choices=Side.choices)
    owner = models.ForeignKey("agreements.Agency", models.PROTECT, related_name="+")
    starts_on = models.DateField()
    until_on = models.DateField()
    state = models.CharField(max_length=8, choices=ProjectState.choices, default=ProjectState.PLANNED)
    ended_on = models.DateField(null=True, blank=True)
    outcome = models.CharField(max_length=6, choices=Outcome.choices, blank=True)
    result = models.TextField(blank=True)
    learned = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["starts_on", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(name="project_side_known", condition=Q(side__in=Side.values)),
            models.CheckConstraint(name="project_state_known", condition=Q(state__in=ProjectState.values)),
            models.CheckConstraint(name="project_ends_after_start", condition=Q(until_on__gte=F("starts_on"))),
            models.CheckConstraint(
                name="project_ends_with_result_and_lesson",
                condition=~Q(state=ProjectState.ENDED)
                | Q(ended_on__isnull=False, outcome__in=Outcome.values) & ~Q(result="") & ~Q(learned=""),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class PillarReport(models.Model):
    """What is told to everybody about a pillar over a year. n_social, n_repressive: the projects it rests on."""

    pillar = models.ForeignKey(ProgrammePillar, models.CASCADE, related_name="reports")
    year = models.PositiveSmallIntegerField()
    words = models.TextField()
    n_social = models.PositiveSmallIntegerField()
    n_repressive = models.PositiveSmallIntegerField()
    published_on = models.DateField()

    class Meta:
        ordering: ClassVar = ["-year"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="pillar_report_once", fields=["pillar", "year"]),
            models.CheckConstraint(name="pillar_report_both_sides", condition=Q(n_social__gt=0, n_repressive__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.pillar_id} {self.year}"
