"""The pages of cases.attachments, as people meet them."""

from tests.browser.face import Face

FACES: list[Face] = []
