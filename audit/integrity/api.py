"""The log's integrity for systems of privacy officers: the same rights and entries as the page."""

import math
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from ninja import Router, Schema

from audit.integrity import commands, looking
from audit.integrity.bundles import as_zip
from audit.integrity.models import BundleState, Outcome
from audit.journal.reading import Officer, admit
from audit.sealing.models import FlawKind
from foundation.routes import Shows, route

router = Router(tags=["oversight"])
ZIP = {"responses": {200: {"description": "The zip file", "content": {"application/zip": {}}}}}


class WitnessOut(Schema):
    """A witness. age: seconds since it last signed, null if never; present: it signed when it was asked last.

    outcome and reason: what came of asking it.
    """

    name: str
    trusted: bool
    present: bool
    size: int | None
    age: float | None
    behind: int
    outcome: str
    reason: str


class FlawOut(Schema):
    """What was found while sealing."""

    found_at: datetime
    kind: FlawKind
    size: int
    detail: str
    entry_uid: UUID | None


class BundleOut(Schema):
    """A bundle of this officer; length in bytes, sha256 of the zip in hex."""

    uid: UUID
    ordered_at: datetime
    state: BundleState
    size: int | None
    length: int | None
    sha256: str


class VerificationOut(Schema):
    """A check of a bundle that was reported."""

    recorded_at: datetime
    recorded_by: str
    outcome: Outcome
    size: int
    matches: bool


class IntegrityOut(Schema):
    """How the log stands. root: hex, empty when the stored tree is not whole; lag_seconds: null when it cannot seal.

    checkpoint: the newest signed note, without cosignatures. quorum: null without a policy. contradicted: how often a
    witness told that it saw another history of this log, or a longer one.
    """

    size: int
    root: str
    whole: bool
    lag_seconds: float | None
    lag_entries: int
    late: bool
    checkpoint: str
    checkpoint_size: int | None
    sealed_at: datetime | None
    unsigned: int
    quorum: bool | None
    witnesses: list[WitnessOut]
    contradicted: int
    flaws: int
    newest_flaws: list[FlawOut]
    bundles: list[BundleOut]
    verifications: list[VerificationOut]


@router.get("/integrity", response=IntegrityOut, operation_id="integrity", summary="How the journal's seal stands")
@route("api:integrity", shows=Shows.JOURNAL)
def integrity(request: HttpRequest) -> dict[str, Any]:
    """Size, lag, checkpoint, witnesses, flaws, own bundles and reported checks. Reading is itself an entry."""
    found = looking.integrity(_officer(request, "api:integrity"))
    state = found.state
    names = ("size", "whole", "late", "unsigned", "quorum", "witnesses", "flaws", "newest_flaws", "contradicted")
    return {
        **{name: getattr(state, name) for name in names},
        "root": state.root.hex(),
        "lag_seconds": state.lag.seconds if math.isfinite(state.lag.seconds) else None,
        "lag_entries": state.lag.rows,
        "checkpoint": state.checkpoint.note if state.checkpoint else "",
        "checkpoint_size": state.checkpoint.size if state.checkpoint else None,
        "sealed_at": state.checkpoint.sealed_at if state.checkpoint else None,
        "bundles": found.bundles,
        "verifications": found.verifications,
    }


@router.post("/integrity/bundles", response=BundleOut, operation_id="bundle_order", summary="Ask for a bundle")
@route("api:bundle_order", shows=Shows.JOURNAL)
def order(request: HttpRequest) -> Any:
    """A bundle of what the officer oversees, for the offline verifier; it is made in the background."""
    officer = _officer(request, "api:bundle_order")
    uid = commands.order_bundle(officer)
    return next(one for one in looking.bundles_of(officer) if one.uid == uid)


@router.get("/integrity/bundles/{uid}", operation_id="bundle", summary="Fetch a bundle", openapi_extra=ZIP)
@route("api:bundle", shows=Shows.JOURNAL)
def bundle(request: HttpRequest, uid: UUID) -> HttpResponseBase:
    """The zip file; an export, so an entry that is sealed at once."""
    return as_zip(request, *commands.fetch_bundle(_officer(request, "api:bundle"), uid))


def _officer(request: HttpRequest, name: str) -> Officer:
    return admit(getattr(request, "visit", None), route=name)
