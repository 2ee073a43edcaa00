"""The pages of programmes: for everybody and for the leading party."""

from tests.browser.face import Face

FACES: list[Face] = [
    Face("nadia", "/wijkprogrammas/"),
    Face("", "/wijkprogrammas/havenkwartier-2038/"),
    Face("anouk", "/wijkprogrammas/havenkwartier-2038/"),
    Face("anouk", "/wijkprogrammas/havenkwartier-2038/doel/"),
    Face("", "/wijkprogrammas/havenkwartier-2038/pact/"),
    Face("hilde", "/wijkprogrammas/havenkwartier-2038/pact/"),
    Face("hilde", "/wijkprogrammas/havenkwartier-2038/pact/toezegging/"),
    Face("", "/urgentie/"),
    Face("anouk", "/urgentie/", follow=".vb-pr__lijst > li:last-child a"),
    Face("", "/wijkprogrammas/havenkwartier-2038/halfjaarberichten/"),
    Face("anouk", "/wijkprogrammas/havenkwartier-2038/halfjaarberichten/nieuw/"),
    Face("hilde", "/wijkprogrammas/havenkwartier-2038/samenwerking/"),
    Face("nadia", "/signaalpatronen/"),
    Face("ruben", "/signaalpatronen/wijk/bu99990004/"),
    Face("nadia", "/signaalpatronen/", follow="a[href*='/cluster/']"),
    Face("", "/lessen/"),
]
