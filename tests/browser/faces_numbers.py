"""The pages of cases.numbers, as people meet them."""

from tests.browser.face import Face

FACES: list[Face] = [Face("nadia", "/cijfers/"), Face("anouk", "/cijfers/")]
