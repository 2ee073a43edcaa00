"""Addresses of the sockets of channels."""

from django.urls import URLPattern, re_path

from realtime.live.consumer import StreetConsumer

_UID = "(?P<uid>[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})"

urlpatterns: list[URLPattern] = [
    re_path(rf"^ws/kanaal/{_UID}/$", StreetConsumer.as_asgi()),  # type: ignore[arg-type]
]
