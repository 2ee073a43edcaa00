"""The API of registers that follow from covenants: the same queries as the pages. No case data."""

from dataclasses import asdict
from datetime import date
from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema

from agreements.parties.api import bearer
from agreements.parties.reader import Visit
from agreements.registers.public import public_covenant, public_list
from agreements.registers.record import record_of
from foundation.routes import Shows, route

router = Router(tags=["covenants"], auth=bearer)


class ContactOut(Schema):
    code: str
    name: str
    type_label: str
    email: str
    people: list[str]


class VersionOut(Schema):
    number: int
    standing: str
    standing_label: str
    first_day: date
    last_day: date | None


class CategoryOut(Schema):
    """announced: fields of which only the existence is told. gives, receives: what the own agency does."""

    section: str
    fields: list[str]
    announced: list[str]
    classes: list[str]
    sources: list[str]
    recipients: list[str]
    gives: bool
    receives: bool
    articles: list[str]


class DpiaOut(Schema):
    """state: fine, near or overdue; days until the review, below zero when late."""

    ref: str
    review: date
    state: str
    days: int


class ActivityOut(Schema):
    """One processing. transfers is always empty: a covenant gives to its parties alone. Source: AVG art. 30."""

    code: str
    title: str
    version: VersionOut
    capacity: str
    capacity_label: str
    controllers: list[ContactOut]
    on_behalf_of: str
    processors: list[str]
    contact_point: ContactOut | None
    purposes: list[tuple[str, str]]
    subjects: list[str]
    categories: list[CategoryOut]
    recipients: list[str]
    transfers: list[str] = []
    retention: list[tuple[str, str, str]]
    security: list[tuple[str, str]]
    bases: list[str]
    dpia: DpiaOut | None
    sha256: str


class RecordOut(Schema):
    agency: ContactOut
    oin: str
    day: date
    activities: list[ActivityOut]


class PartyOut(Schema):
    code: str
    type: str
    name: str
    capacity: str
    capacity_label: str
    since: date | None
    until: date | None


class PublicLineOut(Schema):
    code: str
    title: str
    version: VersionOut
    purposes: list[str]
    parties: list[PartyOut]


class PublicRuleOut(Schema):
    number: str
    kind: str
    sentence: str
    text: str
    terms: list[tuple[str, str]]


class PublicArticleOut(Schema):
    number: str
    title: str
    text: str
    basis: str
    rules: list[PublicRuleOut]


class PublicCovenantOut(Schema):
    code: str
    title: str
    version: VersionOut
    parties: list[PartyOut]
    purposes: list[tuple[str, str]]
    subjects: list[str]
    articles: list[PublicArticleOut]
    retention: list[tuple[str, str, str]]
    contact_point: ContactOut | None
    dpia: DpiaOut | None
    sha256: str


@router.get("/registers/processing", response=RecordOut, operation_id="register")
@route("api:register", shows=Shows.RULES)
def processing(request: HttpRequest, on: date | None = None) -> dict[str, Any]:
    """The record of processing of the reader's own agency, today or at the end of an earlier day."""
    visit: Visit = request.visit  # type: ignore[attr-defined]
    return asdict(record_of(visit, day=on))


@router.get("/registers/covenants", response=list[PublicLineOut], operation_id="public_covenants", auth=None)
@route("api:public_covenants", shows=Shows.RULES, public=True)
def covenants(request: HttpRequest) -> list[dict[str, Any]]:
    """The covenants in force, for anybody."""
    return [asdict(line) for line in public_list()]


@router.get("/registers/covenants/{code}", response=PublicCovenantOut, operation_id="public_covenant", auth=None)
@route("api:public_covenant", shows=Shows.RULES, public=True)
def covenant(request: HttpRequest, code: str) -> dict[str, Any]:
    """One covenant in force, for anybody: agencies, never people."""
    return asdict(public_covenant(code))
