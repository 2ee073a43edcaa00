"""What parties pledge under a pact. The pact itself is a covenant: signing, versions and terms are not here."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class PledgeKind(models.TextChoices):
    """What is pledged."""

    PEOPLE = "people", _("Mensen")
    WORK_PLACES = "work_places", _("Stage- en werkplekken")
    PRESCHOOL = "preschool", _("Plekken op de voorschool")
    DWELLINGS = "dwellings", _("Woningen")
    MONEY = "money", _("Geld")
    PROSECUTIONS = "prosecutions", _("Zaken met voorrang vervolgd")
    STREET_HOURS = "street_hours", _("Uren straatwerk")
    OTHER = "other", _("Anders")


class PledgeState(models.TextChoices):
    """What was said of a pledge; late and on course the clock says (rules.py)."""

    OPEN = "open", _("Open")
    KEPT = "kept", _("Nagekomen")
    BROKEN = "broken", _("Niet nagekomen")


class Pledge(models.Model):
    """What one party pledges, in which article of the pact, how much, by when, and how it is measured.

    owner: who answers for it at the party; parties read the name, the public does not. delivered: as reported last.
    released_standing, released_delivered, released_on: what everybody may know, as the board last released it; no
    number (None) of too few people, which is not kept here either.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    programme = models.ForeignKey("programmes.Programme", models.CASCADE, related_name="pledges")
    agency = models.ForeignKey("agreements.Agency", models.PROTECT, related_name="+")
    goal = models.ForeignKey("programmes.Goal", models.SET_NULL, null=True, blank=True, related_name="pledges")
    article = models.CharField(max_length=16)
    kind = models.CharField(max_length=12, choices=PledgeKind.choices)
    promise = models.CharField(max_length=240)
    quantity = models.DecimalField(max_digits=12, decimal_places=2)
    unit = models.CharField(max_length=60)
    measure = models.CharField(max_length=240)
    owner = models.CharField(max_length=120)
    starts_on = models.DateField()
    due_on = models.DateField()
    state = models.CharField(max_length=6, choices=PledgeState.choices, default=PledgeState.OPEN)
    delivered = models.DecimalField(max_digits=12, decimal_places=2, default=0)
    settled_on = models.DateField(null=True, blank=True)
    reason = models.TextField(blank=True)
    released_standing = models.CharField(max_length=10, blank=True)
    released_delivered = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    released_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["due_on", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(name="pledge_kind_known", condition=Q(kind__in=PledgeKind.values)),
            models.CheckConstraint(name="pledge_state_known", condition=Q(state__in=PledgeState.values)),
            models.CheckConstraint(name="pledge_due_after_start", condition=Q(due_on__gte=F("starts_on"))),
            models.CheckConstraint(name="pledge_quantity_positive", condition=Q(quantity__gt=0)),
            models.CheckConstraint(
                name="pledge_kept_in_full", condition=~Q(state=PledgeState.KEPT) | Q(delivered__gte=F("quantity"))
            ),
            models.CheckConstraint(
                name="pledge_settled_has_day",
                condition=Q(state=PledgeState.OPEN, settled_on=None)
                | ~Q(state=PledgeState.OPEN) & Q(settled_on__isnull=False),
            ),
            models.CheckConstraint(
                name="pledge_broken_has_reason", condition=~Q(state=PledgeState.BROKEN) | ~Q(reason="")
            ),
        ]

    def __str__(self) -> str:
        return self.promise


class Progress(models.Model):
    """What a party reported of its pledge: how much by then, and words. By which agency it was written."""

    pledge = models.ForeignKey(Pledge, models.CASCADE, related_name="progress")
    on = models.DateField()
    delivered = models.DecimalField(max_digits=12, decimal_places=2)
    words = models.TextField()
    by = models.ForeignKey("agreements.Agency", models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["-on", "-pk"]

    def __str__(self) -> str:
        return f"{self.pledge_id} {self.on}"


class Release(models.Model):
    """The board released the state of all pledges to everybody, with its words."""

    programme = models.ForeignKey("programmes.Programme", models.CASCADE, related_name="releases")
    on = models.DateField()
    words = models.TextField()

    class Meta:
        ordering: ClassVar = ["-on", "-pk"]

    def __str__(self) -> str:
        return f"{self.programme_id} {self.on}"
