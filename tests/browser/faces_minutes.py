"""The pages of cases.minutes, as people meet them."""

from tests.browser.face import Face

FACES: list[Face] = []
