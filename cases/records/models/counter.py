"""Numbers that are given out once: of cases, of signals."""

from django.db import models


class Counter(models.Model):
    """The last number given out under `key` ("MD-2026")."""

    key = models.CharField(max_length=24, unique=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.key} {self.last}"
