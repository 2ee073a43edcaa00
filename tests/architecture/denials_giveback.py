"""Who is the wrong reader at each route of the board: it is for everybody, seizures are for enforcement."""

from tests.architecture.denial import Denial, bearer, fixed

_NOBODY = "00000000-0000-4000-8000-000000000000"
_LEADERS = {
    "giveback_new": "/teruggave/nieuw/",
    "giveback_vote": f"/teruggave/{_NOBODY}/keuze/",
    "giveback_show": f"/teruggave/{_NOBODY}/laat-zien/",
    "giveback_offer_new": "/teruggave/aanbod/nieuw/",
    "giveback_offer_move": f"/teruggave/aanbod/{_NOBODY}/stand/",
}
_ENFORCERS = {
    "giveback_seizures": "/teruggave/beslag/",
    "giveback_seizure_new": "/teruggave/beslag/nieuw/",
    "giveback_seizure_move": f"/teruggave/beslag/{_NOBODY}/stap/",
    "giveback_fund": f"/teruggave/{_NOBODY}/betaal/",
}
_DONE = f"/teruggave/{_NOBODY}/klaar/"
# That leaders of another agency are refused where something stands: tests/programmes/test_giveback.py.
DENIALS: list[Denial] = [
    *(Denial(route=name, url=fixed(path), wrong=who) for name, path in _LEADERS.items() for who in (None, "ruben")),
    *(Denial(route=name, url=fixed(path), wrong=who) for name, path in _ENFORCERS.items() for who in (None, "peter")),
    *(Denial(route="giveback_finish", url=fixed(_DONE), wrong=who, method="POST") for who in (None, "ruben")),
    Denial(route="api:seizures", url=fixed("/api/v1/seizures")),
    Denial(route="api:seizures", url=fixed("/api/v1/seizures"), headers=bearer("peter", "pga_youth")),
]
PUBLIC: dict[str, str] = dict.fromkeys(
    ("giveback", "giveback_project", "giveback_picture", "api:giveback"),
    "totals of whole stretches, numbers protected when they came in, projects that residents chose; no person",
)
