"""The pages of cases.requests, as people meet them."""

from tests.browser.face import Face

FACES: list[Face] = []
