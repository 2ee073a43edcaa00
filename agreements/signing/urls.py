"""Addresses of signatures and sealed covenants."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
