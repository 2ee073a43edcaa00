"""Words that partners write in the rooms around a case: a signal, a judgement, a decision, an action. Sealed."""

import uuid
from functools import cache

from django.apps import apps
from django.conf import settings
from django.db import models
from simple_history.models import HistoricalRecords

from cases.records.sealed import SealedField


class SealedWords(models.Model):
    """What one agency wrote at one moment in the work on a case, as values of catalogue fields with entry `work`.

    Opens like a contribution, by the same disclosure and the same covenants: `cases.disclosure.rows.words_rows`.
    heard: codes of the only agencies that were there to hear it, separated by spaces; "" leaves it to the
        covenants alone. Versions are kept by simple-history, sealed as well.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey("cases.Case", models.CASCADE, related_name="+")
    about = models.ForeignKey("cases.CaseSubject", models.PROTECT, null=True, blank=True, related_name="+")
    source = models.ForeignKey("agreements.Agency", models.PROTECT, related_name="+")
    under = models.CharField(max_length=200)
    values = SealedField()
    present = models.CharField(max_length=64)
    heard = models.CharField(max_length=400, blank=True)
    given_at = models.DateTimeField()
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    submission = models.UUIDField(null=True, blank=True)

    history = HistoricalRecords(cascade_delete_history=False, inherit=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self._meta.model_name} {self.uid}"


@cache
def rooms_of_words() -> tuple[type[SealedWords], ...]:
    """The tables of words, of all rooms; found, not listed, so that those of a new room are among them."""
    return tuple(model for model in apps.get_app_config("cases").get_models() if issubclass(model, SealedWords))
