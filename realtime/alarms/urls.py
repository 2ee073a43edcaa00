"""Addresses of alarms."""

from django.urls import path

from realtime.alarms.views import raising, reports

urlpatterns = [
    path("straat/<uuid:uid>/alarm/", raising.alarm_raise, name="alarm_raise"),
    path("straat/<uuid:uid>/alarmen/", reports.alarm_list, name="alarm_list"),
    path("straat/<uuid:uid>/alarmen/<uuid:alarm>/", reports.alarm_report, name="alarm_report"),
    path("straat/<uuid:uid>/meldkamer/", reports.alarm_desk, name="alarm_desk"),
]
