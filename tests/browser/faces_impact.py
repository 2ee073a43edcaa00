"""The pages of what a draft would change in the caseload, as people meet them."""

from tests.browser.face import Face

FACES: list[Face] = []
