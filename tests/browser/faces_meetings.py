"""The pages of cases.meetings, as people meet them."""

from tests.browser.face import Face

FACES: list[Face] = []
