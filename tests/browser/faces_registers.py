"""The pages of registers that follow from covenants, as people meet them."""

from tests.browser.face import Face

FACES: list[Face] = []
