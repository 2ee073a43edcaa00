"""Who is the wrong reader at each route of the pulse: partners of the programme read and answer, who leads settles."""

from tests.architecture.denial import Denial, bearer, fixed

_NOBODY = "00000000-0000-4000-8000-000000000000"
_AT = "/wijkprogrammas/havenkwartier-2038/samenwerking"
_PAGES = {
    "programme_pulse": f"{_AT}/",
    "programme_pulse_answer": f"{_AT}/antwoord/",
    "programme_agenda_own": f"{_AT}/agenda/{_NOBODY}/eigenaar/",
    "programme_agenda_settle": f"{_AT}/agenda/{_NOBODY}/handel-af/",
}
_API = fixed("/api/v1/programmes/havenkwartier-2038/pulse")
# That a partner who does not lead is refused in a programme that stands: tests/programmes.
DENIALS: list[Denial] = [
    *(Denial(route=name, url=fixed(path), wrong=who) for name, path in _PAGES.items() for who in (None, "hanneke")),
    Denial(route="api:programme_pulse", url=_API),
    Denial(route="api:programme_pulse", url=_API, headers=bearer("hanneke", "pga_youth")),
]
PUBLIC: dict[str, str] = {}
