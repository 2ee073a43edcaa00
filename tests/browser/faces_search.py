"""The pages of cases.search, as people meet them."""

from tests.browser.face import Face

FACES: list[Face] = [
    Face("nadia", "/zoeken/"),
    Face("esra", "/zoeken/"),
    Face("nadia", "/zoeken/?q=jayden&doel=pga_youth"),
    Face("nadia", "/zoeken/?q=jayden&doel=pga_youth", press="main .vb-src", shown=".vb-bron__p"),
    Face("sanne", "/zoeken/?q=bestaatniet&doel=pga_adult"),
    Face("ruben", "/zoeken/?q=j&doel=", status=422),
    Face("ineke", "/zoeken/", status=403),
]
