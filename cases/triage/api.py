"""The API of this room: the same queries and commands as the pages, under the same path of disclosure."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Router

from agreements.parties.api import bearer
from cases.disclosure.reading import Reading
from cases.triage import commands, events, queries, queries_informing, queries_known, schemas, shown
from cases.triage.commands import Opened, Typed, Wait
from cases.triage.pseudonym import code_of
from foundation.errors import Refused
from foundation.routes import Shows, route

router = Router(tags=["triage"], auth=bearer)
_ANSWER, _STATE = schemas.TriageOut, schemas.StateOut


def _reading(request: HttpRequest, name: str, event: str) -> Reading:
    return Reading.begin(request.visit, route=f"api:{name}", event=event)  # type: ignore[attr-defined]


def _with_purpose(purpose: str) -> None:
    if not purpose:
        raise Refused(
            _("Het token leest voor een doel dat de convenanten van deze casus uw rol niet geven."),
            remedy=_("Vraag een token voor een doel dat in het convenant van deze casus staat."),
        )


def _state(triage: Any) -> dict[str, Any]:
    return {
        "number": triage.case.number, "filter": triage.filter, "due_on": triage.due_on, "outcome": triage.outcome,
        "decided_at": triage.decided_at, "destroy_on": triage.destroy_on,
    }  # fmt: skip


def _check(check: Any) -> dict[str, Any]:
    return {"uid": check.uid, "code": code_of(check.uid), "deadline": check.deadline}


@router.post("/signals/{number}/triage", response={201: _STATE}, operation_id="triage_take_signal")
@route("api:triage_take_signal", shows=Shows.NOTHING)
def triage_take_signal(request: HttpRequest, number: str) -> tuple[int, Any]:
    """A signal goes into triage, under the number of a case."""
    reading = _reading(request, "triage_take_signal", events.STARTED)
    return 201, _state(commands.take_signal(reading, number))


@router.get("/cases/{number}/triage", response=_ANSWER, operation_id="triage_read")
@route("api:triage_read", shows=Shows.CASE_DATA)
def triage_read(request: HttpRequest, number: str) -> dict[str, Any]:
    """What the filter of triage shows this reader, its judgements and known-checks."""
    page = queries.triage_page(_reading(request, "triage_read", events.READ), number, None)
    _with_purpose(page.opened.answer.purpose)
    return shown.triage(page)


@router.post("/cases/{number}/triage", response={201: _STATE}, operation_id="triage_begin")
@route("api:triage_begin", shows=Shows.NOTHING)
def triage_begin(request: HttpRequest, number: str) -> tuple[int, Any]:
    """Begin the triage of a case in that phase; begun already gives the same."""
    return 201, _state(commands.start_triage(_reading(request, "triage_begin", events.STARTED), number))


@router.post("/cases/{number}/triage/filter", response=_STATE, operation_id="triage_pass_filter")
@route("api:triage_pass_filter", shows=Shows.NOTHING)
def triage_pass_filter(request: HttpRequest, number: str, body: schemas.FilterIn) -> Any:
    """Go on to the next filter; there is no way back."""
    return _state(commands.pass_filter(_reading(request, "triage_pass_filter", events.FILTER), number, body.to))


@router.put("/cases/{number}/triage/criteria/{letter}", response={204: None}, operation_id="triage_judge")
@route("api:triage_judge", shows=Shows.NOTHING)
def triage_judge(request: HttpRequest, number: str, letter: str, body: schemas.CriterionIn) -> tuple[int, None]:
    """Judge criterion a, b, c or d of BGS art. 2.20(1)."""
    reading = _reading(request, "triage_judge", events.JUDGED)
    commands.judge(reading, number, letter, fulfilled=body.fulfilled, text=body.text)
    return 204, None


@router.post("/cases/{number}/triage/proposal", response=_STATE, operation_id="triage_propose")
@route("api:triage_propose", shows=Shows.NOTHING)
def triage_propose(request: HttpRequest, number: str, body: schemas.ProposalIn) -> Any:
    """Propose how triage ends, or ask once for more information (`more_info`)."""
    reading = _reading(request, "triage_propose", events.PROPOSED)
    if body.outcome == "more_info":
        return _state(commands.ask_more(reading, number, text=body.text))
    return _state(commands.propose(reading, number, body.outcome, text=body.text, destination=body.destination))


@router.post("/cases/{number}/triage/position", response=_STATE, operation_id="triage_respond")
@route("api:triage_respond", shows=Shows.NOTHING)
def triage_respond(request: HttpRequest, number: str, body: schemas.PositionIn) -> Any:
    """A controller agrees with the proposal or not."""
    reading = _reading(request, "triage_respond", events.POSITION)
    return _state(commands.respond(reading, number, agrees=body.agrees, text=body.text))


@router.post("/cases/{number}/triage/fits", response={204: None}, operation_id="triage_fits")
@route("api:triage_fits", shows=Shows.NOTHING)
def triage_fits(request: HttpRequest, number: str, body: schemas.FitsIn) -> tuple[int, None]:
    """A controller judges that the report fits the purpose."""
    commands.say_fits(_reading(request, "triage_fits", events.FITS), number, text=body.text)
    return 204, None


@router.post("/cases/{number}/triage/weighing", response={204: None}, operation_id="triage_invite")
@route("api:triage_invite", shows=Shows.NOTHING)
def triage_invite(request: HttpRequest, number: str, body: schemas.InviteIn) -> tuple[int, None]:
    """Let a controller weigh along."""
    commands.invite_to_weigh(_reading(request, "triage_invite", events.INVITED), number, body.agency)
    return 204, None


@router.post(
    "/cases/{number}/triage/known-checks", response={201: schemas.CheckMadeOut}, operation_id="known_check_ask"
)
@route("api:known_check_ask", shows=Shows.NOTHING)
def known_check_ask(request: HttpRequest, number: str, body: schemas.AskIn) -> tuple[int, Any]:
    """Ask agencies whether they know the person; it starts when who reported says whom it is about."""
    reading = _reading(request, "known_check_ask", events.CHECK_ASKED)
    return 201, _check(commands.ask(reading, number, agencies=body.agencies, person=body.person))


@router.get("/known-checks", response=schemas.KnownListOut, operation_id="known_check_list")
@route("api:known_check_list", shows=Shows.NOTHING)
def known_check_list(request: HttpRequest) -> dict[str, Any]:
    """The known-checks of the reader's agency, by code and term."""
    reading = _reading(request, "known_check_list", events.CHECK_LIST)
    lines = queries_known.known_list(reading)
    queries_known.journal_list(reading)
    return {"items": [shown.known_line(line) for line in lines]}


