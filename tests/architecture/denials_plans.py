"""Who is the wrong reader at each route of cases.plans."""

from cases.plans.models import Action, Goal, Review
from tests.architecture.denial import Denial, Url, bearer, fixed
from tests.invariants.world import World

_FORM = "application/x-www-form-urlencoded"
_STRANGER = "hanneke"  # a school that takes part in none of the cases


def _of(model: type, path: str) -> Url:
    """The address of an action, a goal or a review of MW-2, that exists."""

    def url(world: World) -> str:
        return path.format(uid=model.objects.filter(case__number="MW-2").order_by("id").first().uid)  # type: ignore[attr-defined]

    return url


_CASE = "/casus/MW-2/plan/"
_PAGES = {
    "case_plan": ("GET", fixed(_CASE), ""),
    "plan_action_add": ("POST", fixed(f"{_CASE}actie/"), "text=x"),
    "plan_goal_add": ("POST", fixed(f"{_CASE}doel/"), "text=x&domain=work"),
    "plan_goal": ("POST", _of(Goal, "/doelen/{uid}/"), "state=reached"),
    "action_settle": ("POST", _of(Action, "/acties/{uid}/afronden/"), "state=done"),
    "plan_review": ("POST", _of(Review, _CASE + "evaluatie/{uid}/"), "outcome=continue&note=x"),
    "plan_measure": ("POST", fixed(f"{_CASE}meting/"), "moment=start"),
    "plan_phase": ("POST", fixed(f"{_CASE}fase/"), ""),
    "plan_close": ("POST", fixed(f"{_CASE}afsluiten/"), "reason=moved"),
    "case_reopen": ("POST", fixed("/casussen/gesloten/MW-2/"), "reason=x"),
}
_TOO_LITTLE = {
    # A participant that neither leads the case nor is its controller.
    "plan_phase": ("ilse", fixed(f"{_CASE}fase/"), ""),
    "plan_close": ("nadia", fixed(f"{_CASE}afsluiten/"), "reason=moved&evaluation=x&effect=measured&feedback=told"),
    # The action is of the police.
    "action_settle": ("ilse", _of(Action, "/acties/{uid}/afronden/"), "state=done"),
    # A role that writes in no plan.
    "plan_goal_add": ("esra", fixed(f"{_CASE}doel/"), "text=x&domain=work"),
}
_API = "/api/v1/cases/MW-2"
_OF_THE_API = {
    "api:plan_detail": ("GET", fixed(f"{_API}/plan"), ""),
    "api:goal_add": ("POST", fixed(f"{_API}/goals"), '{"text": "x", "domain": "work"}'),
    "api:goal_change": ("PUT", _of(Goal, "/api/v1/goals/{uid}"), '{"state": "reached"}'),
    "api:action_add": (
        "POST", fixed(f"{_API}/actions"), '{"text": "x", "owner_agency": "GEM-MD", "due_on": "2099-01-01"}',
    ),
    "api:action_settle": ("POST", _of(Action, "/api/v1/actions/{uid}/settlement"), '{"state": "done"}'),
    "api:review_hold": ("POST", _of(Review, _API + "/reviews/{uid}"), '{"outcome": "continue", "note": "x"}'),
    "api:measurement_record": (
        "PUT", fixed(f"{_API}/measurements"), '{"moment": "start", "on": "2026-01-01", "scores": {"work": 2}}',
    ),
    "api:plan_phase": ("POST", fixed(f"{_API}/phase"), '{"phase": "plan"}'),
    "api:plan_close": (
        "POST", fixed(f"{_API}/closing"),
        '{"reason": "moved", "evaluation": "x", "effect": "measured", "feedback": "told"}',
    ),
    "api:case_reopen": ("POST", fixed("/api/v1/closed-cases/MW-2/reopening"), '{"reason": "x"}'),
}  # fmt: skip


def _pages() -> list[Denial]:
    found = [
        Denial(route="my_actions", url=fixed("/acties/")),
        Denial(route="closed_cases", url=fixed("/casussen/gesloten/")),
    ]
    for name, (method, url, body) in _PAGES.items():
        for wrong in (None, _STRANGER):
            found.append(Denial(route=name, url=url, method=method, body=body, wrong=wrong, content_type=_FORM))
    for name, (wrong, url, body) in _TOO_LITTLE.items():
        found.append(Denial(route=name, url=url, method="POST", body=body, wrong=wrong, content_type=_FORM))
    return found


def _api() -> list[Denial]:
    stranger = bearer(_STRANGER, "pga_youth")
    found = [
        Denial(route="api:my_actions", url=fixed("/api/v1/actions")),
        Denial(route="api:closed_cases", url=fixed("/api/v1/closed-cases")),
    ]
    for name, (method, url, body) in _OF_THE_API.items():
        found.append(Denial(route=name, url=url, method=method, body=body))
        found.append(Denial(route=name, url=url, method=method, body=body, headers=stranger))
    return found


DENIALS: list[Denial] = [*_pages(), *_api()]
PUBLIC: dict[str, str] = {}
