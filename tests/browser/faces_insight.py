"""The pages of looking into covenants and drafts, as people meet them."""

from tests.browser.face import Face

FACES: list[Face] = []
