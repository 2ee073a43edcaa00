"""The pages of signatures and sealed covenants, as people meet them. In the demo JS-MD version 2 awaits signatures."""

from tests.browser.face import Face

_V2 = "/convenanten/JS-MD/versie/2"

FACES: list[Face] = [
    Face("hilde", f"{_V2}/handtekeningen/"),
    Face("ruben", f"{_V2}/handtekeningen/"),
    Face("hilde", f"{_V2}/tekenen/"),
    Face("hilde", f"{_V2}/tekenen/", press=".vb-tekenvak [type=submit]", shown=".vb-fouten"),
    Face("hilde", f"{_V2}/niet-tekenen/"),
    Face("carla", "/convenanten/PGA-MD/versie/2/handtekeningen/"),
    Face("hilde", "/account/sleutels/"),
    Face("bas", "/account/sleutels/"),
]
