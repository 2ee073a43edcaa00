"""Addresses of registers that follow from covenants."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
