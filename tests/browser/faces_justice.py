"""The page of prosecution in a programme: with follow-ups, for the leading party."""

from tests.browser.face import Face

FACES: list[Face] = [
    Face("anouk", "/wijkprogrammas/havenkwartier-2038/vervolging/"),
]
