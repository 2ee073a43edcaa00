"""Who is the wrong reader at each route of change agents: the police by rule, partners who do not know them, nobody."""

from tests.architecture.denial import Denial, bearer, fixed

_NOBODY = "00000000-0000-4000-8000-000000000000"
_AT = "/wijkprogrammas/geen/sleutelfiguren/"
_AGENT = f"/sleutelfiguren/{_NOBODY}/"
_PAGES = {
    "agent": _AGENT,
    "agent_new": f"{_AT}nieuw/",
    "agent_edit": f"{_AGENT}wijzig/",
    "agent_step": f"{_AGENT}stap/",
    "agent_officer": f"{_AGENT}contactpersoon/",
    "agent_withdraw": f"{_AGENT}toestemming-ingetrokken/",
    "supervisor_new": f"{_AT}regisseur/",
    "experiment": f"/experimenten/{_NOBODY}/",
    "experiment_new": f"{_AT}experiment/",
    "experiment_end": f"/experimenten/{_NOBODY}/afronden/",
}
_BUTTONS = {
    "supervisor_end": f"/sociaal-regisseurs/{_NOBODY}/stop/",
    "experiment_lesson": f"/experimenten/{_NOBODY}/leerkaart/",
}
_API = {
    "api:change_agents": "/api/v1/programmes/havenkwartier-2038/change-agents",
    "api:programme_experiments": "/api/v1/programmes/havenkwartier-2038/experiments",
}
# That the police and other partners are refused where somebody stands: tests/programmes/test_agents.py.
DENIALS: list[Denial] = [
    *(
        Denial(route=name, url=fixed(path), wrong=who)
        for name, path in _PAGES.items()
        for who in (None, "ruben", "sanne")
    ),
    *(
        Denial(route=name, url=fixed(path), wrong=who, method="POST")
        for name, path in _BUTTONS.items()
        for who in (None, "ruben")
    ),
    *(Denial(route=name, url=fixed(path)) for name, path in _API.items()),
    *(Denial(route=name, url=fixed(path), headers=bearer("wouter", "pga_youth")) for name, path in _API.items()),
]
PUBLIC: dict[str, str] = dict.fromkeys(
    ("programme_agents", "api:programme_agents"), "how many in whole tens; names only for who may know them"
)
