"""The pages of cases.meetings, as people meet them."""

from deploy.demo_meetings import BEFORE, NEXT, TODAY
from tests.browser.face import Face
from tests.browser.faces_room import ROOM

_TODAY, _NEXT = f"/overleg/{TODAY}/", f"/overleg/{NEXT}/"

FACES: list[Face] = [
    Face("nadia", "/overleggen/"),
    Face("ruben", "/overleggen/"),
    Face("hanneke", "/overleggen/"),
    Face("nadia", "/overleggen/nieuw/"),
    Face("nadia", "/overleggen/nieuw/", press=".vb-voet [type=submit]", shown=".vb-fouten"),
    Face("ruben", "/overleggen/nieuw/", status=403),
    Face("nadia", _TODAY),
    Face("ruben", _TODAY),
    Face("joost", _TODAY),
    Face("nadia", f"/overleg/{BEFORE}/"),
    Face("hanneke", _TODAY, status=404),
    Face("nadia", f"{_TODAY}agenda/"),
    Face("nadia", f"{_NEXT}wijzigen/"),
    Face("nadia", f"{_NEXT}afzeggen/"),
    Face("nadia", f"{_TODAY}uitnodigingen/"),
    Face("nadia", f"{_TODAY}geheimhouding/"),
    Face("joost", f"{_TODAY}geheimhouding/"),
    Face("wouter", f"{_NEXT}"),
    *ROOM,
]
