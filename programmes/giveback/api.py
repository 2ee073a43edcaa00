"""The API of the board: open to everybody, and single seizures for enforcement with a token."""

from datetime import date
from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema

from agreements.parties.api import bearer
from foundation.routes import Shows, route
from programmes.giveback import queries

router = Router(tags=["giveback"])


class TotalOut(Schema):
    """Of booked seizures, in whole stretches; proceeds in whole thousands of euros."""

    number: int
    proceeds: int


class OfferOut(Schema):
    """A social offer; group_size and taken: null where it is about too few people."""

    area: str
    kind: str
    title: str
    state: str
    group_size: int | None
    places: int
    taken: int | None
    attendance: str
    cost: int


class GiveBackOut(Schema):
    """A project; voters and in_favour (per cent): null where too few people would show."""

    uid: str
    area: str
    title: str
    place: str
    amount: int
    state: str
    voters: int | None
    in_favour: int | None


class BoardOut(Schema):
    """Both sides. seizures: null while too few were booked."""

    seizures: TotalOut | None
    interventions: list[OfferOut]
    give_backs: list[GiveBackOut]


class SeizureOut(Schema):
    """A seizure, for enforcement. give_back: uid of the project that it paid, or ""."""

    uid: str
    area: str
    street: str
    kind: str
    band: str
    case_reference: str
    state: str
    reported_on: date
    proceeds: int | None
    give_back: str


@router.get("/giveback", response=BoardOut, operation_id="giveback")
@route("api:giveback", shows=Shows.NOTHING, public=True)
def giveback(request: HttpRequest) -> dict[str, Any]:
    """The board."""
    found = queries.board()
    offer = ("kind", "title", "state", "group_size", "places", "taken", "attendance", "cost")
    plain = ("title", "place", "amount", "state", "voters", "in_favour")
    return {
        "seizures": found.total._asdict() if found.total else None,
        "interventions": [
            {"area": one.area.code} | {name: getattr(one, name) for name in offer} for one in found.interventions
        ],
        "give_backs": [
            {"uid": str(one.uid), "area": one.area.code} | {name: getattr(one, name) for name in plain}
            for one in found.give_backs
        ],
    }


@router.get("/seizures", response=list[SeizureOut], operation_id="seizures", auth=bearer)
@route("api:seizures", shows=Shows.NOTHING)
def seizures(request: HttpRequest) -> list[dict[str, Any]]:
    """Single seizures, for enforcement."""
    plain = ("street", "kind", "band", "case_reference", "state", "reported_on", "proceeds")
    return [
        {
            "uid": str(one.uid), "area": one.area.code,
            "give_back": str(one.give_back.uid) if one.give_back else "",
        } | {name: getattr(one, name) for name in plain}
        for one in queries.seizures(request.visit)  # type: ignore[attr-defined]
    ]  # fmt: skip
