"""Who is the wrong reader at each route of programmes.plans: reading is for everybody, writing for who leads."""

from tests.architecture.denial import Denial, fixed

_NOBODY = "00000000-0000-4000-8000-000000000000"
_AT = "/wijkprogrammas/geen"
_FORMS = {
    "programme_new": "/wijkprogrammas/nieuw/",
    "programme_pillar_add": f"{_AT}/pijler/",
    "programme_goal_add": f"{_AT}/doel/",
    "programme_project_add": f"{_AT}/doel/{_NOBODY}/project/",
    "programme_plan_add": f"{_AT}/plan/",
    "programme_project_end": f"{_AT}/project/{_NOBODY}/rond-af/",
    "programme_report": f"{_AT}/bericht/",
}
_BUTTONS = {
    "programme_move": f"{_AT}/stap/",
    "programme_goal_decide": f"{_AT}/doel/{_NOBODY}/stel-vast/",
    "programme_project_start": f"{_AT}/project/{_NOBODY}/begin/",
}
# That the leadership of another party is refused in a programme that stands: tests/programmes/test_plans.py.
DENIALS: list[Denial] = [
    *(Denial(route=name, url=fixed(path), wrong=who) for name, path in _FORMS.items() for who in (None, "ruben")),
    *(
        Denial(route=name, url=fixed(path), wrong=who, method="POST")
        for name, path in _BUTTONS.items()
        for who in (None, "ruben")
    ),
]
PUBLIC: dict[str, str] = dict.fromkeys(
    ("programmes", "programme", "api:programmes", "api:programme"),
    "goals, projects and lessons about areas; no person, and what is a draft is left out",
)
