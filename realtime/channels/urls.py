"""Addresses of channels."""

from django.urls import path

from realtime.channels.views import leading, lists, tickets

urlpatterns = [
    path("straat/", lists.channel_list, name="channel_list"),
    path("straat/<uuid:uid>/kaartje/", tickets.channel_ticket, name="channel_ticket"),
    path("straat/<uuid:uid>/leden/", leading.channel_members, name="channel_members"),
    path("straat/<uuid:uid>/leden/erbij/", leading.channel_invite, name="channel_invite"),
    path("straat/<uuid:uid>/leden/<uuid:member>/eruit/", leading.channel_put_out, name="channel_put_out"),
    path("straat/<uuid:uid>/verleng/", leading.channel_prolong, name="channel_prolong"),
    path("straat/<uuid:uid>/sluit/", leading.channel_close, name="channel_close"),
    path("casus/<str:number>/kanaal/", leading.channel_open, name="channel_open"),
]
