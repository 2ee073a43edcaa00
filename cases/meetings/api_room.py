"""The API of the running meeting: the same queries and commands as its screens, under the same path of disclosure."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema

from agreements.parties.api import bearer
from cases.casework.fact_rows import value_text
from cases.casework.purpose import declared
from cases.disclosure.answer import Fact
from cases.disclosure.reading import Reading
from cases.meetings import room_queries, room_seats
from cases.meetings.commands import actions, attendance, decisions, joint_view, parking, pictures, running
from cases.meetings.commands.at_item import case_at
from cases.meetings.rights import item_for, meeting_for
from cases.meetings.room_answers import Stage, Stand, Words
from foundation.errors import Refused
from foundation.routes import Shows, route

router = Router(tags=["meetings"], auth=bearer)
_MEETING, _ITEM = "/meetings/{uid}", "/meetings/items/{item}"


class SeatOut(Schema):
    """waits: left, and the chair has not confirmed. takes_part: has a seat at this case."""

    row: int
    agency: str
    name: str
    waits: bool
    takes_part: bool


class StandOut(Schema):
    agency: str
    stance: str
    reason: str


class ViewOut(Schema):
    """version: what to send as `base` when writing a joint view anew."""

    uid: UUID
    domain: str
    joint: bool
    text: str
    source: str
    article: str
    score: int | None
    version: int
    positions: list[StandOut]


class DecisionOut(Schema):
    uid: UUID
    number: int
    text: str
    article: str
    positions: list[StandOut]


class TaskOut(Schema):
    number: int
    text: str
    owner: str
    owner_name: str
    due_on: date
    state: str


class ParkedOut(Schema):
    uid: UUID
    text: str
    source: str


class CurrentOut(Schema):
    """The item that is on, if it exists for the reader. sits: whether the reader's agency is present."""

    state: str
    revision: int
    item: UUID | None
    case: str
    running_since: datetime | None
    seconds_used: int
    sits: bool
    views: list[ViewOut]
    decisions: list[DecisionOut]
    tasks: list[TaskOut]
    parked: list[ParkedOut]


class RunIn(Schema):
    """act: start, next, item, pause, resume, move, end. item: for item and move; after: what was on, for next."""

    act: str
    item: UUID | None = None
    after: UUID | None = None


class ArriveIn(Schema):
    agency: str
    professional: UUID | None = None
    guest: str = ""
    place: str = "room"


class AgencyIn(Schema):
    agency: str


class ViewIn(Schema):
    text: str
    score: int | None = None


class JointIn(Schema):
    """client: the program's own mark; base: the `version` it writes over."""

    text: str
    client: UUID
    base: int = 0


class LineIn(Schema):
    """line: `@OND verzuim terugkoppelen vr`, or `! ` and a decision."""

    line: str
    submission: UUID | None = None


class EnteredOut(Schema):
    kind: str
    uid: UUID


class DecisionIn(Schema):
    text: str
    submission: UUID | None = None


class PositionIn(Schema):
    """On one of the two: the uid of a joint view or of a decision."""

    stance: str
    reason: str = ""
    view: UUID | None = None
    decision: UUID | None = None


class PointIn(Schema):
    text: str
    submission: UUID | None = None


class MadeOut(Schema):
    uid: UUID


class VersionOut(Schema):
    version: int


def _reading(request: HttpRequest, name: str, event: str = "meeting.followed") -> Reading:
    return Reading.begin(request.visit, route=f"api:{name}", event=event)  # type: ignore[attr-defined]


@router.get(_MEETING + "/current", response=CurrentOut, operation_id="meeting_current")
@route("api:meeting_current", shows=Shows.CASE_DATA)
def current(request: HttpRequest, uid: UUID) -> dict[str, Any]:
    """The item that is on, with its words as the reader may know them for the token's purpose."""
    reading = _reading(request, "meeting_current")
    stage = room_queries.stage_of(reading, meeting_for(reading, uid))
    return _current(reading, stage)


