"""The pages of cases.inbox, as people meet them."""

from tests.browser.face import Face

FACES: list[Face] = []
