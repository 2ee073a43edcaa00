"""A case as a file: what it is about, where it stands, under which covenants. No facts live here."""

import uuid

from django.conf import settings
from django.db import models

from cases.records.phases import Kind, Phase, State, Urgency

NO_DATE = "9999-12-31"


class Case(models.Model):
    """A file on a person, a family or an area (domain: Casus).

    `label` is empty for a person or a family: their names are facts and come through disclosure.
    `phase`, `covenants` and `partners` are the present values of PhaseChange, CaseCovenant and
    Participation, kept here by the commands so that a list needs no joins.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    number = models.CharField(max_length=32, unique=True)
    kind = models.CharField(max_length=12, choices=[(k.value, k.value) for k in Kind])
    label = models.CharField(max_length=120, blank=True)
    district = models.CharField(max_length=80, blank=True)
    purpose = models.CharField(max_length=40)
    urgency = models.CharField(max_length=12, choices=[(u.value, u.value) for u in Urgency])
    phase = models.CharField(max_length=12, choices=[(p.value, p.value) for p in Phase])
    phase_since = models.DateTimeField()
    state = models.CharField(max_length=12, choices=[(s.value, s.value) for s in State])
    covenants = models.CharField(max_length=200)
    partners = models.CharField(max_length=200, blank=True)
    lead = models.ForeignKey("agreements.Agency", models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    next_step = models.CharField(max_length=160, blank=True)
    next_step_on = models.DateField(default=NO_DATE)
    next_step_owner = models.CharField(max_length=32, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="case_label_only_without_persons",
                condition=models.Q(label="") | models.Q(kind="area"),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def ref(self) -> str:
        """How the journal names this case."""
        return f"case:{self.uid}"

    @property
    def covenant_codes(self) -> frozenset[str]:
        """Codes of the covenants that the case runs under now."""
        return frozenset(self.covenants.split())


class CaseCovenant(models.Model):
    """A covenant under which the case ran from `starts` until `ends` (exclusive; empty = still)."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="covenant_terms")
    code = models.CharField(max_length=40)
    starts = models.DateTimeField()
    ends = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.code} from {self.starts:%Y-%m-%d}"


class PhaseChange(models.Model):
    """The case entered `phase` at `starts`; `by` names the agency that recorded it."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="phase_changes")
    phase = models.CharField(max_length=12)
    starts = models.DateTimeField()
    by = models.ForeignKey("agreements.Agency", models.PROTECT, related_name="+")
    note = models.CharField(max_length=240, blank=True)

    class Meta:
        ordering = ["starts", "id"]
        indexes = [models.Index(fields=["starts"], name="phases_by_day")]

    def __str__(self) -> str:
        return f"{self.phase} from {self.starts:%Y-%m-%d}"


class CaseVisit(models.Model):
    """When a professional last began reading a case: what came later is new for them."""

    professional = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    case = models.ForeignKey(Case, models.CASCADE, related_name="+")
    seen_at = models.DateTimeField()
    before = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["professional", "case"], name="one_visit_row")]

    def __str__(self) -> str:
        return f"visit at {self.seen_at:%Y-%m-%d %H:%M}"
