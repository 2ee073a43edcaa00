"""Addresses of what a draft would change in the caseload."""

from django.urls import path

from cases.impact import views

urlpatterns = [
    path("convenanten/bekijk/<str:key>/gevolgen/", views.impact, name="impact"),
    path("convenanten/bekijk/<str:key>/gevolgen/tellen/", views.impact_start, name="impact_start"),
]
