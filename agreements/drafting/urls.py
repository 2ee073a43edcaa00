"""Addresses of drafts of covenants."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