@router.get("/known-checks/{uid}", response=schemas.KnownLineOut, operation_id="known_check_read")
@route("api:known_check_read", shows=Shows.NOTHING)
def known_check_read(request: HttpRequest, uid: UUID) -> dict[str, Any]:
    """One known-check as the reader's agency sees it."""
    reading = _reading(request, "known_check_read", events.CHECK_READ)
    return shown.known_line(queries_known.known_alone(reading, uid))


@router.post("/known-checks/{uid}/identity", response=schemas.CheckMadeOut, operation_id="known_check_identify")
@route("api:known_check_identify", shows=Shows.NOTHING)
def known_check_identify(request: HttpRequest, uid: UUID, body: schemas.TypedIn) -> Any:
    """Who reported says whom the check is about; only keyed pseudonyms are kept."""
    reading = _reading(request, "known_check_identify", events.CHECK_STARTED)
    return _check(commands.identify(reading, uid, _typed(body)))


@router.post("/known-checks/{uid}/comparison", response=schemas.MatchOut, operation_id="known_check_compare")
@route("api:known_check_compare", shows=Shows.NOTHING)
def known_check_compare(request: HttpRequest, uid: UUID, body: schemas.TypedIn) -> dict[str, bool]:
    """Whether somebody of the agency's own system is the person of the check. A few tries; nothing is kept."""
    reading = _reading(request, "known_check_compare", events.CHECK_COMPARED)
    return {"match": commands.compare(reading, uid, _typed(body))}


