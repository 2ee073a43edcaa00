"""Who stands behind a socket, and whether they may watch this kind of screen of this meeting. Not here: what they see.

A socket is opened with the session cookie of the page it belongs to. That session, the membership and the meeting are
asked again whenever something changed that could end the right (`screens.Hall`).
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest
from django.utils import translation

from agreements.parties.reader import Visit, visit_of_session
from cases.disclosure.reading import Reading
from cases.meetings.models import Meeting
from cases.meetings.rights import is_chair, meetings_for

SCREEN, CHAIR, ALONG = "scherm", "voorzitter", "mee"
KINDS = {SCREEN: "meeting_screen", CHAIR: "meeting_room", ALONG: "meeting_along"}
"""Kind of screen → the route of its page."""
OF_THE_CHAIR = frozenset({SCREEN, CHAIR})

NOT_SIGNED_IN, NOT_YOURS, ENDED = 4401, 4404, 4403
BAD_FRAME, TOO_FAST = 4400, 4429
CODES = {
    NOT_SIGNED_IN: "not_signed_in",
    NOT_YOURS: "not_your_meeting",
    ENDED: "right_ended",
    BAD_FRAME: "bad_frame",
    TOO_FAST: "too_fast",
}
"""Close code → why, as the frame `revoked` names it too."""


class Shut(Exception):
    """The door stays shut, or falls shut: with the close code that says why."""

    def __init__(self, code: int) -> None:
        super().__init__(CODES[code])
        self.code = code


@dataclass(frozen=True, slots=True, kw_only=True)
class Pass:
    """Somebody who may watch: their visit, the session's choices (purposes), and the meeting's number."""

    visit: Visit
    session_key: str
    session: Mapping[str, Any]
    meeting_id: int
    kind: str

    def reading(self, event: str) -> Reading:
        """A reading by this socket that begins now."""
        return Reading.begin(self.visit, route=KINDS[self.kind], event=event)


def admitted(scope: Mapping[str, Any], uid: UUID, kind: str) -> Pass:
    """Who may watch, now. Raises Shut with the code that says why not; a refusal of a socket shows nothing."""
    request = _request(scope)
    visit = visit_of_session(request)
    if visit is None:
        raise Shut(NOT_SIGNED_IN)
    reading = Reading.begin(visit, route=KINDS[kind], event="meeting.watched")
    meeting = meetings_for(reading).filter(uid=uid).first()
    if meeting is None or (kind in OF_THE_CHAIR and not is_chair(reading, meeting)):
        raise Shut(NOT_YOURS)
    return Pass(
        visit=visit, session_key=request.session.session_key or "", session=dict(request.session.items()),
        meeting_id=meeting.pk, kind=kind,
    )  # fmt: skip


def in_words(visit: Visit | None) -> Any:
    """The language of who watches, for sentences on the socket."""
    return translation.override(visit.language if visit else settings.LANGUAGE_CODE)


def meeting_row(pk: int) -> Meeting | None:
    """The meeting as it stands."""
    return Meeting.objects.filter(pk=pk).select_related("lead", "chair").first()


def _request(scope: Mapping[str, Any]) -> HttpRequest:
    """The socket as a request, as far as signing in looks at it."""
    request = HttpRequest()
    headers = {name.decode("latin-1").upper().replace("-", "_"): value for name, value in scope.get("headers", ())}
    request.META = {f"HTTP_{name}": value.decode("latin-1") for name, value in headers.items()}
    request.META["REMOTE_ADDR"] = (scope.get("client") or ("", 0))[0] or ""
    request.COOKIES = dict(scope.get("cookies", {}))
    store = import_module(settings.SESSION_ENGINE).SessionStore
    request.session = store(session_key=request.COOKIES.get(settings.SESSION_COOKIE_NAME) or None)
    request.trace_id = secrets.token_hex(16)  # type: ignore[attr-defined]
    return request
