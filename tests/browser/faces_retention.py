"""The pages of cases.retention, as people meet them."""

from tests.browser.face import Face

FACES: list[Face] = []
