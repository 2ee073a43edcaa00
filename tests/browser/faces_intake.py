"""The pages of cases.intake, as people meet them."""

from tests.browser.face import Face

FACES: list[Face] = []