@router.post(_MEETING + "/running", response={204: None}, operation_id="meeting_running")
@route("api:meeting_running", shows=Shows.NOTHING)
def run(request: HttpRequest, uid: UUID, body: RunIn) -> tuple[int, None]:
    """Run the meeting: only who leads it."""
    reading = _reading(request, "meeting_running")
    if body.act == "next":
        running.next_item(reading, uid, after=body.after)
    elif body.act in ("item", "move"):
        act = running.start_item if body.act == "item" else running.move_on
        act(reading, uid, body.item or UUID(int=0))
    else:
        plain = {
            "start": running.start_meeting, "pause": running.pause, "resume": running.resume,
            "end": running.end_meeting,
        }  # fmt: skip
        if body.act not in plain:
            raise running.unknown_act()
        plain[body.act](reading, uid)
    return 204, None


@router.get(_ITEM + "/attendance", response=list[SeatOut], operation_id="meeting_attendance")
@route("api:meeting_attendance", shows=Shows.NOTHING)
def seats(request: HttpRequest, item: UUID) -> list[dict[str, Any]]:
    """Who sits at an item."""
    reading = _reading(request, "meeting_attendance")
    return [
        {"row": one.row, "agency": one.agency.code, "name": one.name, "waits": one.waits, "takes_part": one.takes_part}
        for one in room_seats.sitting_at(reading, item_for(reading, item))
    ]


@router.post(_ITEM + "/attendance", response={204: None}, operation_id="meeting_arrive")
@route("api:meeting_arrive", shows=Shows.NOTHING)
def arrive(request: HttpRequest, item: UUID, body: ArriveIn) -> tuple[int, None]:
    """Somebody comes in: what the wall shows narrows at once."""
    who = attendance.Arriving(agency=body.agency, professional=body.professional, guest=body.guest, place=body.place)
    attendance.arrive(_reading(request, "meeting_arrive"), item, who)
    return 204, None


@router.delete(_ITEM + "/attendance/{int:row}", response={204: None}, operation_id="meeting_leave")
@route("api:meeting_leave", shows=Shows.NOTHING)
def leave(request: HttpRequest, item: UUID, row: int) -> tuple[int, None]:
    """Somebody leaves: the wall stays narrow until the chair confirms."""
    attendance.leave(_reading(request, "meeting_leave"), item, row)
    return 204, None


@router.post(_ITEM + "/attendance/release", response={204: None}, operation_id="meeting_release")
@route("api:meeting_release", shows=Shows.NOTHING)
def release(request: HttpRequest, item: UUID, body: AgencyIn) -> tuple[int, None]:
    """The chair confirms that an agency left."""
    attendance.release(_reading(request, "meeting_release"), item, body.agency)
    return 204, None


@router.post(_ITEM + "/attendance/step-out", response={204: None}, operation_id="meeting_step_out")
@route("api:meeting_step_out", shows=Shows.NOTHING)
def step_out(request: HttpRequest, item: UUID, body: AgencyIn) -> tuple[int, None]:
    """At the chair's word an agency leaves the room for this item."""
    attendance.step_out(_reading(request, "meeting_step_out"), item, body.agency)
    return 204, None


@router.put(_ITEM + "/views/{domain}", response={204: None}, operation_id="meeting_view")
@route("api:meeting_view", shows=Shows.NOTHING)
def save_view(request: HttpRequest, item: UUID, domain: str, body: ViewIn) -> tuple[int, None]:
    """What one's own agency sees in a life domain; an empty text takes it away."""
    pictures.save_view(_reading(request, "meeting_view"), item, domain, text=body.text, score=body.score)
    return 204, None


@router.put(_ITEM + "/joint-views/{domain}", response=VersionOut, operation_id="meeting_joint_view")
@route("api:meeting_joint_view", shows=Shows.NOTHING)
def save_joint(request: HttpRequest, item: UUID, domain: str, body: JointIn) -> dict[str, int]:
    """The joint view of a life domain. 409 when somebody else wrote there since `base`."""
    typed = joint_view.Typed(domain=domain, text=body.text, client=body.client, base=body.base)
    return {"version": joint_view.save_joint(_reading(request, "meeting_joint_view"), item, typed)}


