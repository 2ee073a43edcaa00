"""The page of mediations, for the leading party."""

from tests.browser.face import Face

FACES: list[Face] = [
    Face("anouk", "/wijkprogrammas/havenkwartier-2038/bemiddeling/", follow="a[href^='/bemiddeling/']"),
]
