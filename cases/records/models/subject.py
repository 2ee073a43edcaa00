"""The natural persons that a case is about. Their names are facts, not columns."""

import uuid
from datetime import date

from django.db import models


class Subject(models.Model):
    """A person concerned (betrokkene) or somebody of the direct circle (BGS art. 2.19).

    `born_on` serves conditions (`minor`) and is never shown: the date of birth people see is a fact.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    born_on = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return f"subject {self.uid}"

    @property
    def ref(self) -> str:
        """How the journal names this person."""
        return f"subject:{self.uid}"


def is_minor(born_on: date | None, day: date) -> bool:
    """Under eighteen on `day`; an unknown date of birth is not a minor, so it grants nothing.

    Source: BW art. 1:233.
    """
    if born_on is None:
        return False
    had_birthday = (day.month, day.day) >= (born_on.month, born_on.day)
    return day.year - born_on.year - (0 if had_birthday else 1) < 18


class CaseSubject(models.Model):
    """A person's place in a case: who it is about, or the direct circle. `position` orders the page."""

    class Role(models.TextChoices):
        """Place in the case."""

        SUBJECT = "subject"
        CIRCLE = "circle"

    case = models.ForeignKey("cases.Case", models.CASCADE, related_name="case_subjects")
    subject = models.ForeignKey(Subject, models.PROTECT, related_name="case_subjects")
    role = models.CharField(max_length=12, choices=Role.choices)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["case", "subject"], name="one_place_in_a_case")]

    def __str__(self) -> str:
        return f"{self.role} {self.position}"
