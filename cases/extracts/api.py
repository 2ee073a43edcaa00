"""The API of extracts: the same queries and commands as the pages, under the same path of disclosure."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema

from agreements.parties.api import bearer
from cases.disclosure.reading import Reading
from cases.extracts import commands, events, queries
from foundation.routes import Shows, route

router = Router(tags=["extracts"], auth=bearer)


class PartyOut(Schema):
    code: str
    type: str
    name: str


class PositionOut(Schema):
    agency: PartyOut
    agrees: bool
    at: datetime


class CopyOut(Schema):
    uid: UUID
    recipient: PartyOut
    covenant: str
    article: str
    decided_at: datetime
    decided_by: str
    ends: datetime | None
    revoked_at: datetime | None
    opened_at: datetime | None
    secrecy_signed: bool


class ProposalOut(Schema):
    """fields: what is in it (exact), or all that the article could give. reason: "" when no article gives it."""

    uid: UUID
    source: PartyOut
    recipient: PartyOut
    covenant: str
    article: str
    purpose: str
    state: str
    asked_at: datetime
    ends_on: date | None
    fields: list[str]
    exact: bool
    reason: str
    positions: list[PositionOut]
    copy_given: CopyOut | None


class ExtractsOut(Schema):
    proposals: list[ProposalOut]
    copies: list[CopyOut]


class OptionOut(Schema):
    """key: what a proposal names; fields: of which the reader's agency has a fact."""

    key: str
    recipient: str
    covenant: str
    article: str
    purpose: str
    fields: list[str]


class ProposalIn(Schema):
    """option: a key of the options; person: the `subject` of whom it is about, the first one if empty."""

    option: str
    fields: list[str]
    reason: str
    person: UUID | None = None
    ends_on: date | None = None
    action: UUID | None = None
    submission: UUID | None = None


class MadeOut(Schema):
    uid: UUID


class PositionIn(Schema):
    agrees: bool


class SecrecyIn(Schema):
    """version: of the text that was read; the page shows it."""

    version: str


def _reading(request: HttpRequest, name: str, event: str) -> Reading:
    return Reading.begin(request.visit, route=f"api:{name}", event=event)  # type: ignore[attr-defined]


@router.get("/cases/{number}/extracts", response=ExtractsOut, operation_id="extract_list")
@route("api:extract_list", shows=Shows.CASE_DATA)
def extract_list(request: HttpRequest, number: str) -> dict[str, Any]:
    """The proposals and copies of a case that the reader gives, decides on or leads."""
    found = queries.extracts_of_case(_reading(request, "extract_list", events.LISTED), number, None)
    return {
        "proposals": [
            {name: getattr(line, name) for name in _PROPOSAL} | {"copy_given": line.copy} for line in found.proposals
        ],
        "copies": list(found.copies),
    }


_PROPOSAL = tuple(name for name in ProposalOut.model_fields if name != "copy_given")


@router.get("/cases/{number}/extracts/options", response=list[OptionOut], operation_id="extract_options")
@route("api:extract_options", shows=Shows.CASE_DATA)
def extract_options(request: HttpRequest, number: str, person: str = "") -> list[OptionOut]:
    """Which third party can be given which of the reader's own facts, by which article."""
    reading = _reading(request, "extract_options", events.LISTED)
    found = queries.choices(reading, number, None, person=person, named=False)
    return [
        OptionOut(
            key=option.key, recipient=option.recipient, covenant=option.covenant, article=option.article,
            purpose=option.purpose, fields=list(reading.policy.catalogue.codes(option.mask)),
        )
        for option in found.options
    ]  # fmt: skip


@router.post("/cases/{number}/extracts", response={201: MadeOut}, operation_id="extract_propose")
@route("api:extract_propose", shows=Shows.NOTHING)
def extract_propose(request: HttpRequest, number: str, body: ProposalIn) -> tuple[int, MadeOut]:
    """Propose a copy. The same `submission` twice proposes once."""
    wish = commands.Proposed(
        option=body.option, fields=tuple(body.fields), reason=body.reason, person=body.person, ends_on=body.ends_on,
        action=body.action, submission=body.submission,
    )  # fmt: skip
    made = commands.propose(_reading(request, "extract_propose", events.PROPOSED), number, wish)
    return 201, MadeOut(uid=made.uid)


@router.post("/cases/{number}/extracts/{uid}/position", response={204: None}, operation_id="extract_position")
@route("api:extract_position", shows=Shows.NOTHING)
def extract_position(request: HttpRequest, number: str, uid: UUID, body: PositionIn) -> tuple[int, None]:
    """Agree with a proposal, or object to it."""
    reading = _reading(request, "extract_position", events.AGREED)
    commands.take_position(reading, number, uid, agrees=body.agrees)
    return 204, None


@router.post("/cases/{number}/extracts/{uid}/withdrawal", response={204: None}, operation_id="extract_withdraw")
@route("api:extract_withdraw", shows=Shows.NOTHING)
def extract_withdraw(request: HttpRequest, number: str, uid: UUID) -> tuple[int, None]:
    """Take a proposal of the reader's own agency back before it was decided."""
    commands.withdraw_proposal(_reading(request, "extract_withdraw", events.WITHDRAWN), number, uid)
    return 204, None


@router.post("/cases/{number}/extracts/{uid}/revocation", response={204: None}, operation_id="extract_revoke")
@route("api:extract_revoke", shows=Shows.NOTHING)
def extract_revoke(request: HttpRequest, number: str, uid: UUID) -> tuple[int, None]:
    """End a copy for the future."""
    commands.revoke(_reading(request, "extract_revoke", events.REVOKED), number, uid)
    return 204, None


@router.post("/extracts/{number}/secrecy", response={204: None}, operation_id="extract_secrecy")
@route("api:extract_secrecy", shows=Shows.NOTHING)
def extract_secrecy(request: HttpRequest, number: str, body: SecrecyIn) -> tuple[int, None]:
    """Sign secrecy for a case as a third party."""
    commands.sign_secrecy(_reading(request, "extract_secrecy", events.SIGNED), number, version=body.version)
    return 204, None
