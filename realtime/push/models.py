"""The table of devices that want to be woken."""

from django.db import models


class PushSubscription(models.Model):
    """A device of somebody in one membership, as long as the session stands by which it was entered.

    digest: SHA-256 of the endpoint, by which the device is found again. locked: endpoint and keys, boxed.
    session: key of that session. rung_at: when it was last woken for something that can wait.
    """

    membership = models.ForeignKey("agreements.Membership", models.CASCADE, related_name="+")
    session = models.CharField(max_length=40, db_index=True)
    digest = models.CharField(max_length=64, unique=True)
    locked = models.TextField()
    made_at = models.DateTimeField()
    rung_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"push subscription {self.pk}"
