"""Addresses of photos and the map of a channel."""

from django.urls import path

from realtime.place.views import map as map_view
from realtime.place.views import photos

urlpatterns = [
    path("straat/<uuid:uid>/foto/", photos.channel_photo_add, name="channel_photo_add"),
    path("straat/<uuid:uid>/foto/<uuid:event>/", photos.channel_photo, name="channel_photo"),
    path("straat/<uuid:uid>/kaart/", map_view.channel_map, name="channel_map"),
]
