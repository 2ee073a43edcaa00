"""The peer's tables: a case, its persons, contributions, and a permission for every field of a contribution."""

from auditlog.registry import auditlog
from django.db import models

from bench.peer.fields import PERMISSIONS


class Agency(models.Model):
    """Who gave a contribution."""

    code = models.CharField(max_length=32, unique=True)
    type = models.CharField(max_length=3)
    name = models.CharField(max_length=120)

    def __str__(self) -> str:
        return self.code


class Case(models.Model):
    """A case, with what else the answer of the product says about it."""

    number = models.CharField(max_length=32, unique=True)
    kind = models.CharField(max_length=12)
    label = models.CharField(max_length=120)
    district = models.CharField(max_length=80)
    urgency = models.CharField(max_length=12)
    phase = models.CharField(max_length=12)
    phase_since = models.DateTimeField()
    partners = models.JSONField()
    next_step = models.CharField(max_length=160)
    next_step_on = models.DateField(null=True)
    purpose = models.CharField(max_length=40)
    covenants = models.JSONField()
    obligations = models.JSONField()
    until = models.DateTimeField(null=True)

    class Meta:
        permissions = [("read_case", "Can read this case")]

    def __str__(self) -> str:
        return self.number


class Person(models.Model):
    """A person concerned."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="persons")
    subject = models.CharField(max_length=40)
    role = models.CharField(max_length=12)

    def __str__(self) -> str:
        return self.subject


class Contribution(models.Model):
    """Facts of one agency on one person; `articles` says for each under which article it may be seen."""

    uid = models.UUIDField(unique=True)
    person = models.ForeignKey(Person, models.CASCADE, related_name="contributions")
    source = models.ForeignKey(Agency, models.PROTECT)
    values = models.JSONField()
    articles = models.JSONField()
    kind = models.CharField(max_length=8)
    reliability = models.PositiveSmallIntegerField()
    observed_on = models.DateField()
    given_at = models.DateTimeField()
    valid_until = models.DateField(null=True)

    class Meta:
        permissions = PERMISSIONS

    def __str__(self) -> str:
        return str(self.uid)


auditlog.register(Case)
auditlog.register(Contribution)
