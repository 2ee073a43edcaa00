"""Addresses of meetings: planning and preparing here, the room itself in urls_room.py."""

from django.urls import path

from cases.meetings.urls_room import urlpatterns as room
from cases.meetings.views import agenda, invitation, lists, meeting, planning

_MEETING = "overleg/<uuid:uid>"

urlpatterns = [
    path("overleggen/", lists.meeting_list, name="meeting_list"),
    path("overleggen/nieuw/", planning.plan, name="meeting_plan"),
    path(f"{_MEETING}/", meeting.meeting, name="meeting"),
    path(f"{_MEETING}/agenda.ics", meeting.calendar, name="meeting_calendar"),
    path(f"{_MEETING}/antwoord/", meeting.answer, name="meeting_answer"),
    path(f"{_MEETING}/vervanger/", meeting.hand_over, name="meeting_hand_over"),
    path(f"{_MEETING}/wijzigen/", planning.change, name="meeting_change"),
    path(f"{_MEETING}/afzeggen/", planning.cancel, name="meeting_cancel"),
    path(f"{_MEETING}/agenda/", agenda.agenda, name="meeting_agenda"),
    path(f"{_MEETING}/agenda/casussen/", agenda.add, name="meeting_add"),
    path(f"{_MEETING}/agenda/punt/", agenda.point, name="meeting_point"),
    path(f"{_MEETING}/agenda/voorbereiden/", agenda.ask, name="meeting_ask"),
    path(f"{_MEETING}/uitnodigingen/", invitation.invite, name="meeting_invitations"),
    path(f"{_MEETING}/geheimhouding/", invitation.accept, name="meeting_secrecy"),
    path(f"{_MEETING}/geheimhouding/gast/", invitation.accept_for_guest, name="meeting_secrecy_guest"),
    *room,
]
