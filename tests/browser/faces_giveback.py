"""The pages of the board: for everybody and for enforcement."""

from tests.browser.face import Face

FACES: list[Face] = [
    Face("", "/teruggave/"),
    Face("ruben", "/teruggave/beslag/"),
]
