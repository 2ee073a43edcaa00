"""Addresses of looking into covenants and drafts."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
