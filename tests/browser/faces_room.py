"""The screens of a meeting, as people meet them before it starts; running ones are in test_meeting.py."""

from deploy.demo_meetings import NEXT, TODAY
from tests.browser.face import Face

ROOM: list[Face] = [
    Face("nadia", f"/overleg/{NEXT}/voorzitter/"),
    Face("nadia", f"/overleg/{NEXT}/scherm/"),
    Face("ruben", f"/overleg/{TODAY}/mee/"),
    Face("hanneke", f"/overleg/{TODAY}/mee/", status=404),
]
