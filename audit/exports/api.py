"""Exports for partner systems of privacy officers: the same rights, commands and entries as the page."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from ninja import Router, Schema

from audit.exports import commands, queries
from audit.exports.kinds import kinds
from audit.exports.models import ExportState
from audit.exports.views import answer_of
from audit.journal.reading import Officer, admit
from foundation import clock
from foundation.errors import Invalid
from foundation.routes import Shows, route

router = Router(tags=["exports"])


class WishIn(Schema):
    """kind: a code of `kinds`. since inclusive, until exclusive. agency: a reference, "" for all one oversees."""

    kind: str
    since: datetime
    until: datetime
    agency: str = ""
    covenant: str = ""


class ExportOut(Schema):
    """How far an export is. has_stopped: post to `resume` and it goes on from where it was."""

    uid: str
    kind: str
    of_agency: str
    covenant: str
    since: datetime
    until: datetime
    state: ExportState
    percent: int
    asked_at: datetime
    expires_at: datetime
    size: int
    sha256: str
    has_stopped: bool


class KindOut(Schema):
    """A kind of export. of_one_agency: an agency must be chosen; of_covenant: a covenant must be."""

    code: str
    label: str
    media: str
    of_one_agency: bool
    of_covenant: bool


class ExportsOut(Schema):
    """One's own exports, newest first, and the kinds there are."""

    exports: list[ExportOut]
    kinds: list[KindOut]


@router.get("/exports", response=ExportsOut, operation_id="exports_list", summary="Exports that I asked for")
@route("api:exports_list", shows=Shows.JOURNAL)
def exports_list(request: HttpRequest) -> dict[str, Any]:
    """One's own exports that are still kept. Opens nothing of the journal."""
    officer = _officer(request, "api:exports_list")
    found = [
        {
            "code": kind.code, "label": str(kind.label), "media": kind.media, "of_one_agency": kind.of_one_agency,
            "of_covenant": kind.covenants is not None,
        }
        for kind in kinds().values()
    ]  # fmt: skip
    return {"exports": queries.lines(officer), "kinds": found}


@router.post("/exports", response={202: ExportOut}, operation_id="exports_order", summary="Have an export made")
@route("api:exports_order", shows=Shows.JOURNAL)
def exports_order(request: HttpRequest, wish: WishIn) -> tuple[int, Any]:
    """Made in the background; asking is an entry that is sealed at once."""
    officer = _officer(request, "api:exports_order")
    asked = commands.Wish(
        kind=wish.kind, since=_aware(wish.since, "since"), until=_aware(wish.until, "until"), agency=wish.agency,
        covenant=wish.covenant,
    )  # fmt: skip
    return 202, queries.line_of(commands.order(officer, asked), at=clock.now())


@router.post("/exports/{uid}/resume", response={202: ExportOut}, operation_id="exports_resume", summary="Go on")
@route("api:exports_resume", shows=Shows.JOURNAL)
def exports_resume(request: HttpRequest, uid: UUID) -> tuple[int, Any]:
    """Go on with an export that stopped."""
    export = commands.go_on(_officer(request, "api:exports_resume"), uid)
    return 202, queries.line_of(export, at=clock.now())


@router.get("/exports/{uid}/file", operation_id="exports_file", summary="A finished export")
@route("api:exports_file", shows=Shows.JOURNAL)
def exports_file(request: HttpRequest, uid: UUID) -> HttpResponseBase:
    """The file, for who asked for it. Fetching it is an entry that is sealed at once."""
    return answer_of(request, *commands.fetch(_officer(request, "api:exports_file"), uid))


def _officer(request: HttpRequest, name: str) -> Officer:
    return admit(getattr(request, "visit", None), route=name)


def _aware(moment: datetime, name: str) -> datetime:
    if moment.tzinfo is None or not 1971 < moment.year < 9000:
        sentence, remedy = _("Dit tijdstip is niet te gebruiken."), _("Geef het als 2026-11-24T09:00:00Z.")
        raise Invalid(sentence, remedy=remedy, field=name)
    return moment
