"""The pages of change agents: who leads, a partner that is kept out, and everybody."""

from tests.browser.face import Face

AT = "/wijkprogrammas/havenkwartier-2038/sleutelfiguren/"
FACES: list[Face] = [
    Face("anouk", AT),
    Face("anouk", AT, follow="a[href^='/sleutelfiguren/']"),
    Face("anouk", AT, follow="a[href^='/experimenten/']"),
    Face("anouk", f"{AT}nieuw/"),
    Face("hilde", AT),
    Face("", AT),
]
