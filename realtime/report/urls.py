"""Addresses of the log and the report of a channel."""

from django.urls import path

from realtime.report.views import log, reports

_CHANNEL = "straat/<uuid:uid>/"

urlpatterns = [
    path(f"{_CHANNEL}logboek/", log.channel_log, name="channel_log"),
    path(f"{_CHANNEL}logboek/overnemen/", log.street_take, name="street_take"),
    path(f"{_CHANNEL}verslag/", reports.street_report, name="street_report"),
    path(f"{_CHANNEL}verslag/pdf/", reports.street_report_paper, name="street_report_paper"),
    path(f"{_CHANNEL}verslag/pdf/maak/", reports.street_report_order, name="street_report_order"),
    path(f"{_CHANNEL}verslag/pdf/<uuid:paper>/", reports.street_report_fetch, name="street_report_fetch"),
]
