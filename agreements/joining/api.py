"""The API of parties and terms of covenants: the same queries and commands as the pages.

A token proves no fresh strong sign-in, so each step carries a signature with the signatory's own registered key.
"""

from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router

from agreements.joining import commands, queries
from agreements.joining.commands.shared import look_at
from agreements.joining.schemas import (
    AccessionIn,
    AnswerIn,
    EndingIn,
    ExecutionIn,
    MotionOut,
    PartiesOut,
    ReasonIn,
    SignedIn,
    StatementOut,
    SuspensionIn,
    WithdrawalIn,
)
from agreements.joining.sealing import sealed_elsewhere, statement_for
from agreements.joining.signed_steps import check_signed
from agreements.joining.steps import Step
from agreements.parties.api import bearer
from agreements.parties.reader import Visit
from foundation import clock
from foundation.clock import AMSTERDAM
from foundation.routes import Shows, route

router = Router(tags=["covenants"], auth=bearer)
_COVENANT = "/covenants/{code}"
_MOTION = _COVENANT + "/motions/{uid}"


@router.get(_COVENANT + "/parties", response=PartiesOut, operation_id="covenant_parties")
@route("api:covenant_parties", shows=Shows.RULES)
def covenant_parties(request: HttpRequest, code: str) -> dict[str, Any]:
    """Who is party, for how long, what lies before the parties, and which steps this reader may take."""
    return _page(request, code)


@router.get(_COVENANT + "/motions", response=list[MotionOut], operation_id="motion_list")
@route("api:motion_list", shows=Shows.RULES)
def motion_list(request: HttpRequest, code: str) -> list[dict[str, Any]]:
    """Questions to the parties, open ones first."""
    page = queries.parties_page(_visit(request), code)
    return [asdict(line) for line in (*page.open_motions, *page.closed_motions)]


@router.get(_MOTION, response=MotionOut, operation_id="motion_detail")
@route("api:motion_detail", shows=Shows.RULES)
def motion_detail(request: HttpRequest, code: str, uid: UUID) -> dict[str, Any]:
    """One question to the parties, with who answered and who is awaited."""
    return asdict(queries.motion_page(_visit(request), code, uid))


@router.post(_MOTION + "/answers", response=MotionOut, operation_id="motion_answer")
@route("api:motion_answer", shows=Shows.RULES)
def motion_answer(request: HttpRequest, code: str, uid: UUID, body: AnswerIn) -> dict[str, Any]:
    """Consent for one's own agency, or not (step "agree" or "refuse"). The last consent carries it."""
    visit = _visit(request)
    _check(visit, code, Step.AGREE if body.agrees else Step.REFUSE, body, motion=uid)
    commands.answer(visit, code, uid=uid, agrees=body.agrees, reason=body.reason)
    return asdict(queries.motion_page(visit, code, uid))


@router.post(_MOTION + "/withdrawal", response={204: None}, operation_id="motion_take_back")
@route("api:motion_take_back", shows=Shows.RULES)
def motion_take_back(request: HttpRequest, code: str, uid: UUID, body: ReasonIn) -> tuple[int, None]:
    """Take back one's own question (step "take_back"). Who asked to accede then has no covenant to look at."""
    visit = _visit(request)
    _check(visit, code, Step.TAKE_BACK, body, motion=uid)
    commands.take_back(visit, code, uid=uid, reason=body.reason)
    return 204, None


@router.post(_MOTION + "/execution", response=MotionOut, operation_id="motion_carry_out")
@route("api:motion_carry_out", shows=Shows.RULES)
def motion_carry_out(request: HttpRequest, code: str, uid: UUID, body: ExecutionIn) -> dict[str, Any]:
    """Carry out one's own question when nobody is awaited any more (step "carry_out")."""
    visit = _visit(request)
    _check(visit, code, Step.CARRY_OUT, body, motion=uid)
    commands.carry_out(visit, code, uid=uid)
    return asdict(queries.motion_page(visit, code, uid))


@router.get(_COVENANT + "/accession", response=StatementOut, operation_id="accession_statement")
@route("api:accession_statement", shows=Shows.RULES)
def accession_statement(request: HttpRequest, code: str) -> dict[str, Any]:
    """What somebody signs who asks to accede; refused to who may not ask."""
    visit = _visit(request)
    situation, _motion = look_at(visit, code, step=Step.ACCEDE)
    version, document = situation.ruling()
    capacity = document.capacity_of(visit.agency.code, visit.agency.type)
    said = statement_for(visit, version, capacity=capacity, mandate="-", at=clock.now())
    return {"statement": said.without_own_words().model_dump(mode="json")}


