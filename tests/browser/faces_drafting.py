"""The pages of drafts of covenants, as people meet them. Each begins from what the demo holds: no draft yet.

What is deeper than the first pages is walked in test_drafting.py, which makes a draft first.
"""

from tests.browser.face import Face

LIST = "/convenanten/concepten/"

FACES: list[Face] = [
    Face("lieke", LIST),
    Face("carla", LIST),
    Face("peter", LIST),
    Face("lieke", f"{LIST}nieuw/"),
    Face("lieke", f"{LIST}nieuw/", press=".vb-voet [type=submit]", shown=".vb-fouten"),
    Face("carla", f"{LIST}nieuw/", status=403),
]
