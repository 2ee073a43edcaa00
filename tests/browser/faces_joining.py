"""The pages of parties and terms of covenants, as people meet them."""

from tests.browser.face import Face

FACES: list[Face] = []
