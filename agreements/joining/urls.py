"""Addresses of parties and terms of covenants."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
