"""Who is the wrong reader at each route of mediation: results that all made public are open."""

from tests.architecture.denial import Denial, fixed

_AT = "/bemiddeling/00000000-0000-4000-8000-000000000000"
_FORMS = {
    "programme_mediation_new": "/wijkprogrammas/geen/bemiddeling/nieuw/",
    "mediation_round": f"{_AT}/",
    "mediation_position": f"{_AT}/standpunt/1/",
    "mediation_diagnosis": f"{_AT}/diagnose/",
    "mediation_action": f"{_AT}/actie/",
    "mediation_evaluation": f"{_AT}/evaluatie/",
    "mediation_consent": f"{_AT}/openbaar/1/",
}
_BUTTONS = {"mediation_agree": f"{_AT}/afspreken/", "mediation_action_done": f"{_AT}/actie/1/gedaan/"}
# That who is not invited is refused in a round that stands: tests/programmes/test_mediation.py.
DENIALS: list[Denial] = [
    *(Denial(route=name, url=fixed(path), wrong=who) for name, path in _FORMS.items() for who in (None, "ruben")),
    *(
        Denial(route=name, url=fixed(path), wrong=who, method="POST")
        for name, path in _BUTTONS.items()
        for who in (None, "ruben")
    ),
]
PUBLIC: dict[str, str] = dict.fromkeys(
    ("programme_mediation", "api:programme_mediation"), "results that every party made public; no positions, no person"
)
