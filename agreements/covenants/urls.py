"""Addresses of covenants. Their pages are made in agreements.insight, which also knows drafts and motions."""

from django.urls import path

from agreements.covenants import pulse_views

urlpatterns = [
    path("hartslag/", pulse_views.pulse, name="pulse"),
]
