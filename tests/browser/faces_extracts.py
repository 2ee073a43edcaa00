"""The pages of cases.extracts, as people meet them."""

from tests.browser.face import Face

FACES: list[Face] = []
