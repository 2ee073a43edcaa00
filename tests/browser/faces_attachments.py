"""The pages of cases.attachments, as people meet them."""

from tests.browser.face import Face

_PAGE = "/casus/MD-2026-0418/bijlagen/"
_FIRST = ".vb-bijlage__d a"

FACES: list[Face] = [
    Face("nadia", _PAGE),
    Face("sanne", _PAGE),
    Face("sanne", f"{_PAGE}nieuw/"),
    Face("sanne", f"{_PAGE}nieuw/?foto=1&field=debt_problem"),
    # A text of the youth protection, a letter of the school as pictures of its pages, a drawing of the police.
    Face("sanne", _PAGE, follow=_FIRST),
    Face("peter", _PAGE, follow=_FIRST),
    Face("ruben", _PAGE, follow=_FIRST),
    Face("ruben", _PAGE, follow=".vb-bijlage__d .vb-linkbtn"),
    Face("farid", _PAGE),
]
