"""The pages of cases.plans, as people meet them."""

from tests.browser.face import Face

FACES: list[Face] = []
