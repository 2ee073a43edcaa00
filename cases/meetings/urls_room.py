"""Addresses of the running meeting: its screens, and what is done there."""

from django.urls import path

from cases.meetings.views import room, room_acts

_MEETING = "overleg/<uuid:uid>"
_ITEM = "overleg/punt/<uuid:item>"

urlpatterns = [
    path(f"{_MEETING}/scherm/", room.screen, name="meeting_screen"),
    path(f"{_MEETING}/voorzitter/", room.chair, name="meeting_room"),
    path(f"{_MEETING}/mee/", room.along, name="meeting_along"),
    path(f"{_MEETING}/stand/", room.state, name="meeting_state"),
    path(f"{_MEETING}/loop/", room_acts.run, name="meeting_run"),
    path(f"{_ITEM}/aanwezig/", room_acts.attend, name="meeting_attendance"),
    path(f"{_ITEM}/regel/", room_acts.line, name="meeting_line"),
    path(f"{_ITEM}/regel/lees/", room_acts.line_read, name="meeting_line_read"),
    path(f"{_ITEM}/gezamenlijk/", room_acts.joint, name="meeting_joint_view"),
    path(f"{_ITEM}/beeld/", room_acts.views, name="meeting_views"),
    path(f"{_ITEM}/standpunt/", room_acts.position, name="meeting_position"),
    path(f"{_ITEM}/parkeer/", room_acts.park, name="meeting_park"),
]
