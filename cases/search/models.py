"""The indexes of search: which words stand in which field. Their full-text halves are in full_text.py."""

from django.db import models


class SearchRow(models.Model):
    """The words of one field of one standing contribution; goes with the contribution, and with the case.

    `words` is a sorted bag, not what was said, but as sensitive: no page reads it, and no query hands it out.
    `bit` is the field. Foreign keys are real, so that a contribution cannot be erased while its words stay.
    """

    case = models.ForeignKey("cases.Case", models.CASCADE, related_name="+")
    contribution = models.ForeignKey("cases.Contribution", models.CASCADE, related_name="+")
    source = models.ForeignKey("agreements.Agency", models.PROTECT, related_name="+", db_index=False)
    bit = models.PositiveSmallIntegerField()
    words = models.TextField()

    def __str__(self) -> str:
        return f"words of field {self.bit} of contribution {self.contribution_id}"


class RoomRow(models.Model):
    """The same for one field of standing words of a room; `room` and `uid` say which (SealedWords).

    Beside the words stands what decides about them (whom they are about, under which covenants they were given, who
    heard them), so that a match is decided on without a query of its own. Words of a room stand in some twenty
    tables: instead of a foreign key, a trigger on each takes the row along (following.py).
    """

    case = models.ForeignKey("cases.Case", models.CASCADE, related_name="+")
    room = models.CharField(max_length=24)
    uid = models.UUIDField(db_index=True)
    source = models.ForeignKey("agreements.Agency", models.PROTECT, related_name="+", db_index=False)
    about = models.ForeignKey("cases.CaseSubject", models.CASCADE, null=True, related_name="+")
    other = models.ForeignKey("cases.CaseSubject", models.CASCADE, null=True, related_name="+")
    under = models.CharField(max_length=200)
    heard = models.CharField(max_length=400, blank=True)
    bit = models.PositiveSmallIntegerField()
    words = models.TextField()

    def __str__(self) -> str:
        return f"words of field {self.bit} of {self.room} {self.uid}"
