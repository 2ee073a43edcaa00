"""The tables of areas. What could point at a person is taken out before it is stored (rules.py), not when shown."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Pillar(models.TextChoices):
    """What an indicator is about."""

    SCHOOL = "school", _("Onderwijs")
    WORK = "work", _("Werk")
    HOUSING = "housing", _("Wonen")
    SAFETY = "safety", _("Veiligheid")
    LIVEABILITY = "liveability", _("Leefbaarheid")


class Unit(models.TextChoices):
    """What a value is: a number of people or households, a share of them in per cent, or a score that counts nobody."""

    COUNT = "count", _("aantal")
    SHARE = "share", _("procent")
    SCORE = "score", _("score")


class Edition(models.Model):
    """One row: its number goes up with every import, so that pages made before are not shown any more."""

    number = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return f"edition {self.number}"


class Area(models.Model):
    """A neighbourhood with its outline (GeoJSON, WGS 84). code: as statistics call it (CBS), in small letters."""

    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=120)
    city = models.CharField(max_length=80)
    geometry = models.JSONField()
    west = models.FloatField()
    south = models.FloatField()
    east = models.FloatField()
    north = models.FloatField()
    source = models.CharField(max_length=160)
    dated = models.DateField()

    class Meta:
        ordering: ClassVar = ["city", "name"]

    def __str__(self) -> str:
        return self.name


class Indicator(models.Model):
    """What is measured each year. upward: whether more is better. decimals: as it is shown."""

    code = models.CharField(max_length=40, unique=True)
    label_nl = models.CharField(max_length=120)
    label_en = models.CharField(max_length=120)
    pillar = models.CharField(max_length=12, choices=Pillar.choices)
    unit = models.CharField(max_length=6, choices=Unit.choices)
    upward = models.BooleanField()
    decimals = models.PositiveSmallIntegerField(default=0)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["order", "code"]
        constraints: ClassVar = [
            models.CheckConstraint(name="indicator_pillar_known", condition=Q(pillar__in=Pillar.values)),
            models.CheckConstraint(name="indicator_unit_known", condition=Q(unit__in=Unit.values)),
        ]

    def __str__(self) -> str:
        return self.code

    def label(self, language: str) -> str:
        """Its name in this language."""
        return self.label_en if language.startswith("en") else self.label_nl


class Measurement(models.Model):
    """One indicator of one area (None: of the whole city) in one year. value: None where it is about too few people."""

    area = models.ForeignKey(Area, models.CASCADE, null=True, blank=True, related_name="measurements")
    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="measurements")
    year = models.PositiveSmallIntegerField()
    value = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    source = models.CharField(max_length=160)
    dated = models.DateField()

    class Meta:
        ordering: ClassVar = ["indicator", "year"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["area", "indicator", "year"], name="one_measurement"),
            models.UniqueConstraint(fields=["indicator", "year"], condition=Q(area=None), name="one_city_measurement"),
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.year}"
