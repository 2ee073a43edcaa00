"""The API of signatures and sealed covenants: the same queries and commands as the pages.

A token proves no strong sign-in, so a signature comes in signed already, with the party's own registered key.
"""

from dataclasses import asdict
from datetime import date, datetime
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Path, Query, Router, Schema
from pydantic import Field

from agreements.parties.api import bearer
from agreements.parties.reader import Visit
from agreements.signing import commands, queries
from foundation.routes import Shows, route

router = Router(tags=["covenants"], auth=bearer)
Number = Annotated[int, Path(ge=1, le=999_999)]


class PlaceOut(Schema):
    """state: signed, paper, declined, read, open, or exempt (need not sign)."""

    code: str
    type: str
    name: str
    capacity_label: str
    state: str
    signatory: str
    mandate: str
    at: datetime | None
    day: date | None
    kid: str
    reason: str


class SealedOut(Schema):
    sha256: str
    at: datetime
    size: int


class SignaturesOut(Schema):
    """sha256: of the canonical document. may_sign: the token's person can sign now; if not, `against` says why."""

    code: str
    number: int
    sha256: str
    state: str
    n_signed: int
    n_needed: int
    may_sign: bool
    against: str
    remedy: str
    places: list[PlaceOut]
    sealed: SealedOut | None
    root: str


class StatementOut(Schema):
    """What to sign: `payload` are the exact bytes (RFC 8785), the payload of a compact JWS with typ JOSE, ES256."""

    payload: str
    typ: str
    statement: dict[str, Any]


class SignatureIn(Schema):
    jws: Annotated[str, Field(max_length=65_536)]


class DeclineIn(Schema):
    reason: Annotated[str, Field(min_length=1, max_length=500)]


class SignedOut(Schema):
    """waiting: parties that must still sign. starts: from when the version rules, when this was the last signature."""

    kid: str
    waiting: int
    starts: datetime | None


@router.get("/covenants/{code}/versions/{number}/signatures", response=SignaturesOut, operation_id="signature_list")
@route("api:signature_list", shows=Shows.RULES)
def signature_list(request: HttpRequest, code: str, number: Number) -> dict[str, Any]:
    """Who signed a version, who did not yet, and whether there is a sealed PDF."""
    return asdict(queries.signatures_page(_visit(request), code, number))


@router.get(
    "/covenants/{code}/versions/{number}/signatures/statement",
    response=StatementOut,
    operation_id="signature_statement",
)
@route("api:signature_statement", shows=Shows.RULES)
def signature_statement(
    request: HttpRequest, code: str, number: Number, mandate: Annotated[str, Query(min_length=1, max_length=200)]
) -> dict[str, Any]:
    """The statement that the token's person signs for this version, made at this moment; it is good for a quarter."""
    statement = commands.statement_to_sign(_visit(request), code, number, mandate=mandate)
    return {"payload": statement.payload().decode(), "typ": "JOSE", "statement": statement.model_dump(mode="json")}


@router.post("/covenants/{code}/versions/{number}/signatures", response=SignedOut, operation_id="signature_submit")
@route("api:signature_submit", shows=Shows.RULES)
def signature_submit(request: HttpRequest, code: str, number: Number, body: SignatureIn) -> dict[str, Any]:
    """Place a signature over the statement, made with the signatory's own registered key."""
    return asdict(commands.submit_signature(_visit(request), code, number, jws=body.jws))


@router.post(
    "/covenants/{code}/versions/{number}/signatures/decline", response={204: None}, operation_id="signature_decline"
)
@route("api:signature_decline", shows=Shows.RULES)
def signature_decline(request: HttpRequest, code: str, number: Number, body: DeclineIn) -> tuple[int, None]:
    """Say that the agency does not sign this version, and why."""
    commands.decline_version(_visit(request), code, number, reason=body.reason)
    return 204, None


@router.get("/covenants/{code}/versions/{number}/pdf", operation_id="covenant_pdf")
@route("api:covenant_pdf", shows=Shows.RULES)
def covenant_pdf(request: HttpRequest, code: str, number: Number) -> HttpResponse:
    """The sealed PDF (PDF/A-3, PAdES) of a version that everybody signed."""
    return HttpResponse(queries.sealed_pdf(_visit(request), code, number), content_type="application/pdf")


def _visit(request: HttpRequest) -> Visit:
    visit: Visit = request.visit  # type: ignore[attr-defined]
    return visit
