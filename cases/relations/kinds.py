"""How people can be related: which catalogue field says so, in which words, and how a picture draws it. No tables.

A kind has the rights of its field: who may see `threat_relation` is another matter than who may see
`relationship_type`. So the covenants decide per kind, and the catalogue needs no field of its own for a picture.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

TYPE, GUARDIAN, SUPPORT, THREAT = "relationship_type", "legal_guardian", "supportive_network", "threat_relation"
FIELDS = (TYPE, GUARDIAN, SUPPORT, THREAT)
"""The fields that a relation can be given in."""


class Place(StrEnum):
    """What a kind says about where two people stand: `about` above, below or beside the other."""

    ABOVE = "above"
    FAR_ABOVE = "far_above"
    BELOW = "below"
    COUPLE = "couple"
    SIBLINGS = "siblings"
    LOOSE = "loose"


class Line(StrEnum):
    """How the line of a kind looks; the style sheet has a class for each."""

    FAMILY = "familie"
    COUPLE = "paar"
    PARTED = "uiteen"
    LOOSE = "los"
    GUARDIAN = "gezag"
    SUPPORT = "steun"
    THREAT = "dreiging"


class Shape(StrEnum):
    """The sign of a person: a square for a man, a circle for a woman, a diamond when that is not known here."""

    SQUARE = "vierkant"
    CIRCLE = "cirkel"
    DIAMOND = "ruit"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of relation: `about` is <label> of the other, as the table says it in `words`."""

    code: str
    field: str
    label: str | Promise
    words: str | Promise
    place: Place
    line: Line
    shape: Shape = Shape.DIAMOND

    @property
    def takes_words(self) -> bool:
        """Whether the value is the writer's own words; a choice of the catalogue is its own value."""
        return self.field != TYPE


def _type(code: str, label: Promise, words: Promise, place: Place, line: Line, shape: Shape = Shape.DIAMOND) -> Kind:
    return Kind(code=code, field=TYPE, label=label, words=words, place=place, line=line, shape=shape)


KINDS: Mapping[str, Kind] = {
    kind.code: kind
    for kind in (
        _type("mother", _("Moeder"), _("moeder van"), Place.ABOVE, Line.FAMILY, Shape.CIRCLE),
        _type("father", _("Vader"), _("vader van"), Place.ABOVE, Line.FAMILY, Shape.SQUARE),
        _type("child", _("Kind"), _("kind van"), Place.BELOW, Line.FAMILY),
        _type("sibling", _("Broer of zus"), _("broer of zus van"), Place.SIBLINGS, Line.FAMILY),
        _type("grandparent", _("Grootouder"), _("grootouder van"), Place.FAR_ABOVE, Line.FAMILY),
        _type("partner", _("Partner"), _("partner van"), Place.COUPLE, Line.COUPLE),
        _type("ex_partner", _("Ex-partner"), _("ex-partner van"), Place.COUPLE, Line.PARTED),
        _type("step_parent", _("Stiefouder"), _("stiefouder van"), Place.ABOVE, Line.FAMILY),
        _type("foster_parent", _("Pleegouder"), _("pleegouder van"), Place.ABOVE, Line.FAMILY),
        _type("other_family", _("Ander familielid"), _("familie van"), Place.LOOSE, Line.LOOSE),
        _type("friend", _("Vriend of vriendin"), _("vriend of vriendin van"), Place.LOOSE, Line.LOOSE),
        Kind(
            code="guardian", field=GUARDIAN, label=_("Gezag of voogdij"), words=_("heeft gezag over"),
            place=Place.LOOSE, line=Line.GUARDIAN,
        ),
        Kind(
            code="support", field=SUPPORT, label=_("Steunfiguur"), words=_("is tot steun van"),
            place=Place.LOOSE, line=Line.SUPPORT,
        ),
        Kind(
            code="threat", field=THREAT, label=_("Dreiging of conflict"), words=_("vormt een dreiging voor"),
            place=Place.LOOSE, line=Line.THREAT,
        ),
    )
}  # fmt: skip
_BY_FIELD = {kind.field: kind for kind in KINDS.values() if kind.field != TYPE}
UNKNOWN = _type("", _("Relatie"), _("heeft een relatie met"), Place.LOOSE, Line.LOOSE)
"""A value that is no choice of the catalogue any more."""


def kind_of(field: str, value: Any) -> Kind:
    """The kind that a field with this value says."""
    return _BY_FIELD[field] if field in _BY_FIELD else KINDS.get(str(value), UNKNOWN)