@router.post(_ITEM + "/decisions", response={201: MadeOut}, operation_id="meeting_decide")
@route("api:meeting_decide", shows=Shows.NOTHING)
def decide(request: HttpRequest, item: UUID, body: DecisionIn) -> tuple[int, dict[str, UUID]]:
    """What the meeting decided."""
    made = decisions.decide(_reading(request, "meeting_decide"), item, text=body.text, submission=body.submission)
    return 201, {"uid": made.uid}


@router.post(_ITEM + "/lines", response={201: EnteredOut}, operation_id="meeting_line")
@route("api:meeting_line", shows=Shows.NOTHING)
def line(request: HttpRequest, item: UUID, body: LineIn) -> tuple[int, dict[str, Any]]:
    """One line becomes an action of the plan or a decision."""
    entered = actions.enter_line(_reading(request, "meeting_line"), item, body.line, submission=body.submission)
    return 201, {"kind": entered.kind, "uid": entered.uid}


@router.put(_ITEM + "/positions", response={204: None}, operation_id="meeting_position")
@route("api:meeting_position", shows=Shows.NOTHING)
def position(request: HttpRequest, item: UUID, body: PositionIn) -> tuple[int, None]:
    """Endorse, dissent with a reason, or abstain."""
    decisions.take_position(
        _reading(request, "meeting_position"), item, stance=body.stance, reason=body.reason, picture=body.view,
        decision=body.decision,
    )  # fmt: skip
    return 204, None


@router.post(_ITEM + "/parked", response={201: MadeOut}, operation_id="meeting_park")
@route("api:meeting_park", shows=Shows.NOTHING)
def park(request: HttpRequest, item: UUID, body: PointIn) -> tuple[int, dict[str, UUID]]:
    """Keep a point for later."""
    made = parking.park(_reading(request, "meeting_park"), item, text=body.text, submission=body.submission)
    return 201, {"uid": made.uid}


@router.delete(_ITEM + "/parked/{point}", response={204: None}, operation_id="meeting_resolve")
@route("api:meeting_resolve", shows=Shows.NOTHING)
def resolve(request: HttpRequest, item: UUID, point: UUID) -> tuple[int, None]:
    """A parked point was dealt with."""
    parking.resolve(_reading(request, "meeting_resolve"), item, point)
    return 204, None


def _current(reading: Reading, stage: Stage) -> dict[str, Any]:
    item = stage.item
    found = Words()
    if item is not None and item.case is not None:
        if not declared(reading, case_at(reading, item), None):
            raise Refused("Het token leest voor een doel dat de convenanten van deze casus uw rol niet geven.")
        found = room_queries.own_words(reading, item, None)
    return {
        "state": stage.meeting.state, "revision": stage.meeting.revision, "item": item.uid if item else None,
        "case": item.case.number if item and item.case else "",
        "running_since": item.running_since if item else None, "seconds_used": item.seconds_used if item else 0,
        "sits": stage.sits,
        "views": [
            {
                "uid": one.uid, "domain": one.domain, "joint": one.joint, **_fact(reading, one.fact),
                "score": one.score, "version": one.version, "positions": _stands(one.positions),
            }
            for one in found.views
        ],
        "decisions": [
            {
                "uid": one.uid, "number": one.number, **_fact(reading, one.fact), "positions": _stands(one.positions),
            }
            for one in found.decisions
        ],
        "tasks": [
            {
                "number": one.number, **_fact(reading, one.fact), "owner": one.owner.code,
                "owner_name": one.owner_name, "due_on": one.due_on, "state": one.state,
            }
            for one in found.tasks
        ],
        "parked": [{"uid": one.uid, **_fact(reading, one.fact)} for one in found.parked],
    }  # fmt: skip


def _fact(reading: Reading, fact: Fact) -> dict[str, str]:
    field = reading.policy.catalogue.by_code[fact.code]
    return {"text": value_text(field, fact.value), "source": fact.source.code, "article": str(fact.article)}


def _stands(found: tuple[Stand, ...]) -> list[dict[str, str]]:
    return [{"agency": one.agency.code, "stance": one.stance, "reason": one.reason} for one in found]
