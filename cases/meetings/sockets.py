"""Addresses of the sockets of live screens."""

from django.urls import URLPattern, re_path

from cases.meetings.live.consumer import RoomConsumer
from cases.meetings.live.door import KINDS

_UID = "(?P<uid>[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})"

urlpatterns: list[URLPattern] = [
    re_path(rf"^ws/overleg/{_UID}/(?P<kind>{'|'.join(KINDS)})/$", RoomConsumer.as_asgi()),
]
