"""What the API of this room takes and gives. Made from answers of queries; what is silent is not in it."""

from datetime import date
from typing import Any
from uuid import UUID

from ninja import Schema

from cases.casework.schemas import SourceOut
from cases.disclosure.answer import Fact
from cases.relations.matching import find_places
from cases.relations.queries import Pictures, Spot


class RelationIn(Schema):
    """Person `about` is `kind` of person `other`; `words` explains authority, support or a threat."""

    about: UUID
    kind: str
    other: UUID
    words: str = ""
    submission: UUID | None = None


class MadeOut(Schema):
    """The uuid of what was made."""

    uid: UUID


class NamedOut(Schema):
    """A value with its source and the article that gives it."""

    field: str
    value: Any
    source: SourceOut
    article: str
    observed_on: date


class PersonOut(Schema):
    """Somebody whom the reader sees in the case, with what may be known of name, age, household and network."""

    subject: str
    role: str
    facts: list[NamedOut]


class TieOut(Schema):
    """`about` is `kind` of `other`. uid: of the relation or of the contribution that says so."""

    uid: str
    about: str
    other: str
    kind: str
    fact: NamedOut


class AnnouncedOut(Schema):
    """That a relation of this person is held, by whom and under which article."""

    subject: str | None
    field: str
    source: SourceOut
    article: str


class RelationsOut(Schema):
    """The people of a case and what they are of each other."""

    people: list[PersonOut]
    relations: list[TieOut]
    announced: list[AnnouncedOut]


class FeatureOut(Schema):
    """A GeoJSON feature (RFC 7946): a place that the reader may know; no geometry when the map does not know it."""

    type: str = "Feature"
    geometry: dict[str, Any] | None
    properties: dict[str, Any]


class MapOut(Schema):
    """A GeoJSON feature collection."""

    type: str = "FeatureCollection"
    features: list[FeatureOut]


def relations_out(found: Pictures) -> dict[str, Any]:
    """People, relations, and what is only announced."""
    drawn = {id(tie.fact) for tie in found.ties}
    return {
        "people": [
            {
                "subject": person.subject,
                "role": person.role,
                "facts": [named_out(fact) for fact in person.facts if id(fact) not in drawn],
            }
            for person in found.answer.disclosures
            if person.subject
        ],
        "relations": [
            {
                "uid": tie.fact.contribution, "about": tie.about, "other": tie.other, "kind": tie.kind.code,
                "fact": named_out(tie.fact),
            }
            for tie in found.ties
        ],
        "announced": [
            {
                "subject": said.subject, "field": said.told.code, "source": _source(said.told.source),
                "article": str(said.told.article),
            }
            for said in found.said
            if said.told
        ],
    }  # fmt: skip


def map_out(found: Pictures) -> dict[str, Any]:
    """The places as features: one per point, or one without geometry."""
    texts = ["" if spot.fact.code == "area_unit" else str(spot.fact.value) for spot in found.spots]
    features = []
    for spot, points in zip(found.spots, find_places(texts), strict=True):
        shapes: list[dict[str, Any] | None] = [
            {"type": "Point", "coordinates": [point.lon, point.lat]} for point in points
        ]
        features += [{"geometry": shape, "properties": _properties(spot)} for shape in shapes or [None]]
    return {"features": features}


def named_out(fact: Fact) -> dict[str, Any]:
    """A fact with its source."""
    return {
        "field": fact.code, "value": fact.value, "source": _source(fact.source), "article": str(fact.article),
        "observed_on": fact.observed_on,
    }  # fmt: skip


def _properties(spot: Spot) -> dict[str, Any]:
    return named_out(spot.fact) | {"subject": spot.subject, "observed_on": spot.fact.observed_on.isoformat()}


def _source(source: Any) -> dict[str, str]:
    return {"code": source.code, "type": source.type, "name": source.name}