@router.put("/known-checks/{uid}/answer", response={204: None}, operation_id="known_check_answer")
@route("api:known_check_answer", shows=Shows.NOTHING)
def known_check_answer(request: HttpRequest, uid: UUID, body: schemas.KnownAnswerIn) -> tuple[int, None]:
    """Answer for the reader's agency; blind until all have answered or the term has passed."""
    reading = _reading(request, "known_check_answer", events.CHECK_ANSWERED)
    commands.answer(reading, uid, answer=body.answer, contact=body.contact)
    return 204, None


@router.get("/cases/{number}/opening", response=schemas.OpeningOut, operation_id="opening_read")
@route("api:opening_read", shows=Shows.CASE_DATA)
def opening_read(request: HttpRequest, number: str) -> dict[str, Any]:
    """How the case was opened, and on which grounds."""
    reading = _reading(request, "opening_read", events.OPENING_FORM)
    page = queries_informing.opening_page(reading, number, None, names=False)
    _with_purpose(page.opened.answer.purpose)
    return shown.opening(page)


@router.post("/cases/{number}/opening", response={201: schemas.OpeningOut}, operation_id="opening_make")
@route("api:opening_make", shows=Shows.CASE_DATA)
def opening_make(request: HttpRequest, number: str, body: schemas.OpeningIn) -> tuple[int, Any]:
    """Open an admitted case: it goes to the meeting, and informing is planned."""
    reading = _reading(request, "opening_make", events.OPENING_FORM)
    given = body.dict() | {"covenants": tuple(body.covenants)}
    commands.open_case(reading, number, Opened(**given))
    return 201, shown.opening(queries_informing.opening_page(reading, number, None, names=False))


@router.get("/cases/{number}/informing", response=schemas.InformingOut, operation_id="informing_read")
@route("api:informing_read", shows=Shows.CASE_DATA)
def informing_read(request: HttpRequest, number: str) -> dict[str, Any]:
    """Who was told that their data are used, who will be, and whose informing waits."""
    reading = _reading(request, "informing_read", events.INFORMING_READ)
    page = queries_informing.informing_page(reading, number, None, names=False)
    _with_purpose(page.opened.answer.purpose)
    return shown.informing(page)


@router.post("/cases/{number}/informing/{uid}/done", response={204: None}, operation_id="informing_done")
@route("api:informing_done", shows=Shows.NOTHING)
def informing_done(request: HttpRequest, number: str, uid: UUID, body: schemas.InformedIn) -> tuple[int, None]:
    """Somebody was told."""
    commands.mark_informed(_reading(request, "informing_done", events.INFORMED), number, uid, on=body.on)
    return 204, None


@router.put("/cases/{number}/informing/{uid}/embargo", response={204: None}, operation_id="informing_postpone")
@route("api:informing_postpone", shows=Shows.NOTHING)
def informing_postpone(request: HttpRequest, number: str, uid: UUID, body: schemas.PostponeIn) -> tuple[int, None]:
    """A source lets informing wait, on a ground and until a day to look again."""
    reading = _reading(request, "informing_postpone", events.POSTPONED)
    commands.postpone(reading, number, uid, Wait(**body.dict()))
    return 204, None


@router.delete("/cases/{number}/informing/{uid}/embargo", response={204: None}, operation_id="informing_lift")
@route("api:informing_lift", shows=Shows.NOTHING)
def informing_lift(request: HttpRequest, number: str, uid: UUID) -> tuple[int, None]:
    """The source's ground has ended."""
    commands.lift(_reading(request, "informing_lift", events.LIFTED), number, uid)
    return 204, None


def _typed(body: schemas.TypedIn) -> Typed:
    return Typed(bsn=body.bsn, name=body.name, born_on=body.born_on)
