"""The API of exchange: the schema of the document, the signed text, ODRL out and in. Rules only, no case data.

The router is that of covenants (api.py adds to it): "/covenants/schema" must stand before "/covenants/{code}".
"""

from dataclasses import asdict
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from ninja import Body, Path, Router, Schema

from agreements.covenants import exchange
from agreements.parties.api import bearer
from agreements.policy.json_schema import document_schema
from foundation.routes import Shows, route

router = Router(tags=["covenants"], auth=bearer)

JSON_LD = "application/ld+json"
SCHEMA_JSON = "application/schema+json"
Number = Path(ge=1, le=999_999)


class ConvertedOut(Schema):
    """text: YAML that the editor takes. document: the same as JSON. sha256: of its canonical form (RFC 8785)."""

    text: str
    document: dict[str, Any]
    sha256: str


def _answers(media: str, what: str) -> dict[str, Any]:
    return {"responses": {200: {"description": what, "content": {media: {"schema": {"type": "object"}}}}}}


@router.get(
    "/covenants/schema",
    auth=None,
    operation_id="covenant_schema",
    openapi_extra=_answers(SCHEMA_JSON, "JSON Schema, draft 2020-12"),
)
@route("api:covenant_schema", shows=Shows.RULES, public=True)
def covenant_schema(request: HttpRequest) -> HttpResponse:
    """The JSON Schema of a covenant file, so that an editor can help while writing one. For anybody."""
    return JsonResponse(document_schema(), content_type=SCHEMA_JSON, json_dumps_params={"ensure_ascii": False})


@router.post("/covenants/odrl", response=ConvertedOut, operation_id="covenant_from_odrl")
@route("api:covenant_from_odrl", shows=Shows.RULES)
def covenant_from_odrl(request: HttpRequest, agreement: Body[dict[str, Any]]) -> dict[str, Any]:
    """An ODRL agreement of the Verbond profile as a document, or everything that is wrong with it. Stores nothing."""
    return asdict(exchange.convert(agreement, visit=request.visit))  # type: ignore[attr-defined]


@router.get(
    "/covenants/{code}/versions/{number}/document",
    operation_id="covenant_document",
    openapi_extra=_answers("application/json", "Canonical JSON (RFC 8785) of the document"),
)
@route("api:covenant_document", shows=Shows.RULES)
def covenant_document(request: HttpRequest, code: str, number: int = Number) -> HttpResponse:
    """The document of a version, byte for byte as it is signed. The ETag is its SHA-256."""
    signed = exchange.signed_text(code, number, agency_id=_agency_id(request))
    etag = f'"{signed.sha256}"'
    known = [item.strip() for item in request.headers.get("If-None-Match", "").split(",")]
    if etag in known:
        return HttpResponse(status=304, headers={"ETag": etag})
    return HttpResponse(signed.text, content_type="application/json", headers={"ETag": etag})


@router.get(
    "/covenants/{code}/versions/{number}/odrl",
    operation_id="covenant_odrl",
    openapi_extra=_answers(JSON_LD, "odrl:Agreement in JSON-LD"),
)
@route("api:covenant_odrl", shows=Shows.RULES)
def covenant_odrl(request: HttpRequest, code: str, number: int = Number) -> HttpResponse:
    """A version as an ODRL 2.2 agreement in JSON-LD with DPV terms, context included."""
    found = exchange.agreement(code, number, agency_id=_agency_id(request))
    return JsonResponse(found, content_type=JSON_LD, json_dumps_params={"ensure_ascii": False})


def _agency_id(request: HttpRequest) -> int:
    agency_id: int = request.visit.agency.id  # type: ignore[attr-defined]
    return agency_id
