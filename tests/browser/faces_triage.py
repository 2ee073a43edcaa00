"""The pages of cases.triage, as people meet them."""

from tests.browser.face import Face

FACES: list[Face] = []
