"""The API of covenants: the same queries as the pages. Rules only, no case data."""

from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from django.http import HttpRequest
from ninja import Query, Schema

from agreements.covenants import queries
from agreements.covenants.exchange_api import router
from foundation.routes import Shows, route


class VersionOut(Schema):
    """first_day and last_day are both part of the term; standing: in_force, scheduled, amended, …"""

    number: int
    standing: str
    standing_label: str
    first_day: date
    last_day: date | None


class CovenantLineOut(Schema):
    code: str
    title: str
    regime_label: str
    capacity_label: str
    n_parties: int
    version: VersionOut


class RuleOut(Schema):
    """kind: grants, announcements, prohibitions or break_glass. terms: pairs of name and text."""

    number: str
    kind: str
    kind_label: str
    sentence: str
    text: str
    terms: list[tuple[str, str]]


class ArticleOut(Schema):
    number: str
    title: str
    text: str
    basis: str
    purposes: list[tuple[str, str]]
    rules: list[RuleOut]


class PartyOut(Schema):
    code: str
    type: str
    name: str
    capacity: str
    capacity_label: str
    since: date | None
    until: date | None


class SignatureOut(Schema):
    agency: PartyOut
    signatory: str
    mandate: str
    signed_on: date | None


class CovenantOut(Schema):
    """One version of a covenant. sha256: of its canonical document (RFC 8785)."""

    code: str
    title: str
    regime: str
    regime_label: str
    version: VersionOut
    versions: list[VersionOut]
    contact_point: str
    dpia: str
    sha256: str
    loaded_at: datetime
    articles: list[ArticleOut]
    parties: list[PartyOut]
    signatures: list[SignatureOut]


@router.get("/covenants", response=list[CovenantLineOut], operation_id="covenant_list")
@route("api:covenant_list", shows=Shows.RULES)
def covenant_list(request: HttpRequest) -> list[dict[str, Any]]:
    """The covenants to which the reader's agency is or was a party, or which it is asked to sign."""
    return [asdict(line) for line in queries.covenant_list(agency_id=_agency_id(request))]


@router.get("/covenants/{code}", response=CovenantOut, operation_id="covenant_detail")
@route("api:covenant_detail", shows=Shows.RULES)
def covenant_detail(
    request: HttpRequest, code: str, version: int | None = Query(None, ge=1, le=999_999)
) -> dict[str, Any]:
    """One version of a covenant; without a number the one that rules now, or else the newest."""
    return asdict(queries.covenant_page(code, agency_id=_agency_id(request), number=version))


def _agency_id(request: HttpRequest) -> int:
    agency_id: int = request.visit.agency.id  # type: ignore[attr-defined]
    return agency_id
