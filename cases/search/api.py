"""The API of search: the same query as the page, under the same path of disclosure."""

from typing import Any

from django.http import HttpRequest
from ninja import Router

from agreements.parties.api import bearer
from cases.disclosure.reading import Reading
from cases.search import queries, schemas
from foundation.routes import Shows, route

router = Router(tags=["search"], auth=bearer)


@router.post("/search", response=schemas.HitsOut, operation_id="search")
@route("api:search", shows=Shows.CASE_DATA)
def search(request: HttpRequest, body: schemas.SearchIn) -> dict[str, Any]:
    """Cases in which the reader may see that the question stands, for the token's purpose, most urgent first.

    POST, because a question names people: in an address it would end up in the logs of everything in between.
    """
    reading = Reading.begin(request.visit, route="api:search", event="search.hit")  # type: ignore[attr-defined]
    asked = queries.Asked(text=body.q, purpose=reading.visit.purposes_pinned or "")
    found = queries.search(reading, asked, after=body.after, size=body.size)
    return {"items": [schemas.hit_out(hit) for hit in found.hits], "next": found.cursor}
