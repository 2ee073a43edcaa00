"""The pages of cases.triage, as people meet them."""

from tests.browser.face import Face

_CASE = "/casus/MD-2026-0391"

FACES: list[Face] = [
    Face("nadia", f"{_CASE}/triage/"),
    Face("sanne", f"{_CASE}/triage/"),
    Face("ruben", f"{_CASE}/triage/"),
    Face("peter", f"{_CASE}/triage/", status=404),
    Face("nadia", f"{_CASE}/openen/"),
    Face("ruben", f"{_CASE}/openen/", status=403),
    Face("nadia", "/casus/MD-2026-0451/informeren/"),
    Face("ruben", "/casus/MD-2026-0451/informeren/"),
    Face("margot", "/bekendheid/"),
    Face("margot", "/bekendheid/", follow=".vb-vragen a"),
    Face("hanneke", "/bekendheid/"),
]
