"""The pages of cases.relations, as people meet them."""

from tests.browser.face import Face

FACES: list[Face] = []
