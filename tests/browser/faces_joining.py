"""Pages of parties and terms of covenants, as people meet them."""

from tests.browser.face import Face

_PAGE = "/convenanten/PGA-MD/partijen/"

FACES: list[Face] = [
    Face("hilde", _PAGE),
    Face("ruben", _PAGE),
    Face("karin", f"{_PAGE}opzeggen/"),
    Face("karin", f"{_PAGE}opzeggen/", press="main form [type=submit]", shown=".vb-fouten"),
    Face("hilde", f"{_PAGE}opschorten/"),
    Face("carla", f"{_PAGE}beeindigen/"),
    Face("ruben", f"{_PAGE}opzeggen/", status=403),
]
