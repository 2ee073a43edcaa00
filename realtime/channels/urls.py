"""Addresses of channels."""

from django.urls import path

from realtime.channels.views import lists, log

urlpatterns = [
    path("straat/", lists.channel_list, name="channel_list"),
    path("straat/<uuid:uid>/logboek/", log.channel_log, name="channel_log"),
    path("straat/<uuid:uid>/kaartje/", log.channel_ticket, name="channel_ticket"),
]
