"""Who is the wrong reader at each route of programmes: what is public is for everybody, writing for who leads."""

from tests.architecture.denial import Denial, bearer, fixed

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
    "programme_pact_party": f"{_AT}/pact/partij/POL-MD/",
    "programme_pact_link": f"{_AT}/pact/kies/",
    "programme_pact_release": f"{_AT}/pact/vrijgeven/",
    "programme_pledge_add": f"{_AT}/pact/toezegging/",
    "programme_pledge_progress": f"{_AT}/pact/toezegging/{_NOBODY}/voortgang/",
    "programme_pledge_settle": f"{_AT}/pact/toezegging/{_NOBODY}/sluit-af/",
    "urgency_open": "/urgentie/nieuw/",
    "urgency_submit": "/urgentie/2026-2/indienen/",
    "urgency_case": f"/urgentie/wijk/{_NOBODY}/",
    "urgency_support": f"/urgentie/wijk/{_NOBODY}/steun/",
    "urgency_score": f"/urgentie/wijk/{_NOBODY}/oordeel/",
    "urgency_decide": "/urgentie/2026-2/besluit/",
}
_BUTTONS = {
    "programme_move": f"{_AT}/stap/",
    "programme_goal_decide": f"{_AT}/doel/{_NOBODY}/stel-vast/",
    "programme_project_start": f"{_AT}/project/{_NOBODY}/begin/",
    "urgency_close": "/urgentie/2026-2/sluit/",
}
# That the leadership of another party is refused in a programme that stands: tests/programmes.
DENIALS: list[Denial] = [
    *(Denial(route=name, url=fixed(path), wrong=who) for name, path in _FORMS.items() for who in (None, "ruben")),
    *(
        Denial(route=name, url=fixed(path), wrong=who, method="POST")
        for name, path in _BUTTONS.items()
        for who in (None, "ruben")
    ),
    Denial(route="api:pledges", url=fixed("/api/v1/programmes/geen/pledges")),
    Denial(route="api:pledges", url=fixed("/api/v1/programmes/geen/pledges"), headers=bearer("ruben", "pga_youth")),
]
PUBLIC: dict[str, str] = (
    dict.fromkeys(
        ("programmes", "programme", "api:programmes", "api:programme"),
        "goals, projects and lessons about areas; no person, and what is a draft is left out",
    )
    | dict.fromkeys(
        ("programme_pact", "api:programme_pact"),
        "a pact that is public, with what the board released; no owners' names",
    )
    | dict.fromkeys(
        ("urgency_tranches", "urgency_tranche", "api:tranches", "api:tranche"),
        "criteria, and the outcome with its reasons once decided; a case whole is for who takes part in it",
    )
)
