"""The pages of cases.search, as people meet them."""

from tests.browser.face import Face

FACES: list[Face] = []
