"""The index of search: which words stand in which field. The full-text half of it is in full_text.py."""

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
