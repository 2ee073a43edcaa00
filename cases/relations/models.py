"""The tables of this room: how two persons of a case are related (sealed), and the reference map (public)."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cases.records.models import SealedWords


class Relation(SealedWords):
    """`about` is somebody of `other`, both of this case (values: one field of cases.relations.kinds).

    What they are of each other is sealed. A relation opens as far as it would about either person, and only for
    who sees both of them in this case: cases.relations.queries.
    """

    other = models.ForeignKey("cases.CaseSubject", models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(name="relation_between_two", condition=~Q(about=F("other"))),
            models.CheckConstraint(name="relation_about_somebody", condition=Q(about__isnull=False)),
            models.UniqueConstraint(
                fields=["source", "submission"], condition=Q(submission__isnull=False), name="one_relation_a_submission"
            ),
        ]


class ShapeKind(models.TextChoices):
    """What an outline of the map is, by the words that a map file uses."""

    AREA = "buurt", _("Buurt")
    WATER = "water", _("Water")
    GREEN = "groen", _("Groen")
    STREET = "straat", _("Straat")
    SQUARE = "plein", _("Plein")
    PLACE = "plek", _("Plek")


class MapShape(models.Model):
    """An outline of the reference map: public geometry from open data, no personal data.

    code: that of the neighbourhood in the catalogue (`area_unit`), if it is one. geometry: GeoJSON, WGS84 lon/lat;
    west, south, east, north: its bounds. name_key: the name in small letters.
    """

    dataset = models.CharField(max_length=60, db_index=True)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=8, choices=ShapeKind.choices)
    code = models.CharField(max_length=20, blank=True, db_index=True)
    name_key = models.CharField(max_length=120, db_index=True)
    geometry = models.JSONField()
    west = models.FloatField()
    south = models.FloatField()
    east = models.FloatField()
    north = models.FloatField()

    class Meta:
        ordering = ["id"]
        constraints = [models.CheckConstraint(name="shape_kind_known", condition=Q(kind__in=ShapeKind.values))]

    def __str__(self) -> str:
        return f"{self.kind} {self.name}"


class MapAddress(models.Model):
    """An address point of the reference map (as in the BAG): every address there is, whoever lives there.

    key: postcode and number without spaces; street_key: street and number in small letters.
    """

    dataset = models.CharField(max_length=60, db_index=True)
    street = models.CharField(max_length=120)
    number = models.CharField(max_length=12)
    postcode = models.CharField(max_length=6)
    key = models.CharField(max_length=20, db_index=True)
    street_key = models.CharField(max_length=140, db_index=True)
    lon = models.FloatField()
    lat = models.FloatField()

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["dataset", "key"], name="one_address_a_key")]

    def __str__(self) -> str:
        return f"{self.street} {self.number}"
