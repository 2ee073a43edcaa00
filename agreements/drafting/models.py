"""Drafts of covenants: the text in each revision, who would sign, and what people say about it.

What was agreed is in covenants; a draft grants nothing, and ends as a version or nowhere.
"""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

_CAPACITIES = ["controller", "participant", "third_party", "bureau"]


class DraftState(models.TextChoices):
    """How far a draft is. `DROPPED` and `ADOPTED` are its two ends."""

    DRAFT = "draft", _("Concept")
    CONSULTATION = "consultation", _("In consultatie")
    FOR_SIGNATURE = "for_signature", _("Ter ondertekening")
    ADOPTED = "adopted", _("Getekend")
    DROPPED = "dropped", _("Vervallen")


class Draft(models.Model):
    """A covenant, or the next version of one, in the making.

    text: the YAML of the newest revision, kept as typed, readable or not. based_on: the version it would
    follow. version: what was put up for signature. owner: the agency that holds the pen.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.CharField(_("code"), max_length=40)
    title = models.CharField(_("titel"), max_length=200)
    owner = models.ForeignKey("agreements.Agency", models.PROTECT, related_name="+")
    text = models.TextField()
    revision = models.PositiveIntegerField(default=1)
    state = models.CharField(max_length=16, choices=DraftState.choices, default=DraftState.DRAFT)
    template = models.CharField(max_length=40, blank=True)
    based_on = models.ForeignKey("agreements.CovenantVersion", models.PROTECT, null=True, blank=True, related_name="+")
    version = models.OneToOneField(
        "agreements.CovenantVersion", models.PROTECT, null=True, blank=True, related_name="draft"
    )
    started_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["-changed_at"]
        constraints = [
            models.CheckConstraint(name="draft_state_known", condition=Q(state__in=DraftState.values)),
            models.CheckConstraint(name="draft_revision_from_1", condition=Q(revision__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.code} ({self.uid})"


class DraftParty(models.Model):
    """An agency that would sign, and in which capacity."""

    draft = models.ForeignKey(Draft, models.CASCADE, related_name="parties")
    agency = models.ForeignKey("agreements.Agency", models.PROTECT, related_name="+")
    capacity = models.CharField(_("hoedanigheid"), max_length=16)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(name="draft_party_once", fields=["draft", "agency"]),
            models.CheckConstraint(name="draft_party_capacity_known", condition=Q(capacity__in=_CAPACITIES)),
        ]

    def __str__(self) -> str:
        return f"{self.agency_id} in {self.draft_id}"


class Revision(models.Model):
    """The text as somebody saved it. note: what they changed, in words made by the editor or themselves."""

    draft = models.ForeignKey(Draft, models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    text = models.TextField()
    note = models.CharField(max_length=240, blank=True)
    saved_at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(name="draft_revision_once", fields=["draft", "number"])]

    def __str__(self) -> str:
        return f"{self.draft_id} r{self.number}"


class Remark(models.Model):
    """What a party says about an article ("" = the whole) in consultation; settled by an answer in words."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    draft = models.ForeignKey(Draft, models.CASCADE, related_name="remarks")
    article = models.CharField(max_length=20, blank=True)
    revision = models.PositiveIntegerField()
    text = models.TextField()
    agency = models.ForeignKey("agreements.Agency", models.PROTECT, related_name="+")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    answer = models.TextField(blank=True)
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["made_at", "pk"]

    def __str__(self) -> str:
        return f"remark {self.uid}"


class FindingAnswer(models.Model):
    """Why the authors leave a warning of the linter as it is. It answers that sentence, not a later other one."""

    draft = models.ForeignKey(Draft, models.CASCADE, related_name="finding_answers")
    code = models.CharField(max_length=40)
    article = models.CharField(max_length=20, blank=True)
    message = models.TextField()
    text = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    answered_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(name="draft_finding_answered_once", fields=["draft", "code", "article", "message"])
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.article}"
