"""The pages of street teams and of areas: channels on the phone, their members, opening one; neighbourhoods."""

from tests.browser.face import Face

_QUAY = "main .vb-list a:has-text('Interventie Kade 9')"

FACES: list[Face] = [
    Face("farid", "/straat/"),
    Face("anouk", "/straat/"),
    Face("farid", "/straat/", follow=_QUAY),
    Face("esra", "/straat/", follow=_QUAY),
    Face("anouk", "/straat/", follow="main a:has-text('Leden en termijn')"),
    Face("anouk", "/straat/", follow="main a:has-text('Bord')"),
    Face("anouk", "/casus/MD-2026-0425/kanaal/"),
    Face("anouk", "/wijken/"),
    Face("anouk", "/wijken/?indicator=nuisance&jaar=2020"),
    Face("nadia", "/wijken/bu99990004/"),
]
