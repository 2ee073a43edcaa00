"""Addresses of the sockets of live screens."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
