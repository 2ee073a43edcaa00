"""The pages of looking into covenants and drafts, as people meet them."""

from tests.browser.face import Face

_NOW, _NEXT = "/convenanten/bekijk/versie-PGA-MD-2/", "/convenanten/bekijk/versie-JS-MD-2/"

FACES: list[Face] = [
    Face("lieke", f"{_NOW}matrix/"),
    Face("peter", f"{_NEXT}matrix/?cel=police.POL-MD.OND-BAKEN"),
    Face("lieke", f"{_NEXT}wie-ziet-wat/?org=OND-BAKEN"),
    Face("carla", f"{_NOW}wie-ziet-wat/?org=OND-BAKEN&rol=professional&gevraagd=1"),
    Face("peter", f"{_NEXT}verschil/"),
    Face("carla", f"{_NOW}verschil/"),
    Face("lieke", "/convenanten/JS-MD/?versie=2"),
]
