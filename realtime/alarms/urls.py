"""Addresses of alarms. `alarm/` is for members (raising) and, with an alarm's own number, for who was called."""

from django.urls import path

from realtime.alarms.views import calls, raising, reports

urlpatterns = [
    path("straat/oproep/", calls.alarm_called, name="alarm_called"),
    path("straat/<uuid:uid>/alarm/", raising.alarm_raise, name="alarm_raise"),
    path("straat/<uuid:uid>/alarm/<uuid:alarm>/", calls.alarm_call, name="alarm_call"),
    path("straat/<uuid:uid>/alarm/<uuid:alarm>/nu/", calls.alarm_call_now, name="alarm_call_now"),
    path("straat/<uuid:uid>/alarm/<uuid:alarm>/antwoord/", calls.alarm_call_answer, name="alarm_call_answer"),
    path("straat/<uuid:uid>/alarm/<uuid:alarm>/einde/", calls.alarm_call_end, name="alarm_call_end"),
    path("straat/<uuid:uid>/alarmen/", reports.alarm_list, name="alarm_list"),
    path("straat/<uuid:uid>/alarmen/<uuid:alarm>/", reports.alarm_report, name="alarm_report"),
    path("straat/<uuid:uid>/meldkamer/", reports.alarm_desk, name="alarm_desk"),
]
