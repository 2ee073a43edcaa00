"""The pages of signatures and sealed covenants, as people meet them."""

from tests.browser.face import Face

FACES: list[Face] = []
