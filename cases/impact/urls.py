"""Addresses of what a draft would change in the caseload."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
