"""Writes the reference map: one dataset at a time, all or nothing, with an entry in the journal."""

from dataclasses import dataclass

from django.db import transaction

from agreements.covenants.rules import Author
from audit.journal.appender import append
from audit.journal.entry import Action, Entry, Outcome
from audit.journal.scope import write_scope
from cases.relations.events import MAP_LOADED
from cases.relations.geojson import read_map
from cases.relations.models import MapAddress, MapShape

BATCH = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadedMap:
    """What a map brought in."""

    dataset: str
    shapes: int
    addresses: int


def load_map(text: str, *, by: Author) -> LoadedMap:
    """Read a GeoJSON map; it replaces an earlier one with the same name. Raises Invalid; then nothing changed."""
    found = read_map(text)
    with transaction.atomic(), write_scope(reason=MAP_LOADED):
        for table in (MapShape, MapAddress):
            table.objects.filter(dataset=found.dataset).delete()
        MapShape.objects.bulk_create(found.shapes, batch_size=BATCH)
        MapAddress.objects.bulk_create(found.addresses, batch_size=BATCH)
        append(
            [
                Entry(
                    event_type=MAP_LOADED, action=Action.UPDATE, outcome=Outcome.OK, actor_ref=by.actor_ref,
                    agency_ref=by.agency_ref,
                    detail={"map": found.dataset, "shapes": len(found.shapes), "addresses": len(found.addresses)},
                )
            ]
        )  # fmt: skip
    return LoadedMap(dataset=found.dataset, shapes=len(found.shapes), addresses=len(found.addresses))
