"""The API of this room: the same queries and commands as the pages, under the same path of disclosure."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Router

from agreements.parties.api import bearer
from cases.casework import queries as casework
from cases.disclosure.reading import Reading
from cases.plans import closed, commands, mine, queries, schemas
from foundation.errors import Invalid, Refused
from foundation.routes import Shows, route

router = Router(tags=["plans"], auth=bearer)


def _reading(request: HttpRequest, name: str, event: str) -> Reading:
    return Reading.begin(request.visit, route=f"api:{name}", event=event)  # type: ignore[attr-defined]


@router.get("/cases/{number}/plan", response=schemas.PlanOut, operation_id="plan_detail")
@route("api:plan_detail", shows=Shows.CASE_DATA)
def plan_detail(request: HttpRequest, number: str) -> dict[str, Any]:
    """Goals, actions, effects, reviews and steps of a case, as the reader may know them."""
    found = queries.open_plan(_reading(request, "plan_detail", "plan.read"), number, None)
    if not found.answer.purpose:
        raise Refused(
            _("Het token leest voor een doel dat de convenanten van deze casus uw rol niet geven."),
            remedy=_("Vraag een token voor een doel dat in het convenant van deze casus staat."),
        )
    return schemas.plan(found)


@router.get("/actions", response=schemas.ActionListOut, operation_id="my_actions")
@route("api:my_actions", shows=Shows.CASE_DATA)
def my_actions(request: HttpRequest) -> dict[str, Any]:
    """The open actions of the reader's agency in the cases that it reads."""
    found = mine.my_actions(_reading(request, "my_actions", "actions.list"), None, titles=False)
    return {"items": [schemas.action(line) for case in found for line in case.actions]}


@router.post("/cases/{number}/goals", response={201: schemas.MadeOut}, operation_id="goal_add")
@route("api:goal_add", shows=Shows.NOTHING)
def goal_add(request: HttpRequest, number: str, body: schemas.GoalIn) -> tuple[int, Any]:
    """Set a goal. The same `submission` twice adds once."""
    made = commands.add_goal(_reading(request, "goal_add", "goal.added"), number, **body.dict())
    return 201, {"uid": made.uid}


@router.put("/goals/{uid}", response={204: None}, operation_id="goal_change")
@route("api:goal_change", shows=Shows.NOTHING)
def goal_change(request: HttpRequest, uid: UUID, body: schemas.GoalStateIn) -> tuple[int, None]:
    """How a goal stands now."""
    commands.change_goal(_reading(request, "goal_change", "goal.changed"), uid, **body.dict())
    return 204, None


@router.post("/cases/{number}/actions", response={201: schemas.MadeOut}, operation_id="action_add")
@route("api:action_add", shows=Shows.NOTHING)
def action_add(request: HttpRequest, number: str, body: schemas.ActionIn) -> tuple[int, Any]:
    """Give an agency an action. The same `submission` twice adds once."""
    made = commands.add_action(_reading(request, "action_add", "action.added"), number, **body.dict())
    return 201, {"uid": made.uid}


@router.post("/actions/{uid}/settlement", response={204: None}, operation_id="action_settle")
@route("api:action_settle", shows=Shows.NOTHING)
def action_settle(request: HttpRequest, uid: UUID, body: schemas.SettlementIn) -> tuple[int, None]:
    """What became of an action."""
    commands.settle_action(_reading(request, "action_settle", "action.settled"), uid, **body.dict())
    return 204, None


@router.post("/cases/{number}/reviews/{uid}", response={204: None}, operation_id="review_hold")
@route("api:review_hold", shows=Shows.NOTHING)
def review_hold(request: HttpRequest, number: str, uid: UUID, body: schemas.ReviewIn) -> tuple[int, None]:
    """Hold a review; the next one is planned at once."""
    commands.hold_review(_reading(request, "review_hold", "review.held"), number, uid, **body.dict())
    return 204, None


@router.put("/cases/{number}/measurements", response=schemas.MadeOut, operation_id="measurement_record")
@route("api:measurement_record", shows=Shows.NOTHING)
def measurement_record(request: HttpRequest, number: str, body: schemas.MeasurementIn) -> Any:
    """Record effects at one moment on one person; again replaces one's own."""
    reading = _reading(request, "measurement_record", "measurement.recorded")
    return {"uid": commands.record_measurement(reading, number, **body.dict()).uid}


@router.post("/cases/{number}/phase", response=schemas.PhaseOut, operation_id="plan_phase")
@route("api:plan_phase", shows=Shows.NOTHING)
def plan_phase(request: HttpRequest, number: str, body: schemas.PhaseIn) -> Any:
    """On to plan, monitoring or aftercare, with what must be recorded at it."""
    reading = _reading(request, "plan_phase", "plan.read")
    if body.phase == "plan":
        case = commands.start_plan(reading, number)
    elif body.phase == "monitoring":
        case = commands.start_monitoring(reading, number, progress=body.progress)
    elif body.phase == "aftercare":
        case = commands.start_aftercare(
            reading, number, watcher=body.watcher, watched=body.watched, watch_until=body.watch_until
        )
    else:
        casework.case_of(reading, number)
        raise Invalid(
            _("Deze fase volgt hier niet."), field="phase", remedy=_("Kies plan, monitoring of aftercare."),
        )  # fmt: skip
    return {"number": case.number, "phase": case.phase, "state": case.state}


@router.post("/cases/{number}/closing", response=schemas.PhaseOut, operation_id="plan_close")
@route("api:plan_close", shows=Shows.NOTHING)
def plan_close(request: HttpRequest, number: str, body: schemas.ClosingIn) -> Any:
    """Close a case: it is shielded at once. Controllers only (WGS art. 2.31(8))."""
    case = commands.close_case(_reading(request, "plan_close", "plan.read"), number, **body.dict())
    return {"number": case.number, "phase": case.phase, "state": case.state}


@router.get("/closed-cases", response=schemas.ClosedListOut, operation_id="closed_cases")
@route("api:closed_cases", shows=Shows.NOTHING)
def closed_cases(request: HttpRequest) -> Any:
    """The closed cases that the reader may open again, by number alone."""
    found = closed.closed_cases(_reading(request, "closed_cases", "case.closed_list"))
    return {"items": [{"number": case.number, "closed_at": case.closed_at} for case in found]}


@router.post("/closed-cases/{number}/reopening", response=schemas.PhaseOut, operation_id="case_reopen")
@route("api:case_reopen", shows=Shows.NOTHING)
def case_reopen(request: HttpRequest, number: str, body: schemas.ReopeningIn) -> Any:
    """Open a closed case again."""
    case = commands.reopen_case(_reading(request, "case_reopen", "plan.read"), number, **body.dict())
    return {"number": case.number, "phase": case.phase, "state": case.state}