@router.post(_COVENANT + "/accession", response={201: MotionOut}, operation_id="accession_ask")
@route("api:accession_ask", shows=Shows.RULES)
def accession_ask(request: HttpRequest, code: str, body: AccessionIn) -> tuple[int, dict[str, Any]]:
    """Ask that one's own agency becomes a party."""
    visit = _visit(request)
    asked = commands.Asked(mandate=body.mandate, reason=body.reason, advice=body.advice, first_day=body.first_day)
    motion = commands.ask_accession(visit, code, asked=asked, seal=sealed_elsewhere(body.jws))
    return 201, asdict(queries.motion_page(visit, code, motion.uid))


@router.post(_COVENANT + "/ending", response={201: MotionOut}, operation_id="ending_propose")
@route("api:ending_propose", shows=Shows.RULES)
def ending_propose(request: HttpRequest, code: str, body: EndingIn) -> tuple[int, dict[str, Any]]:
    """Propose to end the covenant before its term (step "end")."""
    visit = _visit(request)
    _check(visit, code, Step.END, body)
    motion = commands.propose_ending(visit, code, reason=body.reason, last_day=body.last_day)
    return 201, asdict(queries.motion_page(visit, code, motion.uid))


@router.post(_COVENANT + "/withdrawal", response=PartiesOut, operation_id="withdrawal_give")
@route("api:withdrawal_give", shows=Shows.RULES)
def withdrawal_give(request: HttpRequest, code: str, body: WithdrawalIn) -> dict[str, Any]:
    """Give notice for one's own agency (step "withdraw")."""
    visit = _visit(request)
    _check(visit, code, Step.WITHDRAW, body)
    commands.withdraw(visit, code, reason=body.reason, last_day=body.last_day)
    return _page(request, code)


@router.post(_COVENANT + "/withdrawal/revocation", response=PartiesOut, operation_id="withdrawal_revoke")
@route("api:withdrawal_revoke", shows=Shows.RULES)
def withdrawal_revoke(request: HttpRequest, code: str, body: ReasonIn) -> dict[str, Any]:
    """Take back the notice of one's own agency before it takes effect (step "revoke")."""
    visit = _visit(request)
    _check(visit, code, Step.REVOKE, body)
    commands.revoke(visit, code, reason=body.reason)
    return _page(request, code)


@router.post(_COVENANT + "/suspensions", response=PartiesOut, operation_id="suspension_begin")
@route("api:suspension_begin", shows=Shows.RULES)
def suspension_begin(request: HttpRequest, code: str, body: SuspensionIn) -> dict[str, Any]:
    """Suspend the covenant as a whole (step "suspend"). A moment without a time zone is one in the Netherlands."""
    visit = _visit(request)
    _check(visit, code, Step.SUSPEND, body)
    starts, ends = _aware(body.starts), _aware(body.ends)
    commands.suspend(visit, code, reason=body.reason, starts=starts, ends=ends)
    return _page(request, code)


@router.post(_COVENANT + "/suspensions/end", response=PartiesOut, operation_id="suspension_end")
@route("api:suspension_end", shows=Shows.RULES)
def suspension_end(request: HttpRequest, code: str, body: ReasonIn) -> dict[str, Any]:
    """Resume a suspended covenant (step "resume")."""
    visit = _visit(request)
    _check(visit, code, Step.RESUME, body)
    commands.resume(visit, code, reason=body.reason)
    return _page(request, code)


def _check(visit: Visit, code: str, step: Step, body: SignedIn, *, motion: UUID | None = None) -> None:
    arguments = body.model_dump(mode="json", exclude={"jws", "signed_at"})
    if motion is not None:
        arguments["motion"] = str(motion)
    check_signed(visit, code, step=step.value, arguments=arguments, signed_at=body.signed_at, jws=body.jws)


def _aware(moment: datetime | None) -> datetime | None:
    return moment.replace(tzinfo=AMSTERDAM) if moment is not None and moment.tzinfo is None else moment


def _page(request: HttpRequest, code: str) -> dict[str, Any]:
    return asdict(queries.parties_page(_visit(request), code))


def _visit(request: HttpRequest) -> Visit:
    visit: Visit = request.visit  # type: ignore[attr-defined]
    return visit
