"""The API of this room: the same queries and commands as the pages, under the same path of disclosure."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router

from agreements.parties.api import bearer
from cases.disclosure.reading import Reading
from cases.relations import commands, events, queries, schemas
from foundation.routes import Shows, route

router = Router(tags=["relations"], auth=bearer)


def _reading(request: HttpRequest, name: str, event: str) -> Reading:
    return Reading.begin(request.visit, route=f"api:{name}", event=event)  # type: ignore[attr-defined]


@router.get("/cases/{number}/relations", response=schemas.RelationsOut, operation_id="relation_list")
@route("api:relation_list", shows=Shows.CASE_DATA)
def relation_list(request: HttpRequest, number: str) -> dict[str, Any]:
    """The people of a case and what they are of each other, as far as the reader may know it."""
    return schemas.relations_out(queries.relations(_reading(request, "relation_list", events.READ), number, None))


@router.get("/cases/{number}/map", response=schemas.MapOut, operation_id="case_map")
@route("api:case_map", shows=Shows.CASE_DATA)
def case_map(request: HttpRequest, number: str) -> dict[str, Any]:
    """The places of a case that the reader may know, as GeoJSON; a secret address is never among them."""
    return schemas.map_out(queries.places(_reading(request, "case_map", events.MAP_READ), number, None))


@router.post("/cases/{number}/relations", response={201: schemas.MadeOut}, operation_id="relation_add")
@route("api:relation_add", shows=Shows.NOTHING)
def relation_add(request: HttpRequest, number: str, body: schemas.RelationIn) -> tuple[int, Any]:
    """Say how two persons are related. The same `submission` twice adds once."""
    related = commands.Related(
        about=body.about, kind=body.kind, other=body.other, words=body.words, submission=body.submission
    )  # fmt: skip
    return 201, {"uid": commands.add_relation(_reading(request, "relation_add", events.ADDED), number, related)}


@router.post("/cases/{number}/relations/{uid}/withdrawal", response={204: None}, operation_id="relation_withdraw")
@route("api:relation_withdraw", shows=Shows.NOTHING)
def relation_withdraw(request: HttpRequest, number: str, uid: UUID) -> tuple[int, None]:
    """Take a relation of the reader's own agency back."""
    commands.withdraw_relation(_reading(request, "relation_withdraw", events.WITHDRAWN), number, uid)
    return 204, None
