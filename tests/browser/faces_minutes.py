"""The pages of cases.minutes, as people meet them."""

from uuid import NAMESPACE_URL, uuid5

from tests.browser.face import Face

# The meeting of two weeks ago in deploy/demo_meetings.py.
_MINUTES = f"/overleg/{uuid5(NAMESPACE_URL, 'verbond-demo-overleg-eerder')}/verslag/"

FACES: list[Face] = [
    Face("nadia", _MINUTES),
    Face("sanne", _MINUTES),
    Face("sanne", _MINUTES, press=".vb-vsl__c > summary", shown=".vb-vsl__c[open] form"),
    Face("peter", _MINUTES),
    Face("hanneke", _MINUTES, status=404),
]
